/** Files of the components of the fixture's package, by path. */
export const components: Readonly<Record<string, string>> = {
  'lwc/fixtureProbe/fixtureProbe.js-meta.xml': `<?xml version="1.0" encoding="UTF-8"?>
<LightningComponentBundle xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>66.0</apiVersion>
    <isExposed>true</isExposed>
    <targets><target>lightning__AppPage</target></targets>
    <targetConfigs>
        <targetConfig targets="lightning__AppPage">
            <property name="rows" type="Integer" default="1"/>
        </targetConfig>
    </targetConfigs>
</LightningComponentBundle>`,
  'lwc/fixtureProbe/fixtureProbe.html': `<template>
  <lightning-card title={label} icon-name="standard:lead">
    <div class="slds-p-horizontal_medium">
      <p data-probe="user">{userId}</p>
      <p data-probe="rows">{rows}</p>
      <p data-probe="form-factor">{formFactor}</p>
      <p data-probe="object">{objectLabel}</p>
      <p data-probe="heard">{heard}</p>
      <template lwc:if={canManage}>
        <lightning-button label="Manage" onclick={manage}></lightning-button>
      </template>
      <lightning-input label="Name" required value={name} onchange={typed}></lightning-input>
      <lightning-combobox label="Status" options={options} value={status} onchange={chosen}></lightning-combobox>
      <lightning-datatable key-field="id" data={data} columns={columns} hide-checkbox-column></lightning-datatable>
      <lightning-button variant="brand" label="Create lead" onclick={create}></lightning-button>
    </div>
  </lightning-card>
</template>`,
  'lwc/fixtureProbe/fixtureProbe.css': `p { font-variant-numeric: tabular-nums; }`,
  'lwc/fixtureProbe/fixtureProbe.js': `import { LightningElement, api, wire } from 'lwc';
import { getObjectInfo, getPicklistValues } from 'lightning/uiObjectInfoApi';
import { createRecord } from 'lightning/uiRecordApi';
import { subscribe, unsubscribe } from 'lightning/empApi';
import { NavigationMixin } from 'lightning/navigation';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import title from '@salesforce/label/c.Fixture_Title';
import manage from '@salesforce/customPermission/Fixture_Manage';
import userId from '@salesforce/user/Id';
import formFactor from '@salesforce/client/formFactor';
import LEAD from '@salesforce/schema/Lead';
import STATUS from '@salesforce/schema/Lead.Status';
import { describe } from 'c/fixtureWords';

export default class FixtureProbe extends NavigationMixin(LightningElement) {
  @api rows;
  label = title;
  userId = userId;
  formFactor = formFactor;
  canManage = manage === true;
  heard = 'nothing';
  name = '';
  status;
  objectLabel;
  options = [];
  recordTypeId;
  columns = [{ label: 'Name', fieldName: 'name', sortable: true }];
  data = [{ id: '1', name: 'First' }, { id: '2', name: 'Second' }];

  @wire(getObjectInfo, { objectApiName: LEAD })
  info({ data }) {
    if (!data) return;
    this.objectLabel = describe(data.labelPlural);
    this.recordTypeId = data.defaultRecordTypeId;
  }

  @wire(getPicklistValues, { recordTypeId: '$recordTypeId', fieldApiName: STATUS })
  values({ data }) {
    if (data) this.options = data.values.map(({ label, value }) => ({ label, value }));
  }

  async connectedCallback() {
    this.subscription = await subscribe('/event/Fixture_Event__e', -1, (message) => {
      this.heard = message.data.payload.Word__c;
    });
    this.heard = 'listening';
  }

  disconnectedCallback() {
    if (this.subscription) unsubscribe(this.subscription);
  }

  typed(event) {
    this.name = event.detail.value;
  }

  chosen(event) {
    this.status = event.detail.value;
  }

  manage() {
    this.dispatchEvent(new ShowToastEvent({ title: 'Managed', variant: 'success' }));
  }

  async create() {
    try {
      const fields = { LastName: this.name, Company: 'Fixture', Status: this.status };
      const { id } = await createRecord({ apiName: 'Lead', fields });
      this[NavigationMixin.Navigate]({
        type: 'standard__recordPage',
        attributes: { recordId: id, objectApiName: 'Lead', actionName: 'view' },
      });
    } catch (error) {
      const { output } = error.body;
      const message = [...output.errors, ...Object.values(output.fieldErrors).flat()].map((each) => each.message).join(' ');
      this.dispatchEvent(new ShowToastEvent({ title: 'Not created', message, variant: 'error', mode: 'sticky' }));
    }
  }
}
`,
  'lwc/fixtureWords/fixtureWords.js-meta.xml': `<?xml version="1.0" encoding="UTF-8"?>
<LightningComponentBundle xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>66.0</apiVersion>
    <isExposed>false</isExposed>
</LightningComponentBundle>`,
  'lwc/fixtureWords/fixtureWords.js': `export const describe = (plural) => 'About ' + plural;\n`,
  'lwc/fixtureRecord/fixtureRecord.js-meta.xml': `<?xml version="1.0" encoding="UTF-8"?>
<LightningComponentBundle xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>66.0</apiVersion>
    <isExposed>true</isExposed>
    <targets><target>lightning__RecordPage</target></targets>
</LightningComponentBundle>`,
  'lwc/fixtureRecord/fixtureRecord.html': `<template>
  <lightning-card title="Company">
    <p class="slds-p-horizontal_medium" data-probe="company">{company}</p>
    <lightning-button label="Rename" onclick={rename}></lightning-button>
  </lightning-card>
</template>`,
  'lwc/fixtureRecord/fixtureRecord.js': `import { LightningElement, api, wire } from 'lwc';
import { getFieldValue, getRecord, updateRecord } from 'lightning/uiRecordApi';
import COMPANY from '@salesforce/schema/Lead.Company';

export default class FixtureRecord extends LightningElement {
  @api recordId;
  @api objectApiName;
  @wire(getRecord, { recordId: '$recordId', fields: [COMPANY] }) record;

  get company() {
    return getFieldValue(this.record?.data, COMPANY);
  }

  rename() {
    return updateRecord({ fields: { Id: this.recordId, Company: 'Renamed' } });
  }
}
`,
};
