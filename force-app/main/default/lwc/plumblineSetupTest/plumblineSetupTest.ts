import { LightningElement, api } from 'lwc';
import type { Answered, Question } from 'c/plumblineCommand';
import { fill, valueText } from 'c/plumblineFormat';
import { hasArrived, type Earlier } from 'c/plumblineLastAnswers';
import type { TestAnswer } from 'plumbline/answers';
import type { SyncDraft } from 'plumbline/setup';
import { labels } from './labels';

/** The first thing that is written: one record, chosen, previewed and agreed to; then both sides (P-46). Fires `tested`. */
export default class PlumblineSetupTest extends LightningElement {
  @api draft: SyncDraft | undefined;
  @api allowed = false;

  /** What the worker answered before, for the draft as it is. */
  @api earlier: Earlier<TestAnswer> | undefined;

  readonly labels = labels;
  readonly columns = [
    { name: 'field', label: labels.field },
    { name: 'salesforce', label: labels.salesforce },
    { name: 'system', label: labels.system },
    { name: 'same', label: labels.same },
  ];
  record = '';
  agreed = false;
  private answered: Answered<TestAnswer> | undefined;

  get answer(): TestAnswer | undefined {
    return this.shown?.body;
  }

  get askedAt(): string | undefined {
    return this.answered ? undefined : this.earlier?.askedAt;
  }

  /** What was answered now goes before what was answered earlier, which is of another record than the one that is previewed. */
  private get shown(): Answered<TestAnswer> | undefined {
    return this.answered ?? (this.record === '' ? this.earlier : undefined);
  }

  get asksForPreview(): boolean {
    return this.allowed && this.record === '';
  }

  get notAllowed(): boolean {
    return !this.allowed;
  }

  get offersTest(): boolean {
    return this.allowed && this.record !== '';
  }

  get agreement(): string {
    const inward = this.draft?.direction === 'systemToSalesforce';
    return fill(inward ? labels.agreeHere : labels.agree, this.record, this.draft?.connectionName ?? '');
  }

  get question(): Question | undefined {
    const { draft, record, agreed } = this;
    if (!draft?.id || !agreed) return undefined;
    return { kind: 'test', target: `${draft.name}/${record}`, details: { draft: draft.id } };
  }

  get result(): { variant: 'success' | 'error'; message: string; nextStep: string } | undefined {
    const { answer } = this;
    if (!answer) return undefined;
    if (hasArrived(answer)) return { variant: 'success', message: labels.arrived, nextStep: '' };
    return {
      variant: 'error',
      message: answer.sentence ?? labels.differs,
      nextStep: answer.nextStep ?? labels.differsNext,
    };
  }

  get rows(): readonly Readonly<Record<string, string | boolean>>[] {
    return (this.answer?.fields ?? []).map(({ source, target, salesforce, system, same }) => ({
      key: target,
      field: `${source} → ${target}`,
      salesforce: valueText(salesforce, labels.empty),
      system: valueText(system, labels.empty),
      same: same ? labels.yes : labels.no,
      marked: !same,
    }));
  }

  get hiddenSentence(): string {
    const { hidden = [] } = this.shown ?? {};
    return hidden.length > 0 ? fill(labels.hiddenFields, hidden.join(', ')) : '';
  }

  handlePreviewed(event: CustomEvent<{ record: string }>): void {
    this.record = event.detail.record;
    this.agreed = false;
    this.answered = undefined;
  }

  handleAgreed(event: CustomEvent<{ checked: boolean }>): void {
    this.agreed = event.detail.checked;
  }

  handleAnswer(event: CustomEvent<Answered<TestAnswer>>): void {
    this.answered = event.detail;
    this.agreed = false;
    if (this.result?.variant === 'success') this.dispatchEvent(new CustomEvent('tested'));
  }
}
