import { NotSentError } from '../../http/index.ts';
import { targetContract } from '../kit/testing/index.ts';
import { bulkResult, refused, testKey, testTarget, user } from './test-target.ts';

for (const identity of ['email', 'userId', 'hybrid']) {
  targetContract(`Iterable by ${identity}`, {
    make: (transport) => testTarget(transport, { identity }).target,
    object: 'user',
    record(number) {
      const key = `u${number}@x.example`;
      const json = JSON.stringify({
        [identity === 'email' ? 'email' : 'userId']: key,
        dataFields: { Name: { First: 'Zoë "😀"' } },
      });
      return { ...user(key), json };
    },
    accept: async (request) => bulkResult(await request.text()),
    refuseCredentials: () => refused(401, 'BadApiKey'),
    tooMany: () => refused(429, 'RateLimitExceeded'),
    notSent: () => new NotSentError('api.iterable.com could not be reached (ECONNREFUSED).'),
    secret: testKey,
  });
}
