import { LightningElement, api } from 'lwc';
import { askWorker, type Answered, type Question } from 'c/plumblineCommand';
import { fill } from 'c/plumblineFormat';
import { problemOf, type Problem } from 'c/plumblineProblem';
import type { DescribeAnswer, SystemOffer, SystemsAnswer, SystemSync } from 'plumbline/answers';
import type { ConnectionDraft, SyncDraft } from 'plumbline/setup';
import { labels } from './labels';

const outward = 'salesforceToSystem';
const inward = 'systemToSalesforce';

/**
 * What the system of a connection offers to begin a sync with, as the worker tells it: what to know beforehand, templates
 * (P-11), directions, and the objects of the account. Fires `draftchange`, and `systems` with every system that there is.
 */
export default class PlumblineSetupTemplates extends LightningElement {
  @api draft: SyncDraft | undefined;

  readonly labels = labels;
  systems: readonly SystemOffer[] = [];
  objects: DescribeAnswer['objects'] = [];
  problem: Problem | undefined;
  private alive = false;
  private chosen: ConnectionDraft | undefined;
  private asked: string | undefined;

  /** Nothing is asked while no worker runs. */
  @api
  get workerAlive(): boolean {
    return this.alive;
  }
  set workerAlive(value: boolean) {
    this.alive = value;
    if (this.isConnected) void this.load();
  }

  @api
  get connection(): ConnectionDraft | undefined {
    return this.chosen;
  }
  set connection(value: ConnectionDraft | undefined) {
    this.chosen = value;
    if (this.isConnected) void this.load();
  }

  override connectedCallback(): void {
    void this.load();
  }

  get system(): SystemOffer | undefined {
    return this.systems.find(({ name }) => name === this.chosen?.systemName);
  }

  get label(): string {
    return this.system?.label ?? '';
  }

  get saved(): boolean {
    return Boolean(this.draft?.id);
  }

  get beforehand(): readonly { key: string; text: string }[] {
    const { beforehand = [], freshness } = this.system ?? {};
    return [...beforehand, ...(freshness === undefined ? [] : [freshness])].map((text) => ({ key: text, text }));
  }

  /** A sync that is saved has begun: a template would undo what was chosen since. */
  get templates(): readonly { name: string; text: string }[] {
    if (this.saved) return [];
    return (this.system?.syncs ?? []).map((sync) => {
      const ends = [sync.salesforceObject, `${this.label} ${sync.systemObject}`];
      const [from = '', to = ''] = sync.direction === outward ? ends : ends.toReversed();
      return { name: sync.name, text: fill(labels.use, sync.name, from, to) };
    });
  }

  get offersTemplates(): boolean {
    return this.templates.length > 0;
  }

  get directions(): readonly { label: string; value: string }[] {
    const { label } = this;
    const offered = new Set((this.system?.syncs ?? []).map(({ direction }) => direction));
    if (offered.size < 2) return [];
    return [
      { label: fill(labels.outward, label), value: outward },
      { label: fill(labels.inward, label), value: inward },
    ];
  }

  get offersDirection(): boolean {
    return this.directions.length > 0;
  }

  /** Its mappings go one way: they are taken out before it can go the other. */
  get directionFixed(): boolean {
    return (this.draft?.mappings.length ?? 0) > 0;
  }

  get objectLabel(): string {
    return fill(labels.object, this.label);
  }

  get objectOptions(): readonly { label: string; value: string }[] {
    return this.objects.map(({ name, label }) => ({
      label: label === name ? name : `${label} (${name})`,
      value: name,
    }));
  }

  get question(): Question | undefined {
    const { draft } = this;
    if (!draft?.id) return undefined;
    return { kind: 'describe', target: draft.connectionName, details: { draft: draft.id, objects: true } };
  }

  handleTemplate(event: Event): void {
    const { name } = (event.currentTarget as HTMLElement).dataset;
    const template = this.system?.syncs.find((sync) => sync.name === name);
    if (template) this.change(draftOf(template));
  }

  handleDirection(event: CustomEvent<{ value: string }>): void {
    const { keySource = null, keyTarget = null } = this.draft ?? {};
    this.objects = [];
    this.change({ direction: event.detail.value, keySource: keyTarget, keyTarget: keySource });
  }

  handleObjects(event: CustomEvent<Answered<DescribeAnswer>>): void {
    this.objects = event.detail.body.objects;
  }

  handleObject(event: CustomEvent<{ value: string }>): void {
    this.change({ systemObject: event.detail.value });
  }

  async load(): Promise<void> {
    const target = this.chosen?.name ?? '*';
    if (!this.alive || target === this.asked) return;
    this.asked = target;
    this.problem = undefined;
    try {
      const { body } = await askWorker<SystemsAnswer>({ kind: 'systems', target });
      if (target !== this.asked) return;
      this.systems = body.systems;
      this.dispatchEvent(new CustomEvent('systems', { detail: body }));
      this.beginAsSystemDoes();
    } catch (error) {
      if (target !== this.asked) return;
      this.asked = undefined;
      this.problem = problemOf(error);
    }
  }

  /** A draft that nothing was chosen for yet begins with objects that the system has. */
  private beginAsSystemDoes(): void {
    const { draft, system } = this;
    const [first] = system?.syncs ?? [];
    if (!first || !draft || draft.id || draft.name !== '') return;
    if (system?.syncs.some(({ systemObject }) => systemObject === draft.systemObject)) return;
    const { name: _name, ...begun } = draftOf(first);
    this.change(begun);
  }

  private change(detail: Partial<SyncDraft>): void {
    this.dispatchEvent(new CustomEvent('draftchange', { detail }));
  }
}

/** All of a template but its mappings: those are suggested where fields are mapped. */
function draftOf({
  key,
  rules,
  schedule,
  mappings: _mappings,
  connection: _connection,
  ...sync
}: SystemSync): Partial<SyncDraft> {
  return {
    ...sync,
    keySource: key.source,
    keyTarget: key.target,
    createRecords: rules.create,
    updateRecords: rules.update,
    onDelete: rules.delete,
    onDuplicate: rules.duplicates ?? null,
    pollSeconds: schedule.pollSeconds,
    sweepAt: schedule.sweepAt ?? null,
  };
}
