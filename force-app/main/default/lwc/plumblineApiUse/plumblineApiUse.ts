import { LightningElement, api } from 'lwc';
import { fill } from 'c/plumblineFormat';
import type { Api } from 'plumbline/health';
import { labels } from './labels';

/** Calls of the org's API: what is used of the day, what it will come to, and what is left to people. */
export default class PlumblineApiUse extends LightningElement {
  @api usage: Api | undefined;

  readonly labels = labels;

  get used(): string {
    return fill(labels.used, this.usage?.used ?? 0, this.usage?.max ?? 0);
  }

  get forecast(): string {
    const forecast = this.usage?.forecast;
    return typeof forecast === 'number' ? fill(labels.forecast, forecast) : '';
  }

  get reserve(): string {
    return fill(labels.reserve, this.usage?.reserve ?? 0);
  }

  get warning(): string {
    const { usage } = this;
    if (!usage) return '';
    const limit = usage.max - usage.reserve;
    if (usage.used > limit) return labels.inReserve;
    return (usage.forecast ?? 0) > limit ? labels.willReachReserve : '';
  }

  get percent(): number {
    return this.part(this.usage?.used ?? 0);
  }

  get usedStyle(): string {
    return `width: ${this.percent}%`;
  }

  get forecastStyle(): string {
    return `inset-inline-start: ${this.part(this.usage?.forecast ?? 0)}%`;
  }

  get reserveStyle(): string {
    return `width: ${this.part(this.usage?.reserve ?? 0)}%`;
  }

  private part(calls: number): number {
    const max = this.usage?.max ?? 0;
    return max > 0 ? Math.min(100, Math.round((100 * calls) / max)) : 0;
  }
}
