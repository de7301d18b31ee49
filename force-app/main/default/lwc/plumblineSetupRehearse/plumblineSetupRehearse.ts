import { LightningElement, api } from 'lwc';
import type { Answered, Question } from 'c/plumblineCommand';
import { count, duration, fill, valueText } from 'c/plumblineFormat';
import type { Earlier } from 'c/plumblineLastAnswers';
import { callsInAll, callsInWords } from 'c/plumblineOrgCalls';
import type { PlanAnswer } from 'plumbline/answers';
import type { Counts } from 'plumbline/health';
import type { SyncDraft } from 'plumbline/setup';
import { labels } from './labels';

const compared = 20;

/** What a full sync by the draft would do, field by field, and what it would cost; nothing is written (N-01, N-10). */
export default class PlumblineSetupRehearse extends LightningElement {
  @api draft: SyncDraft | undefined;
  /** False while rights are missing or were not compared: a dry run waits for them. */
  @api rightsComplete = false;

  /** What the worker answered before, for the draft as it is. */
  @api earlier: Earlier<PlanAnswer> | undefined;

  readonly labels = labels;
  readonly columns = [
    { name: 'field', label: labels.field },
    { name: 'before', label: labels.before },
    { name: 'after', label: labels.after },
  ];
  private answered: Answered<PlanAnswer> | undefined;

  /** What was answered now goes before what was answered earlier. */
  get answer(): PlanAnswer | undefined {
    return (this.answered ?? this.earlier)?.body;
  }

  get askedAt(): string | undefined {
    return this.answered ? undefined : this.earlier?.askedAt;
  }

  get question(): Question | undefined {
    const { draft } = this;
    if (!draft?.id || !this.rightsComplete) return undefined;
    return { kind: 'plan', target: draft.name, details: { draft: draft.id, compare: compared }, seconds: 600 };
  }

  get counts(): Counts | undefined {
    const counts = this.answer?.counts;
    if (!counts) return undefined;
    const { read, ...outcomes } = counts;
    return { ...counts, balanced: read === Object.values(outcomes).reduce((sum, each) => sum + each, 0) };
  }

  get forecast(): string {
    const forecast = this.answer?.forecast;
    if (!forecast) return '';
    const { org, sourceCalls, targetCalls, seconds } = forecast;
    const others = org.read > 0 ? targetCalls : sourceCalls;
    return fill(labels.forecast, callsInAll(org), callsInWords(org), others, duration(Math.max(1, seconds)));
  }

  get reasons(): readonly (PlanAnswer['reasonRows'][number] & { total: string })[] {
    return (this.answer?.reasonRows ?? []).map((reason) => ({
      ...reason,
      total: reason.records === 1 ? labels.oneRecord : fill(labels.records, count(reason.records)),
    }));
  }

  /** The first one is shown at once, the others on demand: twenty at once are more than anyone reads. */
  get changes(): readonly {
    key: string;
    open: boolean;
    title: string;
    rows: readonly Readonly<Record<string, string>>[];
  }[] {
    return (this.answer?.changes ?? []).map(({ key, action, fields }, index) => ({
      key,
      open: index === 0,
      title: fill(action === 'delete' ? labels.deletes : labels.writes, key),
      rows: fields.map(({ path, before, after }) => ({
        key: path,
        field: path,
        before: valueText(before, labels.empty),
        after: valueText(after, labels.empty),
      })),
    }));
  }

  get nothingChanges(): boolean {
    return this.answer?.changes.length === 0;
  }

  get hiddenSentence(): string {
    const { hidden = [] } = this.answered ?? this.earlier ?? {};
    return hidden.length > 0 ? fill(labels.hiddenFields, hidden.join(', ')) : '';
  }

  handleRights(event: CustomEvent<{ complete: boolean }>): void {
    this.dispatchEvent(new CustomEvent('rights', { detail: event.detail }));
  }

  handleAnswer(event: CustomEvent<Answered<PlanAnswer>>): void {
    this.answered = event.detail;
    this.dispatchEvent(new CustomEvent('rehearsed'));
  }
}
