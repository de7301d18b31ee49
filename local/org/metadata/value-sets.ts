import { elementsNamed } from './component.ts';
import type { Component } from './component.ts';
import { pickedValues } from './picklist-values.ts';
import type { PicklistValue } from '../core/index.ts';

/** The fields of each standard value set (Metadata API Developer Guide, "StandardValueSet Names and Standard Picklist Fields"). */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  AccountOwnership: ['Account.Ownership'],
  AccountRating: ['Account.Rating', 'Lead.Rating'],
  AccountType: ['Account.Type'],
  AssetStatus: ['Asset.Status'],
  CampaignMemberStatus: ['CampaignMember.Status'],
  CampaignStatus: ['Campaign.Status'],
  CampaignType: ['Campaign.Type'],
  CaseOrigin: ['Case.Origin'],
  CasePriority: ['Case.Priority'],
  CaseReason: ['Case.Reason'],
  CaseStatus: ['Case.Status'],
  CaseType: ['Case.Type'],
  ContactRole: ['OpportunityContactRole.Role'],
  Industry: ['Account.Industry', 'Lead.Industry'],
  LeadSource: ['Account.AccountSource', 'Contact.LeadSource', 'Lead.LeadSource', 'Opportunity.LeadSource'],
  LeadStatus: ['Lead.Status'],
  OpportunityStage: ['Opportunity.StageName'],
  OpportunityType: ['Opportunity.Type'],
  Product2Family: ['Product2.Family'],
  Salutation: ['Contact.Salutation', 'Lead.Salutation'],
  TaskPriority: ['Task.Priority'],
  TaskStatus: ['Task.Status'],
};

/** The picklists that a StandardValueSet gives their values, or the first problem with it. */
export function standardPicklists(
  component: Component,
):
  | { readonly problem: string }
  | { readonly made: readonly { object: string; field: string; values: readonly PicklistValue[] }[] } {
  const fields = FIELDS[component.fullName];
  if (fields === undefined)
    return { problem: `not yet: the standard value set ${component.fullName} in the local org` };
  const values = pickedValues(elementsNamed(component, 'standardValue'));
  if ('problem' in values) return values;
  if (component.fullName === 'LeadStatus' && !values.made.some(({ means }) => means?.converted)) {
    return { problem: 'At least one lead status value must be marked as converted' };
  }
  return {
    made: fields.map((path) => {
      const [object = '', field = ''] = path.split('.');
      return { object, field, values: values.made };
    }),
  };
}
