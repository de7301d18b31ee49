import { LightningElement, api } from 'lwc';
import { askWorker } from 'c/plumblineCommand';
import { exact } from 'c/plumblineFormat';
import { problemOf, type Problem } from 'c/plumblineProblem';
import type { RecordsAnswer } from 'plumbline/answers';
import { labels } from './labels';

type Found = RecordsAnswer['records'][number];

interface ShownRecord extends Found {
  readonly when: string;
  readonly reasonText: string;
  /** `sync/record ID`, as the worker is asked for its explanation. */
  readonly target: string;
}

/** Records of a sync, by run, outcome and reason, as the worker's store has them; each with its explanation on a click. */
export default class PlumblineRecordList extends LightningElement {
  @api syncName = '';
  @api runId = '';
  @api outcome = '';
  @api reasonCode = '';
  /** Only records of Salesforce have a page to link to. */
  @api fromSalesforce = false;

  readonly labels = labels;
  found: readonly Found[] | undefined;
  more = false;
  asking = false;
  problem: Problem | undefined;

  override connectedCallback(): void {
    void this.load();
  }

  get loading(): boolean {
    return this.found === undefined;
  }

  get empty(): boolean {
    return this.found?.length === 0;
  }

  get rows(): readonly ShownRecord[] {
    return (this.found ?? []).map((record) => ({
      ...record,
      when: exact(record.settledAt),
      reasonText: record.sentence ?? '',
      target: `${this.syncName}/${record.source}`,
    }));
  }

  async load(): Promise<void> {
    const { syncName: target, runId: run, outcome, reasonCode: reason } = this;
    const after = this.found?.at(-1)?.source;
    this.asking = true;
    this.problem = undefined;
    try {
      const { body } = await askWorker<RecordsAnswer>({
        kind: 'records',
        target,
        details: { outcome, ...(run && { run }), ...(reason && { reason }), ...(after && { after }) },
      });
      this.found = [...(this.found ?? []), ...body.records];
      this.more = body.more;
    } catch (error) {
      this.problem = problemOf(error);
    } finally {
      this.asking = false;
    }
  }
}
