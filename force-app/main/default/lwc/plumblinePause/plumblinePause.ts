import { LightningElement, api } from 'lwc';
import setPaused from '@salesforce/apex/PlumblineSyncController.setPaused';
import { fill } from 'c/plumblineFormat';
import { tellDone, tellProblem } from 'c/plumblineToast';
import { labels } from './labels';

/** Says that a sync or a connection is paused, and lets who may change it. Fires `changed`. */
export default class PlumblinePause extends LightningElement {
  /** IDs of the syncs or connections that are paused and resumed together. */
  @api targets: readonly string[] = [];
  /** Their name, for people. */
  @api name = '';
  @api paused = false;
  @api allowed = false;

  readonly labels = labels;
  busy = false;

  get actionLabel(): string {
    return fill(this.paused ? labels.resumeOne : labels.pauseOne, this.name);
  }

  get icon(): string {
    return this.paused ? 'utility:play' : 'utility:pause';
  }

  async handleClick(): Promise<void> {
    const paused = !this.paused;
    this.busy = true;
    try {
      await Promise.all(this.targets.map((syncOrConnectionId) => setPaused({ syncOrConnectionId, paused })));
      tellDone(this, fill(paused ? labels.nowPaused : labels.nowRunning, this.name));
    } catch (error) {
      tellProblem(this, fill(labels.notChanged, this.name), error);
    } finally {
      this.busy = false;
      this.dispatchEvent(new CustomEvent('changed'));
    }
  }
}
