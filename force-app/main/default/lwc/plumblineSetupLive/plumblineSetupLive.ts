import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import activate from '@salesforce/apex/PlumblineSetupController.activate';
import setPaused from '@salesforce/apex/PlumblineSyncController.setPaused';
import { askWorker } from 'c/plumblineCommand';
import { fill } from 'c/plumblineFormat';
import { problemOf, type Problem } from 'c/plumblineProblem';
import type { BeginAnswer } from 'plumbline/answers';
import type { SyncDraft } from 'plumbline/setup';
import { labels } from './labels';

/** The last step: the draft becomes what runs; then the sync is resumed, and its first full pass begun (P-06). */
export default class PlumblineSetupLive extends NavigationMixin(LightningElement) {
  @api draft: SyncDraft | undefined;
  @api allowed = false;
  /** What is still to be done before, as a sentence; empty when nothing is. */
  @api waitsFor = '';

  readonly labels = labels;
  agreed = false;
  working = false;
  activated = false;
  problem: Problem | undefined;
  done = '';

  get notAllowed(): boolean {
    return !this.allowed;
  }

  get offersActivate(): boolean {
    return this.allowed && !this.activated && this.waitsFor === '';
  }

  get offersStart(): boolean {
    return this.activated && this.done === '';
  }

  get cannotActivate(): boolean {
    return !this.agreed || this.working;
  }

  get summary(): string {
    const { draft } = this;
    if (!draft) return '';
    return fill(
      draft.direction === 'systemToSalesforce' ? labels.summaryInward : labels.summary,
      draft.salesforceObject,
      draft.systemObject,
      draft.connectionName,
      draft.mappings.length,
      draft.include === 'all' ? labels.allRecords : (draft.include ?? ''),
    );
  }

  handleAgreed(event: CustomEvent<{ checked: boolean }>): void {
    this.agreed = event.detail.checked;
  }

  async handleActivate(): Promise<void> {
    await this.attempt(async () => {
      await activate();
      this.activated = true;
    });
  }

  async handleStart(): Promise<void> {
    const { id, name } = this.draft ?? { name: '' };
    await this.attempt(async () => {
      if (id) await setPaused({ syncOrConnectionId: id, paused: false });
      await askWorker<BeginAnswer>({ kind: 'backfill', target: name });
      this.done = fill(labels.begun, name);
      this.dispatchEvent(new CustomEvent('live'));
    });
  }

  handleHealth(): void {
    this[NavigationMixin.Navigate]({ type: 'standard__navItemPage', attributes: { apiName: 'Plumbline_Health' } });
  }

  private async attempt(act: () => Promise<void>): Promise<void> {
    this.working = true;
    this.problem = undefined;
    try {
      await act();
    } catch (error) {
      this.problem = problemOf(error);
    } finally {
      this.working = false;
    }
  }
}
