import { LightningElement, api } from 'lwc';
import { askWorker } from 'c/plumblineCommand';
import { ago, exact, fill } from 'c/plumblineFormat';
import { tellDone, tellProblem } from 'c/plumblineToast';
import type { BeginAllAnswer } from 'plumbline/answers';
import type { Check, ConnectionHealth } from 'plumbline/health';
import { labels } from './labels';

const icons = { good: 'utility:success', bad: 'utility:error', unknown: 'utility:question_mark' } as const;

interface ShownCheck extends Check {
  readonly key: string;
  readonly label: string;
  readonly icon: string;
  readonly word: string;
  readonly className: string;
}

/** One connection as the health page shows it: three checks and the last sync (P-61), the counts, its syncs. Fires `changed` after a pause, and after a sync was begun. */
export default class PlumblineConnection extends LightningElement {
  @api connection: ConnectionHealth | undefined;
  @api canOperate = false;

  readonly labels = labels;
  private beginning = false;

  get checks(): readonly ShownCheck[] {
    const { connection } = this;
    if (!connection) return [];
    const words = { good: labels.good, bad: labels.bad, unknown: labels.unknown };
    return (['connected', 'mapped', 'reconciled'] as const).map((key) => {
      const check = connection[key];
      return {
        ...check,
        key,
        label: labels[key],
        icon: icons[check.state],
        word: words[check.state],
        className: `check check_${check.state}`,
      };
    });
  }

  get lastSync(): { text: string; title: string } {
    const at = this.connection?.lastSync;
    return at ? { text: ago(at, Date.now()), title: exact(at) } : { text: labels.never, title: '' };
  }

  get offersSync(): boolean {
    return this.canOperate && this.connection?.paused === false;
  }

  get syncLabel(): string {
    return fill(labels.syncNow, this.connection?.name ?? '');
  }

  get targets(): readonly string[] {
    return this.connection ? [this.connection.id] : [];
  }

  get syncs(): readonly {
    key: string;
    name: string;
    route: string;
    issues: string;
    paused: boolean;
    targets: string[];
  }[] {
    return (this.connection?.syncs ?? []).map(({ id, name, paused, openIssues, ...sync }) => ({
      key: id,
      name,
      paused,
      targets: [id],
      route:
        sync.direction === 'systemToSalesforce'
          ? `${sync.systemObject} → ${sync.salesforceObject}`
          : `${sync.salesforceObject} → ${sync.systemObject}`,
      issues: openIssues > 0 ? fill(labels.openIssues, openIssues) : '',
    }));
  }

  /** Both directions at once (P-05): the worker begins a full read of each sync of the connection. */
  async handleSyncNow(): Promise<void> {
    const target = this.connection?.name ?? '';
    if (this.beginning) return;
    this.beginning = true;
    try {
      const { body } = await askWorker<BeginAllAnswer>({ kind: 'run', target });
      tellDone(this, fill(labels.begun, body.runs.map(({ sync }) => sync).join(', ')));
      this.dispatchEvent(new CustomEvent('changed'));
    } catch (error) {
      tellProblem(this, labels.notBegun, error);
    } finally {
      this.beginning = false;
    }
  }

  handleChanged(): void {
    this.dispatchEvent(new CustomEvent('changed'));
  }
}
