import { LightningElement, api } from 'lwc';
import { count, fill } from 'c/plumblineFormat';
import type { Counts } from 'plumbline/health';
import { labels } from './labels';

const outcomes = ['created', 'updated', 'unchanged', 'skipped', 'held', 'failed'] as const;

/** Read, and the six outcomes that must add up to it (N-05). */
export default class PlumblineCounts extends LightningElement {
  @api counts: Counts | undefined;

  readonly labels = labels;

  get rows(): readonly { key: string; label: string; value: string; className: string }[] {
    const { counts } = this;
    if (!counts) return [];
    return (['read', ...outcomes] as const).map((key) => ({
      key,
      label: labels[key],
      value: count(counts[key]),
      className: counts[key] > 0 ? `count count_${key}` : 'count',
    }));
  }

  get balanced(): boolean {
    return this.counts !== undefined && this.counts.balanced && this.sum === this.counts.read;
  }

  get sentence(): string {
    const { counts } = this;
    if (!counts) return '';
    return this.balanced
      ? fill(labels.balances, counts.read, ...outcomes.map((key) => counts[key]))
      : fill(labels.doesNotBalance, counts.read, this.sum);
  }

  get sum(): number {
    const { counts } = this;
    return counts ? outcomes.reduce((sum, key) => sum + counts[key], 0) : 0;
  }
}
