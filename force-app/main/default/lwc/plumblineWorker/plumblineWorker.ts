import { LightningElement, api } from 'lwc';
import { ago, exact, fill } from 'c/plumblineFormat';
import type { Worker } from 'plumbline/health';
import { labels } from './labels';

/** The worker's heartbeat, told from what it wrote into the org: a dead worker cannot tell. */
export default class PlumblineWorker extends LightningElement {
  @api worker: Worker | undefined;

  get variant(): 'success' | 'warning' | 'error' {
    if (this.worker?.alive) return 'success';
    return this.worker?.known ? 'error' : 'warning';
  }

  get message(): string {
    const { worker } = this;
    if (!worker?.known) return labels.neverSeen;
    const beat = worker.lastBeat ? ago(worker.lastBeat, Date.now()) : labels.never;
    if (!worker.alive) return fill(labels.stopped, beat);
    return fill(worker.listening ? labels.listening : labels.polling, beat);
  }

  get nextStep(): string {
    return this.worker?.alive ? '' : labels.start;
  }

  get exactBeat(): string {
    return this.worker?.lastBeat ? exact(this.worker.lastBeat) : '';
  }
}
