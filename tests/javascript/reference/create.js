import { Vinr } from '@vinr/sdk';

const vinr = new Vinr({ secretKey: process.env.VINR_SECRET_KEY });

const loyaltyAccount = await vinr.loyaltyAccounts.create({
customer: 'cust_8aZ2',
programme_id: 'prog_default',
});
