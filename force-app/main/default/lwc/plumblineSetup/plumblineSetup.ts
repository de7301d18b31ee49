import { LightningElement, wire } from 'lwc';
import { CurrentPageReference, NavigationMixin, type PageReference } from 'lightning/navigation';
import getDraft from '@salesforce/apex/PlumblineSetupController.getDraft';
import getSetup from '@salesforce/apex/PlumblineSetupController.getSetup';
import saveDraft from '@salesforce/apex/PlumblineSetupController.saveDraft';
import { fill } from 'c/plumblineFormat';
import { lastAnswers, type LastAnswers } from 'c/plumblineLastAnswers';
import { problemOf, type Problem } from 'c/plumblineProblem';
import { tellProblem } from 'c/plumblineToast';
import type { Setup, SyncDraft } from 'plumbline/setup';
import { labels } from './labels';
import {
  beginDraft,
  lackOf,
  progressBy,
  stepNames,
  stepToGoOnWith,
  waitsFor,
  type Progress,
  type StepName,
} from './steps';

const newSync = 'new';
const ownTab = 'Plumbline_Setup';
const nothingSeen: Progress = { rightsComplete: false, rehearsed: false, tested: false };

/**
 * From the connection to a live sync. What is edited is a draft in the org, saved at each step, so one can leave and go
 * on; what runs changes only when it is activated.
 */
export default class PlumblineSetup extends NavigationMixin(LightningElement) {
  readonly labels = labels;
  setup: Setup | undefined;
  problem: Problem | undefined;
  draft: SyncDraft = beginDraft(undefined);
  step: StepName = 'connect';
  progress: Progress = nothingSeen;
  /** What the worker answered for the draft as it is, in this visit or before. */
  earlier: LastAnswers = {};
  changed = false;
  lack = '';
  private saving = false;
  private movesFocus = false;
  private wanted: { readonly sync: string | undefined; readonly step: string | undefined } = {
    sync: undefined,
    step: undefined,
  };

  @wire(CurrentPageReference)
  readPage(page: PageReference | null): void {
    const state = page?.state ?? {};
    const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
    this.wanted = { sync: text(state['c__sync']), step: text(state['c__step']) };
    // The address follows the steps, too: what it names then is shown already.
    const isShown = this.wanted.sync === this.draft.id && this.wanted.step === this.step;
    if (this.setup && !isShown) this.begin();
  }

  override connectedCallback(): void {
    void this.load();
  }

  override renderedCallback(): void {
    if (!this.movesFocus) return;
    this.movesFocus = false;
    this.template?.querySelector<HTMLElement>('[data-id=step]')?.focus();
  }

  get loading(): boolean {
    return this.setup === undefined;
  }

  get notAllowed(): Problem | undefined {
    if (this.setup?.rights.canAdminister !== false) return this.problem;
    return { denied: true, sentence: labels.notAllowed, nextStep: labels.notAllowedNext };
  }

  get steps(): readonly { value: StepName; label: string }[] {
    return stepNames.map((value) => ({ value, label: labels[value] }));
  }

  get stepTitle(): string {
    return fill(labels.stepTitle, this.index + 1, stepNames.length, labels[this.step]);
  }

  get shows(): Partial<Record<StepName, boolean>> {
    return { [this.step]: true };
  }

  get syncs(): readonly { label: string; value: string }[] {
    const existing = (this.setup?.syncs ?? []).map(({ id, name, label }) => ({
      label: label || name,
      value: id ?? '',
    }));
    return [...existing, { label: labels.newSync, value: newSync }];
  }

  get chosen(): string {
    return this.draft.id ?? newSync;
  }

  get isNew(): boolean {
    return !this.draft.id;
  }

  get isFirst(): boolean {
    return this.index === 0;
  }

  get hasNext(): boolean {
    return this.index < stepNames.length - 1;
  }

  get notSaved(): string {
    return this.changed ? labels.notSaved : '';
  }

  get waitsFor(): string {
    return waitsFor(this.draft, this.progress);
  }

  handleSync(event: CustomEvent<{ value: string }>): void {
    this.take(this.setup?.syncs.find(({ id }) => id === event.detail.value));
  }

  /** Of `draftchange`, not `change`: base components let the latter out of every shadow. */
  handleChange(event: CustomEvent<Partial<SyncDraft>>): void {
    // Of what was seen, nothing holds for another draft.
    this.draft = { ...this.draft, ...event.detail };
    this.progress = nothingSeen;
    this.earlier = {};
    this.changed = true;
    this.lack = '';
  }

  handleRights(event: CustomEvent<{ complete: boolean }>): void {
    this.progress = { ...this.progress, rightsComplete: event.detail.complete };
  }

  handleRehearsed(): void {
    this.progress = { ...this.progress, rehearsed: true };
  }

  handleTested(): void {
    this.progress = { ...this.progress, tested: true };
  }

  /** A connection was saved, or a version activated: what the org holds is read again, the step stays. */
  async handleOrgChanged(): Promise<void> {
    try {
      this.setup = await getSetup();
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  async handleStep(event: CustomEvent<{ value: StepName }>): Promise<void> {
    const index = stepNames.indexOf(event.detail.value);
    if (index > this.index) await this.goOnTo(index);
    else this.goTo(index);
  }

  handleBack(): void {
    this.goTo(this.index - 1);
  }

  async handleNext(): Promise<void> {
    await this.goOnTo(this.index + 1);
  }

  async handleSave(): Promise<void> {
    this.lack = lackOf(this.step, this.draft);
    if (this.lack === '') await this.save();
  }

  async load(): Promise<void> {
    this.problem = undefined;
    try {
      this.setup = await getSetup();
      this.begin();
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  private get index(): number {
    return stepNames.indexOf(this.step);
  }

  private begin(): void {
    const { sync, step } = this.wanted;
    const syncs = this.setup?.syncs ?? [];
    this.take(syncs.find(({ id }) => id === sync) ?? syncs[0]);
    const wanted = stepNames.find((name) => name === step);
    if (wanted !== undefined && this.draft.id) this.step = wanted;
  }

  private take(draft: SyncDraft | undefined): void {
    this.draft = draft ?? beginDraft(this.setup?.connections[0]);
    this.step = stepToGoOnWith(this.draft);
    this.progress = nothingSeen;
    this.earlier = {};
    this.changed = false;
    this.lack = '';
    void this.resume();
  }

  /** A step that is shown again, or after a reload, goes on with what was answered: it need not be asked again. */
  private async resume(): Promise<void> {
    const { draft } = this;
    if (!draft.id || this.changed) return;
    try {
      const earlier = await lastAnswers(draft.id);
      // Another draft may have been taken, or this one changed, meanwhile.
      if (draft !== this.draft) return;
      this.earlier = earlier;
      this.progress = { ...this.progress, ...progressBy(earlier) };
    } catch (error) {
      tellProblem(this, labels.notResumed, error);
    }
  }

  private async goOnTo(index: number): Promise<void> {
    this.lack = lackOf(this.step, this.draft);
    if (this.lack === '' && (await this.save())) this.goTo(index);
  }

  /** The address follows, so that a reload or a link shows the same step again. */
  private goTo(index: number): void {
    this.step = stepNames[index] ?? this.step;
    this.lack = '';
    this.movesFocus = true;
    if (!this.draft.id) return;
    void this.resume();
    const state = { c__sync: this.draft.id, c__step: this.step };
    this[NavigationMixin.Navigate]({ type: 'standard__navItemPage', attributes: { apiName: ownTab }, state }, true);
  }

  /** Saves what was changed and reads back what the org holds. True when the draft is as it is shown. */
  private async save(): Promise<boolean> {
    if (!this.changed && this.draft.id) return true;
    if (this.saving) return false;
    this.saving = true;
    try {
      const isNew = !this.draft.id;
      const syncId = await saveDraft({ draft: this.draft });
      this.draft = await getDraft({ syncId });
      if (isNew) this.setup = await getSetup();
      this.changed = false;
      return true;
    } catch (error) {
      tellProblem(this, labels.saveFailed, error);
      return false;
    } finally {
      this.saving = false;
    }
  }
}
