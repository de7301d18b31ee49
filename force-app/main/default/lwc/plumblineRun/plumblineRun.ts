import { LightningElement, api } from 'lwc';
import getRun from '@salesforce/apex/PlumblineRunController.getRun';
import { count, duration, exact, fill } from 'c/plumblineFormat';
import { callsInAll, callsInWords } from 'c/plumblineOrgCalls';
import { problemOf, type Problem } from 'c/plumblineProblem';
import { startPoll, type Poll } from 'c/plumblineTimer';
import type { RunDetail } from 'plumbline/records';
import { labels } from './labels';

const everySeconds = 3;
/** About an hour of an open page. */
const mostLooks = 1_200;
const sent = ['created', 'updated', 'unchanged'] as const;

interface Group {
  readonly key: string;
  readonly outcome: string;
  readonly code: string;
  readonly total: string;
  readonly sentence: string;
  readonly nextStep: string;
  readonly open: boolean;
  readonly openLabel: string;
}

/** What happened in a run, by outcome and reason, down to each record. */
export default class PlumblineRun extends LightningElement {
  readonly labels = labels;
  detail: RunDetail | undefined;
  problem: Problem | undefined;
  openKey = '';
  private shownId = '';
  private poll: Poll | undefined;

  @api
  get recordId(): string {
    return this.shownId;
  }
  set recordId(value: string) {
    this.shownId = value;
    this.detail = undefined;
    void this.load();
  }

  override connectedCallback(): void {
    this.poll = startPoll({
      look: () => (this.running ? this.load() : Promise.resolve()),
      wait: () => everySeconds * 1_000,
      most: mostLooks,
    });
  }

  override disconnectedCallback(): void {
    this.poll?.stop();
  }

  get loading(): boolean {
    return this.detail === undefined;
  }

  get running(): boolean {
    return this.detail?.row.state.toLowerCase() === 'running';
  }

  get times(): string {
    const row = this.detail?.row;
    if (!row) return '';
    if (!row.finishedAt) return fill(labels.since, exact(row.startedAt));
    const seconds = (Date.parse(row.finishedAt) - Date.parse(row.startedAt)) / 1_000;
    return fill(labels.took, exact(row.startedAt), duration(Math.max(1, seconds)));
  }

  get calls(): string {
    const { sourceCalls, targetCalls } = this.detail ?? {};
    return fill(labels.calls, sourceCalls ?? 0, targetCalls ?? 0);
  }

  /** Of this org's API alone, by what they were for. */
  get orgCalls(): string {
    const { detail } = this;
    if (!detail) return '';
    const { fromSalesforce, sourceCalls, targetCalls, lookUpCalls, tellCalls, reportCalls } = detail;
    const lookUp = fromSalesforce ? 0 : (lookUpCalls ?? 0);
    const write = fromSalesforce ? 0 : (targetCalls ?? 0) - lookUp;
    const read = fromSalesforce ? (sourceCalls ?? 0) : 0;
    const calls = { read, lookUp, write, tell: tellCalls ?? 0, echo: 0, report: reportCalls ?? 0 };
    return callsInAll(calls) === 0 ? '' : fill(labels.orgCalls, callsInAll(calls), callsInWords(calls));
  }

  get groups(): readonly Group[] {
    const { detail } = this;
    if (!detail) return [];
    const delivered = sent
      .filter((outcome) => detail.row.counts[outcome] > 0)
      .map((outcome) => ({ outcome, code: '', records: detail.row.counts[outcome], sentence: labels[outcome] }));
    return [...detail.reasons, ...delivered].map((group) => {
      const key = `${group.outcome}/${group.code}`;
      return {
        key,
        outcome: group.outcome,
        code: group.code,
        total: group.records === 1 ? labels.oneRecord : fill(labels.records, count(group.records)),
        sentence: group.sentence,
        nextStep: 'nextStep' in group ? (group.nextStep ?? '') : '',
        open: key === this.openKey,
        openLabel: key === this.openKey ? labels.hideRecords : labels.showRecords,
      };
    });
  }

  handleToggle(event: Event): void {
    const { key = '' } = (event.currentTarget as HTMLElement).dataset;
    this.openKey = key === this.openKey ? '' : key;
  }

  async load(): Promise<void> {
    const runId = this.shownId;
    if (!runId) return;
    try {
      const detail = await getRun({ runId });
      if (runId !== this.shownId) return;
      this.detail = detail;
      this.problem = undefined;
    } catch (error) {
      if (runId === this.shownId) this.problem = problemOf(error);
    }
  }
}
