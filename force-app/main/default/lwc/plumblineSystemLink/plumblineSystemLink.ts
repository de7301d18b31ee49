import { LightningElement, api } from 'lwc';
import { fill } from 'c/plumblineFormat';
import type { RecordPage } from 'plumbline/answers';
import { labels } from './labels';

/** A link to a record's page in the other system. An address that is not one of the web is shown nowhere. */
export default class PlumblineSystemLink extends LightningElement {
  @api page: RecordPage | undefined;

  get address(): string {
    const address = this.page?.address ?? '';
    return /^https?:\/\//.test(address) ? address : '';
  }

  get text(): string {
    return fill(labels.open, this.page?.system ?? '');
  }
}
