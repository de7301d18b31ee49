import { LightningElement, api } from 'lwc';
import type { Answered, Question } from 'c/plumblineCommand';
import { fill, valueText } from 'c/plumblineFormat';
import type { PreviewAnswer } from 'plumbline/answers';
import type { SyncDraft } from 'plumbline/setup';
import { labels } from './labels';

/** Maps one real record by the draft, and writes nothing. Fires `previewed` with `{ record }`. */
export default class PlumblinePreview extends LightningElement {
  @api draft: SyncDraft | undefined;

  readonly labels = labels;
  given = '';
  answer: PreviewAnswer | undefined;
  hiddenFields: readonly string[] = [];

  get question(): Question | undefined {
    const { draft, record } = this;
    if (!draft?.id || record === undefined) return undefined;
    return { kind: 'preview', target: `${draft.name}/${record}`, details: { draft: draft.id } };
  }

  get recordLabel(): string {
    return fill(labels.systemRecord, this.draft?.connectionName ?? '');
  }

  get objectName(): string {
    return this.draft?.salesforceObject ?? '';
  }

  get summary(): string {
    const { answer } = this;
    if (!answer) return '';
    const actions: Readonly<Record<string, string>> = {
      create: this.inward ? labels.createHere : labels.create,
      update: this.inward ? labels.updateHere : labels.update,
      unchanged: this.inward ? labels.unchangedHere : labels.unchanged,
    };
    return actions[answer.action] ?? answer.sentence ?? '';
  }

  get nextStep(): string {
    return this.answer?.nextStep ?? '';
  }

  get columns(): readonly { name: string; label: string }[] {
    const columns = [
      { name: 'source', label: labels.field },
      { name: 'before', label: labels.before },
      { name: 'after', label: labels.after },
    ];
    const hasProblem = this.answer?.fields.some(({ problem }) => problem) === true;
    return hasProblem ? [...columns, { name: 'problem', label: labels.problem }] : columns;
  }

  get rows(): readonly Readonly<Record<string, string | boolean>>[] {
    return (this.answer?.fields ?? []).map(({ source, target, before, after, changed, problem }) => ({
      key: target,
      source: `${source} → ${target}`,
      before: valueText(before, labels.empty),
      after: valueText(after, labels.empty),
      problem: problem ?? '',
      marked: changed,
    }));
  }

  get hiddenSentence(): string {
    return this.hiddenFields.length > 0 ? fill(labels.hiddenFields, this.hiddenFields.join(', ')) : '';
  }

  /** Records of a system are known by whatever text it says. */
  get inward(): boolean {
    return this.draft?.direction === 'systemToSalesforce';
  }

  private get record(): string | undefined {
    return this.given.trim() || undefined;
  }

  handleGiven(event: CustomEvent<{ value: string }>): void {
    this.given = event.detail.value;
    this.answer = undefined;
  }

  handlePicked(event: CustomEvent<{ record: string }>): void {
    this.given = event.detail.record;
    this.answer = undefined;
  }

  handleAnswer(event: CustomEvent<Answered<PreviewAnswer>>): void {
    this.answer = event.detail.body;
    this.hiddenFields = event.detail.hidden;
    this.dispatchEvent(new CustomEvent('previewed', { detail: { record: this.record } }));
  }
}
