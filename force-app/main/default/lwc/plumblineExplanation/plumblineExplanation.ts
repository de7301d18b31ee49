import { LightningElement, api } from 'lwc';
import { ago, exact, fill, valueText } from 'c/plumblineFormat';
import type { ExplainAnswer } from 'plumbline/answers';
import { labels } from './labels';

/** Why a record did or did not sync (N-04), and where each of its values comes from (N-03), as the worker answered. */
export default class PlumblineExplanation extends LightningElement {
  @api explanation: ExplainAnswer | undefined;
  /** Fields that were left out, since the reader may not see them. */
  @api hiddenFields: readonly string[] = [];

  readonly labels = labels;

  readonly columns = [
    { name: 'field', label: labels.fieldColumn },
    { name: 'value', label: labels.valueColumn },
    { name: 'system', label: labels.systemColumn },
    { name: 'when', label: labels.whenColumn },
    { name: 'replaced', label: labels.replacedColumn },
  ];

  get lastSync(): { text: string; title: string } {
    const at = this.explanation?.lastSync;
    return at === undefined ? { text: labels.never, title: '' } : { text: ago(at, Date.now()), title: exact(at) };
  }

  get lastTime(): string {
    const last = this.explanation?.last;
    return last?.sentence ? fill(labels.lastTime, exact(last.at), last.sentence) : '';
  }

  /** The last exchange with the other system, for the page of a run or an issue. */
  get exchange(): { title: string; request: string; reply: string } | undefined {
    const exchange = this.explanation?.exchange;
    return exchange && { ...exchange, title: fill(labels.exchange, exact(exchange.at)) };
  }

  /** That what the other system holds, and sending would replace, could not be read. */
  get unread(): string {
    const { unread } = this.explanation ?? {};
    return unread === undefined ? '' : fill(labels.unread, unread);
  }

  get hasFields(): boolean {
    return this.rows.length > 0;
  }

  get rows(): readonly Readonly<Record<string, string>>[] {
    return (this.explanation?.fields ?? []).map((field) => ({
      key: field.target,
      field: `${field.source} → ${field.target}`,
      value: field.hidden ? labels.notShown : valueText(field.value, labels.empty),
      system: field.system,
      when: field.writtenAt === undefined ? '' : exact(field.writtenAt),
      replaced: field.replaced === undefined ? '' : valueText(field.replaced, labels.empty),
    }));
  }

  get hiddenSentence(): string {
    return this.hiddenFields.length > 0 ? fill(labels.hiddenFields, this.hiddenFields.join(', ')) : '';
  }
}
