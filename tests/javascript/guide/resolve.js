// Avoid duplicate enrollments — resolve before creating.
const { data } = await vinr.loyalty.accounts.list({
  program: 'prog_default',
  customer: 'cust_abc123',
  limit: 1,
});
const member = data[0] ?? await vinr.loyalty.accounts.create({
  program: 'prog_default',
  customer: 'cust_abc123',
});
