import { normaliseId } from '../ids/index.ts';
import { isDeleted, type Entry } from '../storage/index.ts';
import { entityIsDeleted, invalidCrossReference, malformedId, type Problem } from './problem.ts';
import type { Work } from './work.ts';

/** The record of an object that an ID of 15 or 18 characters names, if it is there and not deleted. */
export function findEntry(object: string, given: string, work: Work): Entry | Problem {
  const id = normaliseId(given.trim());
  const table = work.database.table(object);
  if (id === undefined || !id.startsWith(table.definition.keyPrefix)) return malformedId(given, `${object} ID`, []);
  const entry = table.find(id);
  if (entry?.row === undefined) return invalidCrossReference();
  if (work.rights !== undefined && !work.rights.sees(entry)) return invalidCrossReference();
  return isDeleted(entry.row) ? entityIsDeleted() : entry;
}
