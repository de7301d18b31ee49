import { LightningElement, api } from 'lwc';
import exclude from '@salesforce/apex/PlumblineRecordController.exclude';
import includeAgain from '@salesforce/apex/PlumblineRecordController.includeAgain';
import { fill } from 'c/plumblineFormat';
import { tellDone, tellProblem } from 'c/plumblineToast';
import type { RecordSync } from 'plumbline/records';
import { labels } from './labels';

/** One sync of one record. Fires `changed` when the record was excluded or included again. */
export default class PlumblineRecordSync extends LightningElement {
  @api recordId = '';
  @api sync: RecordSync | undefined;
  @api canAsk = false;
  @api canSyncNow = false;
  @api canExclude = false;
  /** Shows the state alone. */
  @api compact = false;

  readonly labels = labels;
  noting = false;
  note = '';
  busy = false;

  get state(): string {
    if (this.sync?.excluded) return labels.excluded;
    if (this.sync?.paused) return labels.paused;
    const issues = this.sync?.issues.length ?? 0;
    return issues > 0 ? fill(labels.issues, issues) : labels.inOrder;
  }

  get exclusion(): string {
    return this.sync?.excluded ? fill(labels.excludedNote, this.sync.exclusionNote || labels.noNote) : '';
  }

  get showButtons(): boolean {
    return !this.compact;
  }

  get offersSync(): boolean {
    return this.canSyncNow && this.sync?.excluded === false;
  }

  get offersExclude(): boolean {
    return this.canExclude && this.sync?.excluded === false && !this.noting;
  }

  get offersInclude(): boolean {
    return this.canExclude && this.sync?.excluded === true;
  }

  get target(): string {
    return `${this.sync?.syncName ?? ''}/${this.recordId}`;
  }

  handleExclude(): void {
    this.noting = true;
  }

  handleNote(event: CustomEvent<{ value: string }>): void {
    this.note = event.detail.value;
  }

  handleCancel(): void {
    this.noting = false;
  }

  async handleConfirm(): Promise<void> {
    const { recordId, note } = this;
    await this.change(labels.nowExcluded, labels.notExcluded, (syncId) => exclude({ recordId, syncId, note }));
  }

  async handleInclude(): Promise<void> {
    const { recordId } = this;
    await this.change(labels.nowIncluded, labels.notIncluded, (syncId) => includeAgain({ recordId, syncId }));
  }

  private async change(done: string, notDone: string, act: (syncId: string) => Promise<void>): Promise<void> {
    this.busy = true;
    try {
      await act(this.sync?.syncId ?? '');
      this.noting = false;
      this.note = '';
      tellDone(this, fill(done, this.sync?.syncName ?? ''));
      this.dispatchEvent(new CustomEvent('changed'));
    } catch (error) {
      tellProblem(this, notDone, error);
    } finally {
      this.busy = false;
    }
  }
}
