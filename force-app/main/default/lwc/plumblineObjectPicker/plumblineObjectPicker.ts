import { LightningElement, api } from 'lwc';
import getObjects from '@salesforce/apex/PlumblineSetupController.getObjects';
import { problemOf, type Problem } from 'c/plumblineProblem';
import type { ObjectChoice } from 'plumbline/setup';
import { labels } from './labels';

/** Fewer objects than this are looked through without a search. */
const fewObjects = 12;

/** Chooses an object of the org, custom ones too, searched by label or API name (P-10). Fires `picked` with `{ value }`. */
export default class PlumblineObjectPicker extends LightningElement {
  @api label = '';
  /** API name of the chosen object. */
  @api value = '';

  readonly labels = labels;
  objects: readonly ObjectChoice[] = [];
  sought = '';
  problem: Problem | undefined;

  override connectedCallback(): void {
    void this.load();
  }

  get offersSearch(): boolean {
    return this.objects.length > fewObjects;
  }

  /** What is chosen stays in the list, whatever is searched for, and whether or not the org shows it. */
  get options(): readonly { label: string; value: string }[] {
    const sought = this.sought.trim().toLowerCase();
    const chosen = this.objects.find(({ name }) => name === this.value) ?? { name: this.value, label: this.value };
    const found = this.objects.filter(
      ({ name, label }) => name !== this.value && `${label} ${name}`.toLowerCase().includes(sought),
    );
    return [chosen, ...found]
      .map(({ name, label }) => ({ label: label === name ? name : `${label} (${name})`, value: name }))
      .toSorted((left, right) => left.label.localeCompare(right.label));
  }

  get found(): string {
    return this.sought.trim() !== '' && this.options.every(({ value }) => value === this.value) ? labels.none : '';
  }

  handleSearch(event: CustomEvent<{ value: string }>): void {
    this.sought = event.detail.value;
  }

  handleChoice(event: CustomEvent<{ value: string }>): void {
    this.dispatchEvent(new CustomEvent('picked', { detail: { value: event.detail.value } }));
  }

  async load(): Promise<void> {
    this.problem = undefined;
    try {
      this.objects = await getObjects();
    } catch (error) {
      this.problem = problemOf(error);
    }
  }
}
