import { LightningElement, api } from 'lwc';
import saveConnection from '@salesforce/apex/PlumblineSetupController.saveConnection';
import type { Answered, Question } from 'c/plumblineCommand';
import { fill } from 'c/plumblineFormat';
import { tellDone, tellProblem } from 'c/plumblineToast';
import type { CheckAnswer } from 'plumbline/answers';
import type { Setup, SyncDraft } from 'plumbline/setup';
import { labels } from './labels';

const newConnection = 'new';
const systems = ['iterable', 'pendo', 'account-engagement', 'conversion', 'livestorm'];
const objects = ['Lead', 'Contact', 'Account', 'Campaign'];

/**
 * The connection and the two objects of a sync, and what the worker reaches of them. Fires `draftchange` with what is to
 * change in the draft, and `connections` after a new connection was saved.
 */
export default class PlumblineSetupConnect extends LightningElement {
  @api setup: Setup | undefined;
  @api draft: SyncDraft | undefined;

  readonly labels = labels;
  readonly systems = systems.map((value) => ({ label: value, value }));
  readonly objects = objects.map((value) => ({ label: value, value }));
  adding = false;
  saving = false;
  connection = { name: '', systemName: 'iterable', settingsJson: '{ "region": "us", "identity": "email" }' };
  answer: CheckAnswer | undefined;

  get org(): string {
    const { setup } = this;
    if (!setup) return '';
    return fill(setup.sandbox ? labels.sandbox : labels.production, setup.orgId, setup.userName);
  }

  get withoutWorker(): boolean {
    return this.setup?.workerAlive === false;
  }

  get connections(): readonly { label: string; value: string }[] {
    const existing = (this.setup?.connections ?? []).map(({ id, name, systemName }) => ({
      label: `${name} (${systemName})`,
      value: id,
    }));
    return [...existing, { label: labels.newConnection, value: newConnection }];
  }

  get chosen(): string {
    return this.showsForm ? newConnection : (this.draft?.connectionId ?? '');
  }

  get showsForm(): boolean {
    return this.adding || this.setup?.connections.length === 0;
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

  handleConnectionPart(event: CustomEvent<{ value: string }>): void {
    const { part = '' } = (event.target as HTMLElement).dataset;
    this.connection = { ...this.connection, [part]: event.detail.value };
  }

  handleDraftPart(event: CustomEvent<{ value: string }>): void {
    const { part = '' } = (event.target as HTMLElement).dataset;
    this.change({ [part]: event.detail.value });
  }

  async handleSaveConnection(): Promise<void> {
    const { connection } = this;
    this.saving = true;
    try {
      const id = await saveConnection({ draft: { ...connection, label: connection.name, paused: false } });
      tellDone(this, fill(labels.connectionSaved, connection.name));
      this.adding = false;
      this.change({ connectionId: id, connectionName: connection.name });
      this.dispatchEvent(new CustomEvent('connections'));
    } catch (error) {
      tellProblem(this, labels.connectionNotSaved, error);
    } finally {
      this.saving = false;
    }
  }

  handleAnswer(event: CustomEvent<Answered<CheckAnswer>>): void {
    this.answer = event.detail.body;
  }

  private change(detail: Partial<SyncDraft>): void {
    this.dispatchEvent(new CustomEvent('draftchange', { detail }));
  }
}
