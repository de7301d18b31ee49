import assert from 'node:assert/strict';
import { constants, PerformanceObserver, type NodeGCPerformanceDetail, type PerformanceEntry } from 'node:perf_hooks';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { collectorOfCommits } from './collector.ts';

test('the whole heap is collected once every 256 commits, and not between', async () => {
  const forced: PerformanceEntry[] = [];
  const observer = new PerformanceObserver((list) => {
    forced.push(...list.getEntries().filter(isForced));
  });
  observer.observe({ entryTypes: ['gc'] });
  const committed = collectorOfCommits();
  const commits = async (count: number): Promise<number> => {
    for (let commit = 0; commit < count; commit++) committed();
    await turn();
    await turn();
    return forced.length;
  };
  assert.equal(await commits(255), 0);
  assert.equal(await commits(1), 1);
  assert.equal(await commits(255), 1);
  assert.equal(await commits(1), 2);
  observer.disconnect();
});

function isForced(entry: PerformanceEntry): boolean {
  const { kind = 0, flags = 0 } = (entry as PerformanceEntry & { readonly detail: NodeGCPerformanceDetail }).detail;
  const isMajor = kind === constants.NODE_PERFORMANCE_GC_MAJOR;
  return isMajor && (flags & constants.NODE_PERFORMANCE_GC_FLAGS_FORCED) !== 0;
}
