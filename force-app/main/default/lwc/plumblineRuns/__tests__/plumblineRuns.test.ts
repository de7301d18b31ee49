import { find, findAll, show } from 'plumbline/testing';
import type { RunRow } from 'plumbline/health';
import PlumblineRuns from '../plumblineRuns';

const counts = { read: 500, created: 400, updated: 50, unchanged: 20, skipped: 10, held: 15, failed: 5 };
const run: RunRow = {
  id: 'a03',
  runId: 'run-1',
  syncName: 'leads',
  kind: 'backfill',
  state: 'running',
  startedAt: new Date(Date.now() - 60_000).toISOString(),
  expected: 1000,
  counts: { ...counts, balanced: true },
};

describe('c-plumbline-runs', () => {
  it('shows a live bar for a run that runs, and the counts of each', async () => {
    const finished = { ...run, id: 'a04', runId: 'run-2', state: 'Finished', kind: 'Live', expected: null };
    const element = await show(PlumblineRuns, { runs: [run, finished] });
    expect(findAll(element, 'c-plumbline-progress')).toMatchObject([
      { label: 'Backfill of leads', done: 500, expected: 1000 },
    ]);
    expect(findAll(element, 'lightning-badge')).toMatchObject([{ label: 'Running' }, { label: 'Finished' }]);
    expect(find(element, '[data-run=run-1] p').textContent).toBe(
      '400 created · 50 updated · 20 unchanged · 10 skipped · 15 held · 5 failed',
    );
    expect(findAll(element, 'c-plumbline-notice')).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('N-05: a run that does not balance is red', async () => {
    const element = await show(PlumblineRuns, { runs: [{ ...run, counts: { ...counts, balanced: false } }] });
    expect(find(element, 'c-plumbline-notice')).toMatchObject({ variant: 'error' });
    await expect(element).toBeAccessible();
  });

  it('says what to do when there are none', async () => {
    const element = await show(PlumblineRuns, { runs: [] });
    expect(find(element, 'c-plumbline-state')).toMatchObject({ empty: true, emptyTitle: 'No runs yet' });
  });
});
