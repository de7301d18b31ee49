import type { ActiveVersion, Answer, Command, ControlPlane, DraftSync, IssueChange, Pauses, RunRow } from '../index.ts';
import { LeaseLostError, SettingsError } from '../errors.ts';

/** An org as control plane, in memory. */
export class FakeControl implements ControlPlane {
  version: ActiveVersion | undefined;
  /** Syncs that are being set up, by the ID of their record. */
  readonly drafts = new Map<string, DraftSync>();
  paused: Pauses = new Set();
  excluded: { readonly sync: string; readonly source: string }[] = [];
  /** Another store that holds the org. */
  rival: string | undefined;
  /** What reading the activated version throws. */
  refusal: Error | undefined;
  commands: Command[] = [];
  readonly answers = new Map<string, Answer>();
  readonly runs = new Map<string, RunRow>();
  readonly issues = new Map<string, IssueChange>();
  readonly calls: string[] = [];
  left = false;
  /** `system/record`, as flows were told. */
  readonly announced: string[] = [];

  async activeVersion(): Promise<ActiveVersion | undefined> {
    this.calls.push('activeVersion');
    if (this.refusal) throw this.refusal;
    return this.version;
  }

  async draft(id: string): Promise<DraftSync> {
    const draft = this.drafts.get(id);
    if (draft) return draft;
    throw new SettingsError(`There is no sync with the ID ${id}.`, ['Save it first.']);
  }

  async pauses(): Promise<Pauses> {
    return this.paused;
  }

  async exclusions(): Promise<readonly { readonly sync: string; readonly source: string }[]> {
    return this.excluded;
  }

  async beat(): Promise<void> {
    this.calls.push('beat');
    if (this.rival !== undefined) throw new LeaseLostError(`${this.rival} holds this org.`, ['Stop it first.']);
  }

  async leave(): Promise<void> {
    this.left = true;
  }

  async claim(): Promise<readonly Command[]> {
    return this.commands.splice(0);
  }

  async answer(command: Command, answer: Answer): Promise<void> {
    this.answers.set(command.id, answer);
  }

  async reportRuns(runs: readonly RunRow[]): Promise<void> {
    this.calls.push('reportRuns');
    for (const run of runs) this.runs.set(run.id, run);
  }

  async reportIssues(changes: readonly IssueChange[]): Promise<void> {
    for (const change of changes) this.issues.set(`${change.sync}/${change.source}`, change);
  }

  async progress(): Promise<boolean> {
    this.calls.push('progress');
    return true;
  }

  async announce(system: string, records: readonly string[]): Promise<void> {
    this.announced.push(...records.map((record) => `${system}/${record}`));
  }
}
