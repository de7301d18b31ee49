import { LightningElement, api } from 'lwc';
import { labels } from './labels';

const icons: Readonly<Record<string, string>> = {
  created: 'utility:new',
  updated: 'utility:success',
  unchanged: 'utility:check',
  skipped: 'utility:skip',
  held: 'utility:clock',
  failed: 'utility:error',
};

/** What became of a record and why, in plain words, with what to do about it. */
export default class PlumblineReason extends LightningElement {
  /** One of the six outcomes. */
  @api outcome = '';
  @api sentence = '';
  @api nextStep = '';

  readonly labels = labels;

  get icon(): string {
    return icons[this.outcome] ?? 'utility:info';
  }

  get outcomeLabel(): string {
    return (this.labels as Readonly<Record<string, string>>)[this.outcome] ?? this.outcome;
  }

  get className(): string {
    return `outcome outcome_${this.outcome}`;
  }
}
