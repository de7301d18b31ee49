import type { ObjectDefinition } from '../../contract/index.ts';
import { apex } from './apex.ts';
import { duplicates } from './duplicates.ts';
import { leadStatus } from './lead-status.ts';
import { people } from './people.ts';
import { permissions } from './permissions.ts';
import { sales } from './sales.ts';
import { setup } from './setup.ts';

export { currencies, currencyField, withMultiCurrency } from './multi-currency.ts';
export { mirrorContactFields, withPersonAccounts } from './person-accounts.ts';
export { fieldMap, text } from './shorthand.ts';
export {
  customMetadataFields,
  customSettingFields,
  eventFields,
  recordTypeField,
  systemFields,
} from './system-fields.ts';

const setupDefinitions = [leadStatus, ...setup, ...permissions, ...duplicates, ...apex];

/** The objects that every org has. */
export const standardObjects: readonly ObjectDefinition[] = [...people, ...sales, ...setupDefinitions];

/** Objects whose records make up the org rather than its business: a fork keeps them. */
export const setupObjects: readonly string[] = setupDefinitions.map((object) => object.name);
