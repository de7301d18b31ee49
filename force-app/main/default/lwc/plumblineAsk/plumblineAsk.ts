import { LightningElement, api } from 'lwc';
import { askWorker, type Question } from 'c/plumblineCommand';
import { problemOf, type Problem } from 'c/plumblineProblem';

/**
 * A button that asks the worker. Fires `answered` with `{ body, hidden }`; what stands in the way of an answer it shows
 * itself, with what to do.
 */
export default class PlumblineAsk extends LightningElement {
  @api label = '';
  @api variant = 'neutral';
  @api question: Question | undefined;
  @api disabled = false;

  asking = false;
  problem: Problem | undefined;

  get unavailable(): boolean {
    return this.disabled || this.question === undefined;
  }

  get showsState(): boolean {
    return this.asking || this.problem !== undefined;
  }

  /** Asks as if the button was pressed. While it asks it stays enabled, or it would lose the focus. */
  @api
  async ask(): Promise<void> {
    if (this.asking || this.unavailable || !this.question) return;
    this.asking = true;
    this.problem = undefined;
    try {
      const detail = await askWorker(this.question);
      this.dispatchEvent(new CustomEvent('answered', { detail }));
    } catch (error) {
      this.problem = problemOf(error);
    } finally {
      this.asking = false;
    }
  }
}
