import { LightningElement, api } from 'lwc';
import getStatus from '@salesforce/apex/PlumblineRecordController.getStatus';
import { problemOf, type Problem } from 'c/plumblineProblem';
import type { RecordStatus, RecordSync } from 'plumbline/records';
import { labels } from './labels';

/**
 * How the syncs of a record stand, on the record's own page. Issues and exclusions come from the org with the page;
 * the worker is asked on a click only.
 */
export default class PlumblineRecordStatus extends LightningElement {
  /** Names of systems to show, separated by commas; empty: all. */
  @api connections = '';
  @api compact = false;

  readonly labels = labels;
  status: RecordStatus | undefined;
  problem: Problem | undefined;
  private shownId = '';

  @api
  get recordId(): string {
    return this.shownId;
  }
  set recordId(value: string) {
    if (value === this.shownId) return;
    this.shownId = value;
    this.status = undefined;
    void this.load();
  }

  get loading(): boolean {
    return this.status === undefined;
  }

  get empty(): boolean {
    return this.syncs.length === 0;
  }

  get withoutWorker(): boolean {
    return this.status?.workerAlive === false;
  }

  get syncs(): readonly RecordSync[] {
    const wanted = this.connections
      .split(',')
      .map((name) => name.trim().toLowerCase())
      .filter((name) => name !== '');
    return (this.status?.syncs ?? []).filter(
      ({ systemName }) => wanted.length === 0 || wanted.includes(systemName.toLowerCase()),
    );
  }

  /** Reads the record's state from the org. */
  async load(): Promise<void> {
    const recordId = this.shownId;
    if (!recordId) return;
    this.problem = undefined;
    try {
      const status = await getStatus({ recordId });
      if (recordId === this.shownId) this.status = status;
    } catch (error) {
      if (recordId === this.shownId) this.problem = problemOf(error);
    }
  }
}
