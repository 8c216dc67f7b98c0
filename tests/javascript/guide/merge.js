const survivor = await vinr.loyalty.accounts.merge({
  source: 'loy_dupOld...',   // emptied, status -> "merged"
  target: 'loy_7Qk...',      // receives source balance + lifetime points
});
