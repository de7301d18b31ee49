import { LightningElement, api } from 'lwc';
import { fill } from 'c/plumblineFormat';
import { labels } from './labels';

/** A progress bar that says what it shows. Without `expected` it tells how much was done, and shows no part of a whole. */
export default class PlumblineProgress extends LightningElement {
  @api label = '';
  @api done = 0;
  @api expected: number | null | undefined;

  get known(): boolean {
    return typeof this.expected === 'number' && this.expected > 0;
  }

  get percent(): number {
    return this.known ? Math.min(100, Math.floor((100 * this.done) / (this.expected ?? 1))) : 0;
  }

  get width(): string {
    return `width: ${this.percent}%`;
  }

  get text(): string {
    return this.known ? fill(labels.ofExpected, this.done, this.expected ?? 0) : fill(labels.soFar, this.done);
  }
}
