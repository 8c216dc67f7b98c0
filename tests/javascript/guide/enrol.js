import { Vinr } from '@vinr/sdk';
const vinr = new Vinr({ secretKey: process.env.VINR_SECRET_KEY });

const member = await vinr.loyalty.accounts.create({
  program: 'prog_default',
  customer: 'cust_abc123',
  metadata: { signup_channel: 'web' },
});

console.log(member.id, member.balance); // "loy_7Qk..." 0
