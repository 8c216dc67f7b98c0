// A stand-in for VINR's @vinr/sdk: the calls of its documents, as requests by fetch.
import { randomUUID } from 'node:crypto';

const API = process.env.VINR_BASE_URL;

export class VinrError extends Error {
  constructor(status, error) {
    super(error.message);
    Object.assign(this, { name: 'VinrError', status, ...error });
  }
}

export class Vinr {
  constructor({ secretKey }) {
    const call = async (method, path, { query = {}, body, type } = {}) => {
      const headers = { 'X-Api-Key': secretKey };
      if (method === 'POST') headers['Idempotency-Key'] = randomUUID();
      if (body !== undefined) headers['Content-Type'] = type;
      const search = form(query);
      const response = await fetch(`${API}${path}${search ? `?${search}` : ''}`, {
        method,
        headers,
        body,
      });
      const answer = await response.json();
      if (!response.ok) throw new VinrError(response.status, answer.error);
      return answer;
    };

    const asJson = (given) => ({ body: JSON.stringify(given), type: 'application/json' });
    const asForm = (given) => ({
      body: form(given),
      type: 'application/x-www-form-urlencoded',
    });

    const resource = (path, encoded) => ({
      create: (given) => call('POST', path, encoded(given)),
      retrieve: (id, query) => call('GET', `${path}/${encodeURIComponent(id)}`, { query }),
      update: (id, given) => call('POST', `${path}/${encodeURIComponent(id)}`, encoded(given)),
      list: (query) => call('GET', path, { query }),
    });

    const accounts = '/loyalty/accounts';
    this.loyalty = {
      accounts: {
        ...resource(accounts, asJson),
        close: (id) => call('POST', `${accounts}/${encodeURIComponent(id)}/close`, asJson({})),
        merge: (given) => call('POST', `${accounts}/merge`, asJson(given)),
      },
      transactions: resource('/loyalty/transactions', asJson),
    };
    this.loyaltyAccounts = resource('/loyalty-accounts', asForm);
  }
}

// a=b&metadata[k]=v&expand[]=tier
function form(given) {
  const pairs = Object.entries(given).flatMap(([name, value]) => {
    if (Array.isArray(value)) return value.map((each) => [`${name}[]`, each]);
    if (typeof value === 'object') {
      return Object.entries(value).map(([key, each]) => [`${name}[${key}]`, each]);
    }
    return [[name, value]];
  });
  return new URLSearchParams(pairs).toString();
}

// The guide makes its client in the first block, and uses it in the others.
globalThis.vinr = new Vinr({ secretKey: process.env.VINR_SECRET_KEY });
