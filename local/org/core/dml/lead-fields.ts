/**
 * Which field of a lead becomes which of the contact and the account that it is converted to. Source: Salesforce Help,
 * "Standard Lead Fields Mapping". Custom fields are not carried: the local org knows no LeadConvertSettings.
 */
export const contactFields: ReadonlyMap<string, string> = new Map([
  ...same(['FirstName', 'LastName', 'Salutation', 'Title', 'Email', 'Phone', 'MobilePhone', 'Fax', 'LeadSource']),
  ...same(['Description', 'HasOptedOutOfEmail', 'HasOptedOutOfFax', 'DoNotCall', 'IndividualId']),
  ...addressAs('Mailing'),
]);

export const accountFields: ReadonlyMap<string, string> = new Map([
  ['Company', 'Name'],
  ['LeadSource', 'AccountSource'],
  ...same(['Phone', 'Fax', 'Website', 'Industry', 'AnnualRevenue', 'NumberOfEmployees', 'Rating']),
  ...addressAs('Billing'),
]);

function same(names: readonly string[]): [string, string][] {
  return names.map((name) => [name, name]);
}

function addressAs(prefix: string): [string, string][] {
  const parts = ['Street', 'City', 'State', 'PostalCode', 'Country', 'Latitude', 'Longitude', 'GeocodeAccuracy'];
  return parts.map((part) => [part, prefix + part]);
}
