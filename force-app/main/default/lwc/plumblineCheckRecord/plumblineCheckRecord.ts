import { LightningElement, api } from 'lwc';
import { askWorker } from 'c/plumblineCommand';
import { problemOf, SolvableError, type Problem } from 'c/plumblineProblem';
import { recordIdIn } from 'c/plumblineRecordId';
import type { ExplainAnswer } from 'plumbline/answers';
import { labels } from './labels';

/** A box that takes a record's ID, or the address of its page, and asks why the record did or did not sync. */
export default class PlumblineCheckRecord extends LightningElement {
  @api canAsk = false;

  readonly labels = labels;
  given = '';
  asking = false;
  explanation: ExplainAnswer | undefined;
  hiddenFields: readonly string[] = [];
  problem: Problem | undefined;

  get showsAnswer(): boolean {
    return this.asking || this.problem !== undefined || this.explanation !== undefined;
  }

  handleGiven(event: CustomEvent<{ value: string }>): void {
    this.given = event.detail.value;
  }

  async handleCheck(): Promise<void> {
    this.problem = undefined;
    this.explanation = undefined;
    const target = recordIdIn(this.given);
    if (target === undefined) {
      this.problem = problemOf(new SolvableError(labels.noId, labels.noIdNext));
      return;
    }
    this.asking = true;
    try {
      const { body, hidden } = await askWorker<ExplainAnswer>({ kind: 'explain', target });
      this.explanation = body;
      this.hiddenFields = hidden;
    } catch (error) {
      this.problem = problemOf(error);
    } finally {
      this.asking = false;
    }
  }
}
