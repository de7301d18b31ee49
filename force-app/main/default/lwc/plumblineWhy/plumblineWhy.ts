import { LightningElement, api } from 'lwc';
import { askWorker } from 'c/plumblineCommand';
import { problemOf, type Problem } from 'c/plumblineProblem';
import { tellDone, tellProblem } from 'c/plumblineToast';
import type { ExplainAnswer, RetryAnswer } from 'plumbline/answers';
import { labels } from './labels';

/**
 * What one can ask of one record of a sync: why it did or did not sync (N-04), and to send it again. Further buttons
 * stand in its slot, the answer below them.
 */
export default class PlumblineWhy extends LightningElement {
  @api canAsk = false;
  @api canRetry = false;
  @api retryLabel = '';

  readonly labels = labels;
  asking = false;
  retrying = false;
  explanation: ExplainAnswer | undefined;
  hiddenFields: readonly string[] = [];
  problem: Problem | undefined;
  private asked = '';

  /** `sync/record ID`. What was answered of another record is not shown of this one. */
  @api
  get target(): string {
    return this.asked;
  }
  set target(value: string) {
    if (value === this.asked) return;
    this.asked = value;
    this.explanation = undefined;
    this.problem = undefined;
  }

  get showsAnswer(): boolean {
    return this.asking || this.problem !== undefined || this.explanation !== undefined;
  }

  async handleWhy(): Promise<void> {
    const { target } = this;
    this.asking = true;
    this.problem = undefined;
    this.explanation = undefined;
    try {
      const { body, hidden } = await askWorker<ExplainAnswer>({ kind: 'explain', target });
      if (target !== this.target) return;
      this.explanation = body;
      this.hiddenFields = hidden;
    } catch (error) {
      if (target === this.target) this.problem = problemOf(error);
    } finally {
      this.asking = false;
    }
  }

  async handleRetry(): Promise<void> {
    this.retrying = true;
    try {
      await askWorker<RetryAnswer>({ kind: 'retry', target: this.target });
      tellDone(this, labels.queued);
    } catch (error) {
      tellProblem(this, labels.notQueued, error);
    } finally {
      this.retrying = false;
    }
  }
}
