import { LightningElement, api } from 'lwc';
import { ago, exact, fill } from 'c/plumblineFormat';
import { labels } from './labels';

/** Says that what is shown was asked for earlier, and when; nothing without a time. */
export default class PlumblineAskedAt extends LightningElement {
  /** ISO 8601. */
  @api time: string | undefined;

  get sentence(): string {
    return this.time ? fill(labels.askedAt, ago(this.time, Date.now())) : '';
  }

  get exactTime(): string {
    return this.time ? exact(this.time) : '';
  }
}
