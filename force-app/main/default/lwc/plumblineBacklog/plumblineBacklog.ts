import { LightningElement, api } from 'lwc';
import { ago, exact, fill } from 'c/plumblineFormat';
import type { Worker } from 'plumbline/health';
import { labels } from './labels';

const width = 560;
const height = 120;

interface Place {
  readonly at: number;
  readonly records: number;
}

/** What waits for the worker as a line, and dashed what is still to come until it is drained. */
export default class PlumblineBacklog extends LightningElement {
  @api worker: Worker | undefined;

  readonly labels = labels;
  readonly viewBox = `0 0 ${width} ${height}`;
  readonly axisY = height - 1;
  readonly axisEnd = width;

  get past(): readonly Place[] {
    return (this.worker?.backlogTrend ?? []).map(({ at, records }) => ({ at: Date.parse(at), records }));
  }

  get drain(): Place | undefined {
    const { worker } = this;
    return worker?.drainsAt ? { at: Date.parse(worker.drainsAt), records: 0 } : undefined;
  }

  get drawable(): boolean {
    return this.past.length > 1;
  }

  get sentence(): string {
    const { worker, drain } = this;
    if (!worker || worker.backlog === 0) return labels.nothingWaits;
    return drain ? fill(labels.drains, worker.backlog, ago(drain.at, Date.now())) : fill(labels.waits, worker.backlog);
  }

  get drainTitle(): string {
    return this.drain ? exact(this.drain.at) : '';
  }

  get pastLine(): string {
    return this.lineOf(this.past);
  }

  get forecastLine(): string {
    const last = this.past.at(-1);
    return last && this.drain ? this.lineOf([last, this.drain]) : '';
  }

  private lineOf(places: readonly Place[]): string {
    const all = this.drain ? [...this.past, this.drain] : this.past;
    const from = Math.min(...all.map((place) => place.at));
    const long = Math.max(1, Math.max(...all.map((place) => place.at)) - from);
    const most = Math.max(1, ...all.map((place) => place.records));
    return places
      .map(({ at, records }) => {
        const x = Math.round(((at - from) / long) * width);
        const y = Math.round(height - 2 - (records / most) * (height - 10));
        return `${x},${y}`;
      })
      .join(' ');
  }
}
