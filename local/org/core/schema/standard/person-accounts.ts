import type { FieldDefinition, ObjectDefinition, RecordTypeDefinition } from '../../contract/index.ts';
import { fieldMap, flag, readOnly, reference } from './shorthand.ts';

/** Parts of a person's name have the same name on both sides. */
const nameParts = ['Salutation', 'FirstName', 'LastName'];

/** Fields of a contact that its person account has as `Person…` (Object Reference, "Account", "Person Account Fields"). */
const prefixed = [
  'MailingAddress',
  'OtherAddress',
  'MobilePhone',
  'HomePhone',
  'OtherPhone',
  'AssistantPhone',
  'Email',
  'Title',
  'Department',
  'AssistantName',
  'LeadSource',
  'Birthdate',
  'HasOptedOutOfEmail',
  'HasOptedOutOfFax',
  'DoNotCall',
  'EmailBouncedReason',
  'EmailBouncedDate',
  'IndividualId',
];

const personType: RecordTypeDefinition = {
  name: 'PersonAccount',
  label: 'Person Account',
  active: true,
  isPersonType: true,
  picklists: new Map(),
};

const isPerson = flag('IsPersonAccount', 'Is Person Account', readOnly);

/** The objects of an org that was switched to person accounts: an account may be a person, with a contact of its own. */
export function withPersonAccounts(objects: readonly ObjectDefinition[]): readonly ObjectDefinition[] {
  const contact = objects.find(({ name }) => name === 'Contact');
  if (contact === undefined) throw new Error('an org with person accounts needs the object Contact');
  return objects.map((object) => {
    const fields = [...object.fields.values()];
    if (object.name === 'Contact') return { ...object, fields: fieldMap([...fields, isPerson]) };
    // Who has no company is converted to a person account.
    if (object.name === 'Lead') return { ...object, fields: fieldMap(fields.map(withoutNeed)) };
    if (object.name !== 'Account') return object;
    const own = [isPerson, reference('PersonContactId', 'Contact ID', 'Contact', undefined, readOnly)];
    const recordTypes = new Map([[personType.name, personType]]);
    return { ...object, fields: fieldMap([...fields, ...own, ...standardFields(contact)]), recordTypes };
  });
}

function withoutNeed(field: FieldDefinition): FieldDefinition {
  return field.name === 'Company' ? { ...field, required: false, nillable: true } : field;
}

function standardFields(contact: ObjectDefinition): FieldDefinition[] {
  return [...contact.fields.values()].flatMap((field) => {
    if (nameParts.includes(field.name)) return [onAccount(field, field.name)];
    if (!prefixed.includes(field.compoundFieldName ?? field.name)) return [];
    const compound = field.compoundFieldName;
    const made = onAccount(field, `Person${field.name}`);
    return [compound === undefined ? made : { ...made, compoundFieldName: `Person${compound}` }];
  });
}

/** The field of an account that stands for its contact's; keys of contacts are none of accounts. */
function onAccount(field: FieldDefinition, name: string): FieldDefinition {
  const { childRelationshipName: _, relationshipName, ...rest } = field;
  const parent = relationshipName === undefined ? {} : { relationshipName: parentName(relationshipName) };
  const plain = { required: false, nillable: field.type !== 'boolean', externalId: false, idLookup: false };
  return { ...rest, ...parent, ...plain, name, contactField: field.name };
}

function parentName(relationshipName: string): string {
  return relationshipName.endsWith('__r') ? relationshipName.replace(/__r$/, '__pr') : `Person${relationshipName}`;
}

/**
 * Gives Account a field `…__pc` for each custom field of Contact, and takes away those whose field is gone. What is
 * worked out (formulas, numbers given by the platform) is left out: not yet.
 */
export function mirrorContactFields(definitions: Map<string, ObjectDefinition>): void {
  const [account, contact] = [definitions.get('account'), definitions.get('contact')];
  if (account?.fields.has('IsPersonAccount') !== true || contact === undefined) return;
  const own = [...account.fields.values()].filter((field) => !field.custom || field.contactField === undefined);
  const mirrored = [...contact.fields.values()]
    .filter((field) => field.custom && !field.calculated && field.autoNumber === undefined)
    .map((field) => onAccount(field, field.name.replace(/__c$/, '__pc')));
  definitions.set('account', { ...account, fields: fieldMap([...own, ...mirrored]) });
}
