import type { SendResult, Target, TargetRecord } from '../ports/index.ts';

/** A target that takes everything and keeps the first records it was given. Reading and describing are the real one's. */
export function pretendTarget(
  real: Target,
  keep: number,
): { readonly target: Target; readonly kept: TargetRecord[]; readonly sent: { requests: number; records: number } } {
  const kept: TargetRecord[] = [];
  const sent = { requests: 0, records: 0 };
  const send: Target['send'] = async (_object, records): Promise<SendResult> => {
    sent.requests++;
    sent.records += records.length;
    kept.push(...records.slice(0, keep - kept.length));
    return { kind: 'answered', deliveries: records.map(() => ({ kind: 'delivered' })) };
  };
  const target: Target = {
    limits: real.limits,
    overhead: real.overhead,
    ...(real.forecast && { forecast: (records: number) => real.forecast?.(records) ?? 0 }),
    describe: (object) => real.describe(object),
    normaliseKey: (object, value) => real.normaliseKey(object, value),
    send,
    read: (object, keys) => real.read(object, keys),
    ...(real.known && { known: real.known.bind(real) }),
    check: () => real.check(),
  };
  return { target, kept, sent };
}
