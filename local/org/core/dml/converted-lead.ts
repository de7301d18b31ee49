import { read, type Entry } from '../storage/index.ts';
import { Problem } from './problem.ts';

/** Whether this is a lead that was converted: from then on it can be read and deleted, and nothing else. */
export function isConvertedLead({ row, table }: Entry): boolean {
  if (row === undefined || table.definition.name !== 'Lead') return false;
  const column = table.column('IsConverted');
  return column !== undefined && read(row, column) === true;
}

/** Source: SOAP API Developer Guide, status code CANNOT_UPDATE_CONVERTED_LEAD. */
export const convertedLead = (fields: readonly string[] = []) =>
  new Problem('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead', fields);
