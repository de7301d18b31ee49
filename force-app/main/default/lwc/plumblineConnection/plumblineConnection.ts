import { LightningElement, api } from 'lwc';
import { ago, exact, fill } from 'c/plumblineFormat';
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

/** One connection as the health page shows it: three checks and the last sync (P-61), the counts, its syncs. Fires `changed` after a pause. */
export default class PlumblineConnection extends LightningElement {
  @api connection: ConnectionHealth | undefined;
  @api canOperate = false;

  readonly labels = labels;

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

  handleChanged(): void {
    this.dispatchEvent(new CustomEvent('changed'));
  }
}
