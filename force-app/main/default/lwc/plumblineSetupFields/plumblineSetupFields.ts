import { LightningElement, api } from 'lwc';
import formFactor from '@salesforce/client/formFactor';
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

/** A field that can be mapped from, of this org or of the system. */
type Mappable = Pick<FieldInfo, 'name' | 'label' | 'type' | 'cannotUse'>;

interface ShownField extends Mappable {
  readonly text: string;
  readonly addLabel: string;
  readonly className: string;
}

/** Which field of a record goes where, with its transform and what a blank does. Fires `draftchange` with `mappings`. */
export default class PlumblineSetupFields extends LightningElement {
  @api draft: SyncDraft | undefined;

  readonly labels = labels;
  /** On a phone there are no column headings. */
  readonly labelVariant = formFactor === 'Small' ? 'standard' : 'label-hidden';
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
        targetLabel: fill(this.inward ? labels.orgTarget : labels.target, name),
        transformLabel: fill(labels.transform, name),
        blankLabel: fill(labels.blank, name),
        removeLabel: fill(labels.remove, name),
      };
    });
  }

  /** True when the system is read, and this org is written. */
  get inward(): boolean {
    return this.draft?.direction === 'systemToSalesforce';
  }

  get sourceHead(): string {
    return this.inward ? labels.targetHead : labels.salesforceField;
  }

  get targetHead(): string {
    return this.inward ? labels.salesforceField : labels.targetHead;
  }

  get searchLabel(): string {
    return this.inward ? labels.searchSystem : labels.search;
  }

  get notes(): readonly { key: string; text: string }[] {
    return (this.system?.notes ?? []).map((text) => ({ key: text, text }));
  }

  get sources(): readonly Mappable[] {
    if (this.inward) return (this.system?.fields ?? []).map(({ path, ...field }) => ({ ...field, name: path }));
    const refused = new Map((this.system?.refused ?? []).map(({ path, sentence }) => [path, sentence]));
    return (this.fields ?? []).map((field) => ({
      ...field,
      cannotUse: field.cannotUse || refused.get(field.name) || '',
    }));
  }

  get found(): readonly ShownField[] {
    const words = this.sought.trim().toLowerCase();
    if (words === '') return [];
    const mapped = new Set(this.mappings.map(({ source }) => source));
    return this.sources
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
    this.add([suggested ?? { source: name, target: this.inward ? '' : this.targetFor(name) }]);
    // The button goes with what was found, and the focus would go with it.
    this.sought = '';
    this.template?.querySelector<HTMLElement>('[data-id=search]')?.focus();
  }

  handleProposed(event: CustomEvent<{ mappings: Parameters<PlumblineSetupFields['add']>[0] }>): void {
    this.add(event.detail.mappings);
  }

  /** Fields may have been made since they were read. */
  handleAsked(): void {
    void this.load();
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

  /** Beside the fields that the system itself suggests: in the group that they are in. */
  private targetFor(name: string): string {
    const groups = (this.system?.suggestions ?? []).map(({ target }) => target.split('.'));
    const group = groups.find(({ length }) => length > 1)?.[0];
    return group === undefined ? name : `${group}.${name}`;
  }

  private problemWith(mapping: MappingDraft): string {
    if (this.inward) {
      const column = this.sources.find(({ name }) => name === mapping.source);
      const isThere = mapping.target === '' || this.fields?.some(({ name }) => name === mapping.target);
      return column?.cannotUse || (isThere ? '' : fill(labels.noField, mapping.target));
    }
    const source = this.sources.find(({ name }) => name === mapping.source);
    const target = this.system?.fields.find(({ path }) => path === mapping.target);
    if (source?.cannotUse) return source.cannotUse;
    // What records are told apart by is not written, though the system keeps it for itself.
    if (target?.cannotUse && mapping.target !== this.draft?.keyTarget) return target.cannotUse;
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
