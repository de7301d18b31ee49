import { LightningElement, api } from 'lwc';
import getIssue from '@salesforce/apex/PlumblineIssueController.getIssue';
import canOperate from '@salesforce/customPermission/Plumbline_Operate';
import { askWorker } from 'c/plumblineCommand';
import { exact, fill } from 'c/plumblineFormat';
import { problemOf, type Problem } from 'c/plumblineProblem';
import { tellDone, tellProblem } from 'c/plumblineToast';
import type { ExplainAnswer, RetryAnswer } from 'plumbline/answers';
import type { IssueRow } from 'plumbline/records';
import { labels } from './labels';

/** One open problem: the record, the reason, what to do, and what the worker says of it now. */
export default class PlumblineIssue extends LightningElement {
  readonly labels = labels;
  readonly canOperate = canOperate === true;
  issue: IssueRow | undefined;
  problem: Problem | undefined;
  asking = false;
  retrying = false;
  explanation: ExplainAnswer | undefined;
  hiddenFields: readonly string[] = [];
  answerProblem: Problem | undefined;
  private shownId = '';

  @api
  get recordId(): string {
    return this.shownId;
  }
  set recordId(value: string) {
    this.shownId = value;
    this.issue = undefined;
    this.explanation = undefined;
    void this.load();
  }

  get loading(): boolean {
    return this.issue === undefined;
  }

  get seen(): string {
    const { firstSeen, lastSeen } = this.issue ?? {};
    return firstSeen && lastSeen ? fill(labels.seen, exact(firstSeen), exact(lastSeen)) : '';
  }

  get closed(): string {
    return this.issue?.status?.toLowerCase() === 'closed' ? labels.closed : '';
  }

  get summing(): string {
    return this.issue && !this.issue.recordId ? fill(labels.summing, this.issue.records ?? 0) : '';
  }

  get showsAnswer(): boolean {
    return this.asking || this.answerProblem !== undefined || this.explanation !== undefined;
  }

  get target(): string {
    return `${this.issue?.syncName ?? ''}/${this.issue?.recordId ?? ''}`;
  }

  async load(): Promise<void> {
    const issueId = this.shownId;
    if (!issueId) return;
    this.problem = undefined;
    try {
      const issue = await getIssue({ issueId });
      if (issueId === this.shownId) this.issue = issue;
    } catch (error) {
      if (issueId === this.shownId) this.problem = problemOf(error);
    }
  }

  async handleWhy(): Promise<void> {
    this.asking = true;
    this.answerProblem = undefined;
    try {
      const { body, hidden } = await askWorker<ExplainAnswer>({ kind: 'explain', target: this.target });
      this.explanation = body;
      this.hiddenFields = hidden;
    } catch (error) {
      this.answerProblem = problemOf(error);
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
