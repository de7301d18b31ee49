import { LightningElement, api } from 'lwc';
import getIssues from '@salesforce/apex/PlumblineIssueController.getIssues';
import { ago, count, fill } from 'c/plumblineFormat';
import { problemOf, type Problem } from 'c/plumblineProblem';
import type { IssueRow } from 'plumbline/records';
import { labels } from './labels';

const most = 50;

/** The records of one sync that share one cause, each with a link to mend it. */
export default class PlumblineIssueList extends LightningElement {
  @api syncName = '';
  @api reasonCode = '';

  readonly labels = labels;
  issues: readonly IssueRow[] | undefined;
  problem: Problem | undefined;

  override connectedCallback(): void {
    void this.load();
  }

  get loading(): boolean {
    return this.issues === undefined;
  }

  get empty(): boolean {
    return this.issues?.length === 0;
  }

  get rows(): readonly { key: string; recordId: string; name: string; seen: string; sentence: string; rest: string }[] {
    return (this.issues ?? []).map(({ id, recordId, recordName, lastSeen, sentence, records }) => ({
      key: id,
      recordId: recordId ?? '',
      name: recordName ?? recordId ?? '',
      seen: lastSeen ? ago(lastSeen, Date.now()) : '',
      sentence,
      rest: !recordId && records ? fill(labels.rest, records) : '',
    }));
  }

  get cut(): string {
    return this.issues?.length === most ? fill(labels.firstOnly, count(most)) : '';
  }

  async load(): Promise<void> {
    this.problem = undefined;
    try {
      const { syncName, reasonCode } = this;
      this.issues = await getIssues({ syncName, reasonCode, limitRows: most });
    } catch (error) {
      this.problem = problemOf(error);
    }
  }
}
