import { LightningElement, api } from 'lwc';
import { askWorker } from 'c/plumblineCommand';
import { exact } from 'c/plumblineFormat';
import { problemOf, type Problem } from 'c/plumblineProblem';
import type { ExplainAnswer, RecordsAnswer } from 'plumbline/answers';
import { labels } from './labels';

type Found = RecordsAnswer['records'][number];

interface ShownRecord extends Found {
  readonly when: string;
  readonly reasonText: string;
  readonly open: boolean;
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
  openSource = '';
  explanation: ExplainAnswer | undefined;
  hiddenFields: readonly string[] = [];
  explanationProblem: Problem | undefined;

  override connectedCallback(): void {
    void this.load();
  }

  get loading(): boolean {
    return this.found === undefined;
  }

  get empty(): boolean {
    return this.found?.length === 0;
  }

  get explaining(): boolean {
    return this.explanation === undefined;
  }

  get rows(): readonly ShownRecord[] {
    return (this.found ?? []).map((record) => ({
      ...record,
      when: exact(record.settledAt),
      reasonText: record.sentence ?? '',
      open: record.source === this.openSource,
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

  async handleWhy(event: Event): Promise<void> {
    const { source = '' } = (event.currentTarget as HTMLElement).dataset;
    // Asked for a second time it closes, unless there was no answer: then it is asked for again.
    const closes = source === this.openSource && this.explanationProblem === undefined;
    this.openSource = closes ? '' : source;
    this.explanation = undefined;
    this.explanationProblem = undefined;
    if (closes) return;
    try {
      const { body, hidden } = await askWorker<ExplainAnswer>({
        kind: 'explain',
        target: `${this.syncName}/${source}`,
      });
      if (this.openSource !== source) return;
      this.explanation = body;
      this.hiddenFields = hidden;
    } catch (error) {
      if (this.openSource === source) this.explanationProblem = problemOf(error);
    }
  }
}
