import { callsInAll, callsInWords } from '../plumblineOrgCalls';

describe('c-plumbline-org-calls', () => {
  it('N-10: says what calls are for, in the order in which a run makes them', () => {
    const calls = { read: 0, lookUp: 30, write: 1_025, tell: 291, echo: 30, report: 5 };
    expect(callsInAll(calls)).toBe(1_381);
    expect(callsInWords(calls)).toBe(
      '30 to find records, 1,025 to write, 291 to tell flows, 30 for other syncs to see it, 5 to show it here',
    );
    expect(callsInWords({ read: 0, lookUp: 0, write: 0, tell: 0, echo: 0, report: 0 })).toBe('');
  });
});
