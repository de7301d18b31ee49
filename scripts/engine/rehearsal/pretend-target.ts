import type { SendResult, Target, TargetRecord } from '../ports/index.ts';

/** What a rehearsal would have sent so far. `keyBytes`: of all keys together. */
export interface Sent {
  requests: number;
  records: number;
  keyBytes: number;
}

/** A target that takes everything and keeps the first records it was given. Reading and describing are the real one's. */
export function pretendTarget(
  real: Target,
  keep: number,
): { readonly target: Target; readonly kept: TargetRecord[]; readonly sent: Sent } {
  const kept: TargetRecord[] = [];
  const sent = { requests: 0, records: 0, keyBytes: 0 };
  const send: Target['send'] = async (_object, records): Promise<SendResult> => {
    sent.requests++;
    sent.records += records.length;
    for (const { key } of records) sent.keyBytes += Buffer.byteLength(key);
    kept.push(...records.slice(0, keep - kept.length));
    return { kind: 'answered', deliveries: records.map(() => ({ kind: 'delivered' })) };
  };
  const target: Target = {
    limits: real.limits,
    overhead: real.overhead,
    ...(real.forecast && { forecast: real.forecast.bind(real) }),
    describe: (object) => real.describe(object),
    normaliseKey: (object, value) => real.normaliseKey(object, value),
    send,
    read: (...asked) => real.read(...asked),
    ...(real.known && { known: real.known.bind(real) }),
    check: () => real.check(),
  };
  return { target, kept, sent };
}
