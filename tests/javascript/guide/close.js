await vinr.loyalty.accounts.close('loy_7Qk...'); // status -> "closed"
