import { LightningElement, api } from 'lwc';
import type { SyncDraft } from 'plumbline/setup';
import { labels } from './labels';

/** What a new, a changed and a deleted record does, which of two records with one key wins, and when is looked. */
export default class PlumblineSetupRules extends LightningElement {
  @api draft: SyncDraft | undefined;

  readonly labels = labels;
  /** As `sweepAt` in the package's configuration. */
  readonly timePattern = '([01][0-9]|2[0-3]):[0-5][0-9]';
  readonly deletes = [
    { label: labels.ignore, value: 'ignore' },
    { label: labels.forget, value: 'forget' },
  ];

  readonly duplicates = [
    { label: labels.duplicateBlock, value: 'block' },
    { label: labels.duplicateAllow, value: 'allow' },
    { label: labels.duplicateLink, value: 'link' },
  ];

  /** Duplicate rules are of the org: they stop nothing that leaves it. */
  get writesSalesforce(): boolean {
    return this.draft?.direction === 'systemToSalesforce';
  }

  get onDuplicate(): string {
    return this.draft?.onDuplicate || 'block';
  }

  get doesNothing(): boolean {
    return this.draft?.createRecords === false && this.draft.updateRecords === false;
  }

  handleChecked(event: CustomEvent<{ checked: boolean }>): void {
    this.change(event, event.detail.checked);
  }

  handleText(event: CustomEvent<{ value: string }>): void {
    this.change(event, event.detail.value);
  }

  handleNumber(event: CustomEvent<{ value: string }>): void {
    this.change(event, Number(event.detail.value));
  }

  private change(event: Event, value: unknown): void {
    const { part = '' } = (event.target as HTMLElement).dataset;
    this.dispatchEvent(new CustomEvent('draftchange', { detail: { [part]: value } }));
  }
}
