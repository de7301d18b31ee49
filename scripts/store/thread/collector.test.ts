import assert from 'node:assert/strict';
import { constants, PerformanceObserver, type NodeGCPerformanceDetail, type PerformanceEntry } from 'node:perf_hooks';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { collectorOfRows } from './collector.ts';

test('the whole heap is collected once after so many rows, and not between', async () => {
  const forced: PerformanceEntry[] = [];
  const observer = new PerformanceObserver((list) => {
    forced.push(...list.getEntries().filter(isForced));
  });
  observer.observe({ entryTypes: ['gc'] });
  const committed = collectorOfRows(1_000);
  const collections = async (...rowsOfCommits: readonly number[]): Promise<number> => {
    for (const rows of rowsOfCommits) committed(rows);
    await turn();
    await turn();
    return forced.length;
  };
  assert.equal(await collections(0, 600, 399), 0);
  assert.equal(await collections(1), 1);
  assert.equal(await collections(999), 1);
  assert.equal(await collections(5_000, 0, 999), 2);
  observer.disconnect();
});

function isForced(entry: PerformanceEntry): boolean {
  const { kind = 0, flags = 0 } = (entry as PerformanceEntry & { readonly detail: NodeGCPerformanceDetail }).detail;
  const isMajor = kind === constants.NODE_PERFORMANCE_GC_MAJOR;
  return isMajor && (flags & constants.NODE_PERFORMANCE_GC_FLAGS_FORCED) !== 0;
}
