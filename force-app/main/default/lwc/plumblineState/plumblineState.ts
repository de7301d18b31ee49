import { LightningElement, api } from 'lwc';
import type { Problem } from 'c/plumblineProblem';
import { labels } from './labels';

/**
 * Shows its content, or in its place that it loads, what went wrong, that the reader lacks the right, or that there
 * is nothing. Fires `again` when the reader wants another try.
 */
export default class PlumblineState extends LightningElement {
  @api loading = false;
  @api problem: Problem | undefined;
  @api empty = false;
  /** What to say when it is empty, and what to do then. */
  @api emptyTitle = '';
  @api emptyText = '';

  readonly labels = labels;

  get failed(): boolean {
    return this.problem !== undefined && !this.problem.denied;
  }

  get denied(): boolean {
    return this.problem?.denied === true;
  }

  handleAgain(): void {
    this.dispatchEvent(new CustomEvent('again'));
  }
}
