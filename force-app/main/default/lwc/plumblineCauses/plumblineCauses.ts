import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import exportIssues from '@salesforce/apex/PlumblineIssueController.exportIssues';
import { askWorker } from 'c/plumblineCommand';
import { ago, count, fill } from 'c/plumblineFormat';
import { tellDone, tellProblem } from 'c/plumblineToast';
import type { RetryAnswer } from 'plumbline/answers';
import type { Cause } from 'plumbline/health';
import { stepThatMends } from './fixes';
import { labels } from './labels';

interface ShownCause extends Cause {
  readonly key: string;
  readonly total: string;
  readonly seen: string;
  readonly step: string | undefined;
  readonly open: boolean;
  readonly openLabel: string;
}

/** Open problems by cause: why, how many, where to mend it, and another try for all. Fires `changed` after a retry. */
export default class PlumblineCauses extends NavigationMixin(LightningElement) {
  @api causes: readonly Cause[] = [];
  @api canOperate = false;
  @api canAdminister = false;

  readonly labels = labels;
  openKey = '';
  busy = false;

  get empty(): boolean {
    return this.causes.length === 0;
  }

  get shown(): readonly ShownCause[] {
    return this.causes.map((cause) => {
      const key = `${cause.syncName}/${cause.reasonCode}`;
      const step = stepThatMends(cause.reasonCode);
      return {
        ...cause,
        key,
        total: fill(cause.records === 1 ? labels.oneRecord : labels.records, count(cause.records), cause.syncName),
        seen: cause.lastSeen ? fill(labels.lastSeen, ago(cause.lastSeen, Date.now())) : '',
        step: this.canAdminister && cause.syncId ? step : undefined,
        open: this.openKey === key,
        openLabel: this.openKey === key ? labels.hideRecords : labels.showRecords,
      };
    });
  }

  handleToggle(event: Event): void {
    const { key } = this.causeOf(event);
    this.openKey = this.openKey === key ? '' : key;
  }

  handleFix(event: Event): void {
    const { syncId, step } = this.causeOf(event);
    this[NavigationMixin.Navigate]({
      type: 'standard__navItemPage',
      attributes: { apiName: 'Plumbline_Setup' },
      state: { c__sync: syncId, c__step: step },
    });
  }

  async handleRetry(event: Event): Promise<void> {
    const { syncName, reasonCode } = this.causeOf(event);
    this.busy = true;
    try {
      const { body } = await askWorker<RetryAnswer>({
        kind: 'retry',
        target: syncName,
        details: { reason: reasonCode },
      });
      tellDone(this, body.queued === 1 ? labels.queuedOne : fill(labels.queued, body.queued));
      this.dispatchEvent(new CustomEvent('changed'));
    } catch (error) {
      tellProblem(this, labels.notQueued, error);
    } finally {
      this.busy = false;
    }
  }

  async handleExport(event: Event): Promise<void> {
    const { syncName, reasonCode } = this.causeOf(event);
    try {
      const text = await exportIssues({ syncName, reasonCode });
      const link = document.createElement('a');
      link.href = `data:text/csv;charset=utf-8,${encodeURIComponent(text)}`;
      link.download = `${syncName}-${reasonCode}.csv`;
      link.click();
    } catch (error) {
      tellProblem(this, labels.notExported, error);
    }
  }

  private causeOf(event: Event): ShownCause {
    const { key } = (event.currentTarget as HTMLElement).dataset;
    const cause = this.shown.find((each) => each.key === key);
    if (!cause) throw new Error(`There is no cause ${key ?? ''}.`);
    return cause;
  }
}
