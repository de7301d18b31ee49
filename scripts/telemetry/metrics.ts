import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Outcome } from '../engine/index.ts';

/** The few numbers by which a worker is judged from outside. Labels are names of the configuration, never a record's. */
export interface Metrics {
  /** Records that a run has accounted for, since the last call. */
  records(sync: string, outcome: Outcome, count: number): void;
  /** A request to a system; `result` is its status, or why it has none (`unanswered`, `not-sent`). */
  request(connection: string, result: string, milliseconds: number): void;
  /** Work waiting, of one sync and urgency. */
  backlog(sync: string, urgency: number, count: number): void;
  /** From a change in the source to its delivery. */
  latency(sync: string, milliseconds: number): void;
  /** Runs whose counts do not add up: to be zero. */
  unbalanced(sync: string): void;
  /** All of it in the text format that Prometheus reads, with its content type, for `/metrics`. */
  exposition(): Promise<{ readonly contentType: string; readonly body: string }>;
}

const latencyBuckets = [0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300, 3_600];
const requestBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const records = new Counter({
    name: 'plumbline_records_total',
    help: 'Records accounted for, by outcome',
    labelNames: ['sync', 'outcome'] as const,
    registers,
  });
  const requests = new Histogram({
    name: 'plumbline_request_seconds',
    help: 'Requests to a system, by their result',
    labelNames: ['connection', 'result'] as const,
    buckets: requestBuckets,
    registers,
  });
  const backlog = new Gauge({
    name: 'plumbline_backlog',
    help: 'Work waiting; urgency 0 is live, 1 a retry, 2 of a backfill',
    labelNames: ['sync', 'urgency'] as const,
    registers,
  });
  const latency = new Histogram({
    name: 'plumbline_live_latency_seconds',
    help: 'From a change in the source to its delivery',
    labelNames: ['sync'] as const,
    buckets: latencyBuckets,
    registers,
  });
  const unbalanced = new Counter({
    name: 'plumbline_unbalanced_runs_total',
    help: 'Runs whose counts do not add up',
    labelNames: ['sync'] as const,
    registers,
  });
  return {
    records: (sync, outcome, count) => records.inc({ sync, outcome }, count),
    request: (connection, result, milliseconds) => requests.observe({ connection, result }, milliseconds / 1_000),
    backlog: (sync, urgency, count) => backlog.set({ sync, urgency: String(urgency) }, count),
    latency: (sync, milliseconds) => latency.observe({ sync }, milliseconds / 1_000),
    unbalanced: (sync) => unbalanced.inc({ sync }),
    exposition: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}
