import { Vinr } from '@vinr/sdk';

const vinr = new Vinr({ secretKey: process.env.VINR_SECRET_KEY });

const loyaltyAccount = await vinr.loyaltyAccounts.retrieve('la_4Kp9bQ', {
expand: ['tier'],
});
