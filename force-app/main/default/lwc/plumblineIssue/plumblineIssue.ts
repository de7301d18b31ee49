import { LightningElement, api } from 'lwc';
import getIssue from '@salesforce/apex/PlumblineIssueController.getIssue';
import canOperate from '@salesforce/customPermission/Plumbline_Operate';
import { exact, fill } from 'c/plumblineFormat';
import { problemOf, type Problem } from 'c/plumblineProblem';
import type { IssueRow } from 'plumbline/records';
import { labels } from './labels';

/** One open problem: the record, the reason, what to do, and what the worker says of it now. */
export default class PlumblineIssue extends LightningElement {
  readonly labels = labels;
  readonly canOperate = canOperate === true;
  issue: IssueRow | undefined;
  problem: Problem | undefined;
  private shownId = '';

  @api
  get recordId(): string {
    return this.shownId;
  }
  set recordId(value: string) {
    this.shownId = value;
    this.issue = undefined;
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
}
