import type { ObjectDefinition } from '../../contract/index.ts';
import { flag, integer, kept, standardObject, text } from './shorthand.ts';
import { systemFields } from './system-fields.ts';

/** Which statuses of a lead mean that it was converted. */
export const leadStatus: ObjectDefinition = standardObject(
  'LeadStatus',
  'Lead Status Value',
  'Lead Status Value',
  '01J',
  [
    ...systemFields({ deletable: false }),
    text('MasterLabel', 'Master Label', 255, kept),
    text('ApiName', 'API Name', 255, kept),
    integer('SortOrder', 'Sort Order', 8, kept),
    flag('IsDefault', 'Is Default', kept),
    flag('IsConverted', 'Is Converted', kept),
  ],
);
