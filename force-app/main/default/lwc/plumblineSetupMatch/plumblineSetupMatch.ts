import { LightningElement, api } from 'lwc';
import describeObject from '@salesforce/apex/PlumblineSetupController.describeObject';
import type { Answered, Question } from 'c/plumblineCommand';
import { count, fill, valueText } from 'c/plumblineFormat';
import { problemOf, type Problem } from 'c/plumblineProblem';
import type { MatchAnswer, MatchExample } from 'plumbline/answers';
import type { FieldInfo, SyncDraft } from 'plumbline/setup';
import { labels } from './labels';

const examples = 5;

/** The key that makes records of both sides one (P-56): chosen here, its blanks and duplicates counted by the worker. */
export default class PlumblineSetupMatch extends LightningElement {
  @api draft: SyncDraft | undefined;

  readonly labels = labels;
  fields: readonly FieldInfo[] | undefined;
  problem: Problem | undefined;
  answer: MatchAnswer | undefined;
  hiddenFields: readonly string[] = [];

  override connectedCallback(): void {
    void this.load();
  }

  get loading(): boolean {
    return this.fields === undefined;
  }

  get options(): readonly { label: string; value: string }[] {
    return (this.fields ?? [])
      .filter((field) => !field.cannotUse)
      .map(({ name, label }) => ({ label: `${label} (${name})`, value: name }));
  }

  /** Which part of the key is a field of this org: the records are read from there, or written there. */
  get orgPart(): 'keySource' | 'keyTarget' {
    return this.draft?.direction === 'systemToSalesforce' ? 'keyTarget' : 'keySource';
  }

  get systemPart(): 'keySource' | 'keyTarget' {
    return this.orgPart === 'keySource' ? 'keyTarget' : 'keySource';
  }

  get orgLabel(): string {
    return this.orgPart === 'keySource' ? labels.keySource : labels.orgKey;
  }

  get systemLabel(): string {
    return this.orgPart === 'keySource' ? labels.keyTarget : labels.systemKey;
  }

  get orgKey(): string {
    return this.draft?.[this.orgPart] ?? '';
  }

  get systemKey(): string {
    return this.draft?.[this.systemPart] ?? '';
  }

  get question(): Question | undefined {
    const { draft } = this;
    return draft?.id
      ? { kind: 'match', target: draft.name, details: { draft: draft.id, examples }, seconds: 300 }
      : undefined;
  }

  get result(): { variant: 'success' | 'warning'; message: string } | undefined {
    const { answer } = this;
    if (!answer) return undefined;
    const clean = answer.blank + answer.invalid + answer.duplicates === 0;
    return {
      variant: clean ? 'success' : 'warning',
      message: fill(labels.result, answer.records, answer.withKey, answer.blank, answer.invalid, answer.duplicates),
    };
  }

  get nextStep(): string {
    return this.result?.variant === 'warning' ? labels.resultNext : '';
  }

  get examples(): readonly {
    key: string;
    title: string;
    records: MatchExample['records'];
  }[] {
    const titles = { blank: labels.blank, invalid: labels.invalid, duplicate: labels.duplicate };
    return (this.answer?.examples ?? []).map(({ kind, value, records }, index) => ({
      key: count(index),
      title: fill(titles[kind], valueText(value, labels.empty)),
      records,
    }));
  }

  get hiddenSentence(): string {
    return this.hiddenFields.length > 0 ? fill(labels.hiddenFields, this.hiddenFields.join(', ')) : '';
  }

  handlePart(event: CustomEvent<{ value: string }>): void {
    const { part = '' } = (event.target as HTMLElement).dataset;
    this.answer = undefined;
    this.dispatchEvent(new CustomEvent('draftchange', { detail: { [part]: event.detail.value } }));
  }

  handleAnswer(event: CustomEvent<Answered<MatchAnswer>>): void {
    this.answer = event.detail.body;
    this.hiddenFields = event.detail.hidden;
  }

  async load(): Promise<void> {
    this.problem = undefined;
    try {
      const { fields } = await describeObject({ objectName: this.draft?.salesforceObject ?? '' });
      this.fields = fields;
    } catch (error) {
      this.problem = problemOf(error);
    }
  }
}
