import { LightningElement, api } from 'lwc';
import describeObject from '@salesforce/apex/PlumblineSetupController.describeObject';
import { askWorker } from 'c/plumblineCommand';
import { fill } from 'c/plumblineFormat';
import { problemOf, type Problem } from 'c/plumblineProblem';
import type { DescribeAnswer } from 'plumbline/answers';
import type { FieldInfo, MappingDraft, SyncDraft } from 'plumbline/setup';
import { fits, transformNames } from './fit';
import { labels } from './labels';

const mostFound = 10;

interface ShownMapping extends MappingDraft {
  readonly key: number;
  readonly problem: string;
  readonly targetLabel: string;
  readonly transformLabel: string;
  readonly blankLabel: string;
  readonly removeLabel: string;
}

interface ShownField extends FieldInfo {
  readonly text: string;
  readonly addLabel: string;
  readonly className: string;
}

/** Which field of a record goes where, with its transform and what a blank does. Fires `draftchange` with `mappings`. */
export default class PlumblineSetupFields extends LightningElement {
  @api draft: SyncDraft | undefined;

  readonly labels = labels;
  readonly blanks = [
    { label: labels.keepBlank, value: 'keep' },
    { label: labels.clearBlank, value: 'clear' },
  ];
  readonly transforms = [
    { label: labels.noTransform, value: '' },
    ...transformNames.map((value) => ({ label: value, value })),
  ];
  fields: readonly FieldInfo[] | undefined;
  problem: Problem | undefined;
  system: DescribeAnswer | undefined;
  systemProblem: Problem | undefined;
  sought = '';

  override connectedCallback(): void {
    void this.load();
    void this.describeSystem();
  }

  get loading(): boolean {
    return this.fields === undefined;
  }

  get mappings(): readonly MappingDraft[] {
    return this.draft?.mappings ?? [];
  }

  get empty(): boolean {
    return this.mappings.length === 0;
  }

  get shown(): readonly ShownMapping[] {
    return this.mappings.map((mapping, key) => {
      const name = mapping.source;
      return {
        ...mapping,
        key,
        transform: mapping.transform ?? '',
        problem: this.problemWith(mapping),
        targetLabel: fill(labels.target, name),
        transformLabel: fill(labels.transform, name),
        blankLabel: fill(labels.blank, name),
        removeLabel: fill(labels.remove, name),
      };
    });
  }

  get found(): readonly ShownField[] {
    const words = this.sought.trim().toLowerCase();
    if (words === '') return [];
    const mapped = new Set(this.mappings.map(({ source }) => source));
    return (this.fields ?? [])
      .filter(({ name, label }) => !mapped.has(name) && `${label} ${name}`.toLowerCase().includes(words))
      .slice(0, mostFound)
      .map((field) => ({
        ...field,
        text: `${field.label} (${field.name}, ${field.type.toLowerCase()})`,
        addLabel: fill(labels.add, field.name),
        className: field.cannotUse ? 'field field_unusable' : 'field',
      }));
  }

  get nothingFound(): boolean {
    return this.sought.trim() !== '' && this.found.length === 0;
  }

  get suggestions(): readonly { source: string; target: string; transform?: string }[] {
    const mapped = new Set(this.mappings.map(({ source }) => source));
    return (this.system?.suggestions ?? []).filter(({ source }) => !mapped.has(source));
  }

  get suggestLabel(): string {
    return this.suggestions.length > 0 ? fill(labels.suggest, this.suggestions.length) : '';
  }

  get winner(): string {
    return this.draft?.direction === 'systemToSalesforce' ? labels.systemWins : labels.salesforceWins;
  }

  handleSought(event: CustomEvent<{ value: string }>): void {
    this.sought = event.detail.value;
  }

  handleAdd(event: Event): void {
    const { name = '' } = (event.currentTarget as HTMLElement).dataset;
    const suggested = this.suggestions.find(({ source }) => source === name);
    this.add([suggested ?? { source: name, target: `dataFields.${name}` }]);
  }

  handleSuggest(): void {
    this.add(this.suggestions);
  }

  handlePart(event: CustomEvent<{ value: string }>): void {
    const { part = '', index } = (event.target as HTMLElement).dataset;
    const mappings = [...this.mappings];
    const mapping = mappings[Number(index)];
    if (!mapping) return;
    mappings[Number(index)] = { ...mapping, [part]: event.detail.value };
    this.change(mappings);
  }

  handleRemove(event: Event): void {
    const { index } = (event.currentTarget as HTMLElement).dataset;
    this.change(this.mappings.filter((_, key) => key !== Number(index)));
  }

  async load(): Promise<void> {
    this.problem = undefined;
    try {
      this.fields = (await describeObject({ objectName: this.draft?.salesforceObject ?? '' })).fields;
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  async describeSystem(): Promise<void> {
    const { draft } = this;
    if (!draft?.id) return;
    this.systemProblem = undefined;
    try {
      const details = { draft: draft.id, object: draft.systemObject };
      const { body } = await askWorker<DescribeAnswer>({ kind: 'describe', target: draft.connectionName, details });
      this.system = body;
    } catch (error) {
      this.systemProblem = problemOf(error);
    }
  }

  private problemWith(mapping: MappingDraft): string {
    const source = this.fields?.find(({ name }) => name === mapping.source);
    const target = this.system?.fields.find(({ path }) => path === mapping.target);
    if (source?.cannotUse) return source.cannotUse;
    if (target?.cannotUse) return target.cannotUse;
    return fits(mapping, source, target) ? '' : fill(labels.misfit, source?.type ?? '', target?.type ?? '');
  }

  private add(
    added: readonly { readonly source: string; readonly target: string; readonly transform?: string }[],
  ): void {
    const from = this.mappings.length;
    this.change([
      ...this.mappings,
      ...added.map((mapping, index) => ({ ...mapping, blank: 'keep', position: from + index + 1 })),
    ]);
  }

  private change(mappings: readonly MappingDraft[]): void {
    this.dispatchEvent(new CustomEvent('draftchange', { detail: { mappings } }));
  }
}
