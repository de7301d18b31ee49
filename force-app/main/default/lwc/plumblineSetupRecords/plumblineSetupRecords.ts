import { LightningElement, api } from 'lwc';
import countRecords from '@salesforce/apex/PlumblineSetupController.countRecords';
import { count, fill } from 'c/plumblineFormat';
import { problemOf, type Problem } from 'c/plumblineProblem';
import { pause } from 'c/plumblineTimer';
import type { SyncDraft } from 'plumbline/setup';
import { labels } from './labels';

const everyRecord = 'all';
/** A count is asked for when nothing was typed for so long. */
const afterTyping = 600;

/** Which records take part, with a count that follows the condition (K-13). Fires `draftchange`. */
export default class PlumblineSetupRecords extends LightningElement {
  @api draft: SyncDraft | undefined;

  readonly labels = labels;
  readonly choices = [
    { label: labels.all, value: 'all' },
    { label: labels.some, value: 'some' },
  ];
  typed: string | undefined;
  total: number | undefined;
  counting = false;
  problem: Problem | undefined;
  private asked = 0;

  override connectedCallback(): void {
    void this.countNow();
  }

  get include(): string {
    return this.typed ?? this.draft?.include ?? everyRecord;
  }

  get choice(): string {
    return this.include === everyRecord ? 'all' : 'some';
  }

  get showsCondition(): boolean {
    return this.choice === 'some';
  }

  /** What the system is asked for is chosen there: there is no condition in this org's language. */
  get inward(): string {
    const { draft } = this;
    return draft?.direction === 'systemToSalesforce' ? fill(labels.inward, draft.systemObject) : '';
  }

  get explanation(): string {
    return fill(labels.explanation, this.draft?.salesforceObject ?? '');
  }

  get found(): string {
    if (this.counting || this.total === undefined) return this.counting ? labels.counting : '';
    return fill(labels.found, count(this.total), this.draft?.salesforceObject ?? '');
  }

  handleChoice(event: CustomEvent<{ value: string }>): void {
    this.take(event.detail.value === 'all' ? everyRecord : '');
  }

  handleCondition(event: CustomEvent<{ value: string }>): void {
    this.take(event.detail.value);
  }

  private take(include: string): void {
    this.typed = include;
    this.dispatchEvent(new CustomEvent('draftchange', { detail: { include } }));
    this.asked += 1;
    const mine = this.asked;
    void pause(afterTyping).then(() => (mine === this.asked ? this.countNow() : undefined));
  }

  private async countNow(): Promise<void> {
    this.asked += 1;
    const mine = this.asked;
    const { include } = this;
    this.problem = undefined;
    this.total = undefined;
    const objectName = this.draft?.salesforceObject;
    if (!objectName || this.inward || include.trim() === '') return;
    this.counting = true;
    try {
      const total = await countRecords({ objectName, include });
      if (mine === this.asked) this.total = total;
    } catch (error) {
      if (mine === this.asked) this.problem = problemOf(error);
    } finally {
      if (mine === this.asked) this.counting = false;
    }
  }
}
