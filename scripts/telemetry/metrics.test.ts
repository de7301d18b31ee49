import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMetrics } from './index.ts';

test('the numbers come out as Prometheus reads them, of this instance only', async () => {
  const metrics = createMetrics();
  createMetrics().records('leads', 'created', 99);
  metrics.records('leads', 'created', 5);
  metrics.records('leads', 'created', 2);
  metrics.request('main', '200', 300);
  metrics.request('main', 'unanswered', 7_000);
  metrics.backlog('leads', 2, 8);
  metrics.backlog('leads', 2, 4);
  metrics.latency('leads', 700);
  metrics.unbalanced('leads');
  const { contentType, body } = await metrics.exposition();
  assert.match(contentType, /^text\/plain; version=0\.0\.4/);
  for (const line of [
    'plumbline_records_total{sync="leads",outcome="created"} 7',
    'plumbline_request_seconds_bucket{le="0.25",connection="main",result="200"} 0',
    'plumbline_request_seconds_bucket{le="0.5",connection="main",result="200"} 1',
    'plumbline_request_seconds_sum{connection="main",result="unanswered"} 7',
    'plumbline_backlog{sync="leads",urgency="2"} 4',
    'plumbline_live_latency_seconds_bucket{le="1",sync="leads"} 1',
    'plumbline_unbalanced_runs_total{sync="leads"} 1',
  ]) {
    assert.ok(body.split('\n').includes(line), `${line}\n--- is not in\n${body}`);
  }
});
