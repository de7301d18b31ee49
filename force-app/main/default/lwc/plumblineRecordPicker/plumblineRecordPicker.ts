import { LightningElement, api } from 'lwc';
import findRecords from '@salesforce/apex/PlumblineSetupController.findRecords';
import { problemOf, type Problem } from 'c/plumblineProblem';
import { recordIdIn } from 'c/plumblineRecordId';
import { pause } from 'c/plumblineTimer';
import type { RecordChoice } from 'plumbline/setup';
import { labels } from './labels';

/** Names are looked for when nothing was typed for so long, and from so many letters on. */
const afterTyping = 400;
const fewestLetters = 2;

/** Chooses a record by its name, its ID or the address of its page. Fires `picked` with `{ record }`, empty for none. */
export default class PlumblineRecordPicker extends LightningElement {
  @api label = '';
  /** API name of the object whose records are looked for. */
  @api objectName = '';

  readonly labels = labels;
  given = '';
  chosen = '';
  records: readonly RecordChoice[] = [];
  status = '';
  problem: Problem | undefined;
  private asked = 0;

  get options(): readonly { label: string; value: string }[] {
    return this.records.map(({ id, name }) => ({ label: `${name} (${id})`, value: id }));
  }

  get offersRecords(): boolean {
    return this.records.length > 0;
  }

  handleGiven(event: CustomEvent<{ value: string }>): void {
    this.given = event.detail.value;
    this.records = [];
    this.status = '';
    this.problem = undefined;
    this.asked += 1;
    const mine = this.asked;
    this.pick(recordIdIn(this.given) ?? '');
    if (this.chosen !== '' || this.given.trim().length < fewestLetters) return;
    void pause(afterTyping).then(() => (mine === this.asked ? this.find() : undefined));
  }

  handleChoice(event: CustomEvent<{ value: string }>): void {
    this.pick(event.detail.value);
  }

  async find(): Promise<void> {
    const mine = this.asked;
    this.problem = undefined;
    try {
      const records = await findRecords({ objectName: this.objectName, text: this.given.trim() });
      if (mine !== this.asked) return;
      this.records = records;
      this.status = records.length === 0 ? labels.none : '';
    } catch (error) {
      if (mine === this.asked) this.problem = problemOf(error);
    }
  }

  private pick(record: string): void {
    this.chosen = record;
    this.dispatchEvent(new CustomEvent('picked', { detail: { record } }));
  }
}
