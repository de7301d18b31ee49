import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testOrg } from './test-org.ts';

const rule = {
  name: 'Same',
  label: 'Same',
  active: true,
  items: [{ field: 'Email', blanksMatch: false }],
};
const twins = {
  name: 'Twins',
  label: 'Twins',
  active: true,
  sortOrder: 1,
  onInsert: 'alert',
  onUpdate: 'alert',
  enforcesSharing: false,
  matches: [{ object: 'Lead', rule: 'Same', fields: new Map<string, string>() }],
} as const;

test('K-22: DUPLICATES_DETECTED tells the records over REST, and the header lets them pass', async () => {
  const { org, json } = testOrg();
  org.core.applySchema({
    objects: [],
    fields: [],
    removedObjects: [],
    removedFields: [],
    matchingRules: [{ object: 'Lead', rule }],
    duplicateRules: [{ object: 'Lead', rule: twins }],
  });
  const lead = { LastName: 'L', Company: 'C', Email: 'a@x.org' };
  const { id } = await json<{ id: string }>('POST', '/sobjects/Lead', lead);
  const [error] = await json<Record<string, unknown>[]>('POST', '/sobjects/Lead', lead);
  const record = { attributes: { type: 'Lead', url: `/services/data/v66.0/sobjects/Lead/${id}` }, Id: id };
  const match = { additionalInformation: [], fieldDiffs: [], matchConfidence: 100, record };
  const message = 'Use one of these records?';
  assert.deepEqual(error, {
    message,
    errorCode: 'DUPLICATES_DETECTED',
    fields: [],
    duplicateResult: {
      allowSave: true,
      duplicateRule: 'Twins',
      duplicateRuleEntityType: 'Lead',
      errorMessage: message,
      matchResults: [
        {
          entityType: 'Lead',
          errors: [],
          matchEngine: 'ExactMatchEngine',
          matchRecords: [match],
          rule: 'Same',
          size: 1,
          success: true,
        },
      ],
    },
  });
  const records = [{ attributes: { type: 'Lead' }, ...lead }];
  const refused = await json<{ errors: { statusCode: string }[] }[]>('POST', '/composite/sobjects', { records });
  assert.equal(refused[0]?.errors[0]?.statusCode, 'DUPLICATES_DETECTED');
  const header = { 'Sforce-Duplicate-Rule-Header': 'allowSave=true; includeRecordDetails=true' };
  assert.ok((await json<{ success: boolean }>('POST', '/sobjects/Lead', lead, header)).success);
});
