import { LightningElement, api } from 'lwc';
import saveConnection from '@salesforce/apex/PlumblineSetupController.saveConnection';
import type { Answered, Question } from 'c/plumblineCommand';
import { fill } from 'c/plumblineFormat';
import { tellDone, tellProblem } from 'c/plumblineToast';
import type { CheckAnswer, SystemOffer, SystemsAnswer } from 'plumbline/answers';
import type { ConnectionDraft, Setup, SyncDraft } from 'plumbline/setup';
import { labels } from './labels';
import { firstChoices, systemsOf, type Setting, type System } from './systems';

const newConnection = 'new';

/**
 * The connection and the two objects of a sync, and what the worker reaches of them. Fires `draftchange` with what is to
 * change in the draft, and `connections` when what the org holds may have changed.
 */
export default class PlumblineSetupConnect extends LightningElement {
  @api setup: Setup | undefined;
  @api draft: SyncDraft | undefined;

  readonly labels = labels;
  offered: readonly SystemOffer[] = [];
  adding = false;
  saving = false;
  connection = { name: '', systemName: '' };
  chosenSettings: Readonly<Record<string, string>> = {};
  answer: CheckAnswer | undefined;

  get org(): string {
    const { setup } = this;
    if (!setup) return '';
    return fill(setup.sandbox ? labels.sandbox : labels.production, setup.orgId, setup.userName);
  }

  get systems(): readonly System[] {
    return systemsOf(this.offered);
  }

  get chosenConnection(): ConnectionDraft | undefined {
    return this.setup?.connections.find(({ id }) => id === this.draft?.connectionId);
  }

  get workerAlive(): boolean {
    return this.setup?.workerAlive === true;
  }

  get withoutWorker(): boolean {
    return this.setup?.workerAlive === false;
  }

  get connections(): readonly { label: string; value: string }[] {
    const existing = (this.setup?.connections ?? []).map(({ id, name, systemName }) => ({
      label: `${name} (${this.systems.find(({ value }) => value === systemName)?.label ?? systemName})`,
      value: id,
    }));
    return [...existing, { label: labels.newConnection, value: newConnection }];
  }

  get chosen(): string {
    return this.isNew ? newConnection : (this.draft?.connectionId ?? '');
  }

  /** The first connection is made in the form that is there already. */
  get isNew(): boolean {
    return this.adding || this.setup?.connections.length === 0;
  }

  get showsForm(): boolean {
    return this.isNew && this.offered.length > 0;
  }

  /** Only the worker knows what it can connect. */
  get lacksSystems(): boolean {
    return this.isNew && this.withoutWorker && this.offered.length === 0;
  }

  get settings(): readonly (Setting & { readonly value: string })[] {
    const system = this.systems.find(({ value }) => value === this.connection.systemName);
    return (system?.settings ?? []).map((setting) => ({ ...setting, value: this.chosenSettings[setting.name] ?? '' }));
  }

  get saved(): boolean {
    return Boolean(this.draft?.id);
  }

  get question(): Question | undefined {
    const { draft } = this;
    return draft?.id ? { kind: 'check', target: draft.name, details: { draft: draft.id } } : undefined;
  }

  get checks(): readonly { key: string; variant: 'success' | 'error'; message: string; nextStep: string }[] {
    const checks = (this.answer?.checks ?? []).map(({ name, ok, detail, actions }) => ({
      key: name + detail,
      variant: ok ? ('success' as const) : ('error' as const),
      message: `${name}: ${detail}`,
      nextStep: actions.join(' '),
    }));
    const secrets = (this.answer?.secrets ?? []).map(({ connection, present, variable }) => ({
      key: variable,
      variant: present ? ('success' as const) : ('error' as const),
      message: fill(present ? labels.secretPresent : labels.secretMissing, connection),
      nextStep: present ? '' : fill(labels.secretNext, variable),
    }));
    return [...checks, ...secrets];
  }

  handleConnection(event: CustomEvent<{ value: string }>): void {
    const { value } = event.detail;
    this.adding = value === newConnection;
    const chosen = this.setup?.connections.find(({ id }) => id === value);
    if (chosen) this.change({ connectionId: chosen.id, connectionName: chosen.name });
  }

  handleSystem(event: CustomEvent<{ value: string }>): void {
    this.takeSystem(event.detail.value);
  }

  handleConnectionName(event: CustomEvent<{ value: string }>): void {
    this.connection = { ...this.connection, name: event.detail.value };
  }

  handleSetting(event: CustomEvent<{ value: string }>): void {
    const { setting = '' } = (event.target as HTMLElement).dataset;
    this.chosenSettings = { ...this.chosenSettings, [setting]: event.detail.value };
  }

  handleDraftPart(event: CustomEvent<{ value: string }>): void {
    const { part = '' } = (event.target as HTMLElement).dataset;
    this.change({ [part]: event.detail.value });
  }

  async handleSaveConnection(): Promise<void> {
    const { connection } = this;
    const settingsJson = JSON.stringify(this.chosenSettings);
    this.saving = true;
    try {
      const id = await saveConnection({
        draft: { ...connection, settingsJson, label: connection.name, paused: false },
      });
      tellDone(this, fill(labels.connectionSaved, connection.name));
      this.adding = false;
      // The form goes, and the focus would go with it.
      this.template?.querySelector<HTMLElement>('[data-id=connection]')?.focus();
      this.change({ connectionId: id, connectionName: connection.name });
      this.dispatchEvent(new CustomEvent('connections'));
    } catch (error) {
      tellProblem(this, labels.connectionNotSaved, error);
    } finally {
      this.saving = false;
    }
  }

  handleSystems(event: CustomEvent<SystemsAnswer>): void {
    this.offered = event.detail.systems;
    const [first] = this.offered;
    if (first && this.connection.systemName === '') this.takeSystem(first.name);
  }

  handleLookAgain(): void {
    this.dispatchEvent(new CustomEvent('connections'));
  }

  handleOffered(event: CustomEvent<Partial<SyncDraft>>): void {
    this.change(event.detail);
  }

  handleAnswer(event: CustomEvent<Answered<CheckAnswer>>): void {
    this.answer = event.detail.body;
  }

  /** A connection bears the name of its system until it is given another. */
  private takeSystem(systemName: string): void {
    this.connection = { name: systemName, systemName };
    this.chosenSettings = firstChoices(this.systems.find(({ value }) => value === systemName));
  }

  private change(detail: Partial<SyncDraft>): void {
    this.dispatchEvent(new CustomEvent('draftchange', { detail }));
  }
}
