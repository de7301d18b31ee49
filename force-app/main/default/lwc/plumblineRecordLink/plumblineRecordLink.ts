import { LightningElement, api } from 'lwc';
import { NavigationMixin, type PageReference } from 'lightning/navigation';
import { recordIdIn } from 'c/plumblineRecordId';

/**
 * A link to a record's page: an address that can be copied and opened in a tab, and no reload on a click. What is no ID
 * of Salesforce has no page here, and is shown as text.
 */
export default class PlumblineRecordLink extends NavigationMixin(LightningElement) {
  @api label = '';
  url = '';
  private shownId = '';

  @api
  get recordId(): string {
    return this.shownId;
  }
  set recordId(value: string) {
    this.shownId = value;
    void this.resolve();
  }

  get page(): PageReference {
    return { type: 'standard__recordPage', attributes: { recordId: this.shownId, actionName: 'view' } };
  }

  get text(): string {
    return this.label || this.shownId;
  }

  handleClick(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this[NavigationMixin.Navigate](this.page);
  }

  private async resolve(): Promise<void> {
    this.url =
      recordIdIn(this.shownId) === this.shownId && this.shownId
        ? await this[NavigationMixin.GenerateUrl](this.page)
        : '';
  }
}
