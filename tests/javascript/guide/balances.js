const account = await vinr.loyalty.accounts.retrieve('loy_7Qk...');
console.log(account.balance, account.lifetime_points);

const ledger = await vinr.loyalty.transactions.list({
  account: 'loy_7Qk...',
  limit: 20,
});
for (const ptx of ledger.data) {
  // ptx_... — type: 'earn' | 'redeem' | 'expire' | 'adjust' | 'reverse'
  console.log(ptx.id, ptx.type, ptx.amount, ptx.reason);
}
