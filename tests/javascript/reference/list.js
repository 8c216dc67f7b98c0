import { Vinr } from '@vinr/sdk';

const vinr = new Vinr({ secretKey: process.env.VINR_SECRET_KEY });

const accounts = await vinr.loyaltyAccounts.list({
customer: 'cust_8aZ2',
limit: 10,
});
