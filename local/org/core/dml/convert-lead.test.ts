import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LeadConversion } from '../contract/index.ts';
import { makeFixture } from '../fixture.ts';

const { org, session, insert, dml, query } = makeFixture();

function convert(leadId: string, options: Partial<LeadConversion> = {}) {
  const usual = { convertedStatus: 'Closed - Converted', createOpportunity: true, overwriteLeadSource: false };
  const [result] = org.convertLeads(session, [{ ...usual, leadId, ...options }]);
  assert.ok(result !== undefined);
  return result;
}

const lead = (values: Record<string, unknown> = {}): string =>
  insert('Lead', { LastName: 'Roe', Company: 'Acme', ...values })[0] ?? '';

test('K-24: a converted lead names its contact, account and opportunity, which carry its values', () => {
  const id = lead({ FirstName: 'Jo', Email: 'jo@acme.com', LeadSource: 'Web', City: 'Bonn', AnnualRevenue: 5 });
  const { accountId, contactId, opportunityId, success } = convert(id);
  assert.ok(success);
  assert.deepEqual(
    query(`SELECT IsConverted, ConvertedDate, ConvertedAccountId, ConvertedContactId, ConvertedOpportunityId, Status
           FROM Lead WHERE Id = '${id}'`),
    [
      {
        IsConverted: true,
        ConvertedDate: '2026-01-01',
        ConvertedAccountId: accountId,
        ConvertedContactId: contactId,
        ConvertedOpportunityId: opportunityId,
        Status: 'Closed - Converted',
      },
    ],
  );
  assert.deepEqual(
    query(`SELECT Name, Email, AccountId, MailingCity, LeadSource FROM Contact WHERE Id = '${contactId}'`),
    [{ Name: 'Jo Roe', Email: 'jo@acme.com', AccountId: accountId, MailingCity: 'Bonn', LeadSource: 'Web' }],
  );
  assert.deepEqual(
    query(`SELECT Name, BillingCity, AnnualRevenue, AccountSource FROM Account WHERE Id = '${accountId}'`),
    [{ Name: 'Acme', BillingCity: 'Bonn', AnnualRevenue: 5, AccountSource: 'Web' }],
  );
  assert.deepEqual(
    query(`SELECT Name, AccountId, StageName, CloseDate FROM Opportunity WHERE Id = '${opportunityId}'`),
    [{ Name: 'Acme-', AccountId: accountId, StageName: 'Prospecting', CloseDate: '2026-03-31' }],
  );
  assert.deepEqual(query(`SELECT ContactId, IsPrimary FROM OpportunityContactRole`), [
    { ContactId: contactId, IsPrimary: true },
  ]);
});

test('K-24: a converted lead can be deleted, and neither changed, converted again nor referred to', () => {
  const id = lead();
  const [campaign] = insert('Campaign', { Name: 'Spring' });
  convert(id);
  const [updated] = dml('update', 'Lead', { Id: id, Title: 'Boss' });
  assert.equal(updated?.errors[0]?.statusCode, 'CANNOT_UPDATE_CONVERTED_LEAD');
  assert.equal(updated.errors[0].message, 'cannot reference converted lead');
  assert.equal(convert(id).errors[0]?.statusCode, 'CANNOT_UPDATE_CONVERTED_LEAD');
  const [member] = dml('insert', 'CampaignMember', { CampaignId: campaign, LeadId: id });
  assert.equal(member?.errors[0]?.statusCode, 'CANNOT_UPDATE_CONVERTED_LEAD');
  assert.equal(dml('delete', 'Lead', { Id: id })[0]?.success, true);
});

test('existing records are used, and only their blanks are filled', () => {
  const [accountId] = insert('Account', { Name: 'Old', Phone: '1' });
  const [contactId] = insert('Contact', { LastName: 'Kept', AccountId: accountId, LeadSource: 'Other' });
  const id = lead({ Title: 'Boss', Phone: '2', Website: 'acme.com', LeadSource: 'Web' });
  const given = { accountId: accountId ?? '', contactId: contactId ?? '', createOpportunity: false };
  assert.deepEqual(convert(id, { ...given, overwriteLeadSource: true }), {
    leadId: id,
    success: true,
    accountId,
    contactId,
    errors: [],
  });
  assert.deepEqual(query(`SELECT Name, Phone, Website FROM Account WHERE Id = '${accountId}'`), [
    { Name: 'Old', Phone: '1', Website: 'acme.com' },
  ]);
  assert.deepEqual(query(`SELECT LastName, Title, Phone, LeadSource FROM Contact WHERE Id = '${contactId}'`), [
    { LastName: 'Kept', Title: 'Boss', Phone: '2', LeadSource: 'Web' },
  ]);
});

test('activities and campaign memberships follow the lead to its contact', () => {
  const id = lead();
  const [campaign] = insert('Campaign', { Name: 'Autumn' });
  insert('CampaignMember', { CampaignId: campaign, LeadId: id });
  const [task] = insert('Task', { Subject: 'Call', WhoId: id });
  const { contactId } = convert(id);
  assert.deepEqual(query(`SELECT WhoId FROM Task WHERE Id = '${task}'`), [{ WhoId: contactId }]);
  assert.deepEqual(query(`SELECT LeadId, ContactId FROM CampaignMember WHERE CampaignId = '${campaign}'`), [
    { LeadId: id, ContactId: contactId },
  ]);
});

test('what cannot be converted is said, and leaves nothing behind', () => {
  const count = (object: string) => org.prepare(`SELECT COUNT() FROM ${object}`, session).run().totalSize;
  const before = ['Account', 'Contact', 'Opportunity'].map(count);
  assert.equal(convert(lead(), { convertedStatus: 'Working - Contacted' }).errors[0]?.statusCode, 'INVALID_STATUS');
  const [contactId = ''] = insert('Contact', { LastName: 'Else' });
  assert.equal(convert(lead(), { contactId }).errors[0]?.statusCode, 'REQUIRED_FIELD_MISSING');
  const [group] = insert('Group', { Name: 'Queue', Type: 'Queue' });
  insert('QueueSobject', { QueueId: group, SobjectType: 'Lead' });
  assert.equal(convert(lead({ OwnerId: group })).errors[0]?.statusCode, 'REQUIRED_FIELD_MISSING');
  // The opportunity is the last to be made: what was made before it goes too.
  assert.equal(convert(lead(), { opportunityName: 'x'.repeat(121) }).errors[0]?.statusCode, 'STRING_TOO_LONG');
  assert.deepEqual(['Account', 'Contact', 'Opportunity'].map(count), [before[0], (before[1] ?? 0) + 1, before[2]]);
});
