import type { MergeRequest, MergeResult } from '../contract/index.ts';
import { isDeleted, slots, type Entry } from '../storage/index.ts';
import { checkNeeds } from './access.ts';
import { attempt, errorsOf } from './attempt.ts';
import { convertedLead, isConvertedLead } from './converted-lead.ts';
import { findEntry } from './find-entry.ts';
import { contactOfPerson, isPersonAccount, personContactRefused } from './person-accounts.ts';
import { updateRecord } from './platform-writes.ts';
import { invalidCrossReference, Problem } from './problem.ts';
import { childrenOf, relink, stamped } from './relations.ts';
import { writeWithTriggers } from './triggered.ts';
import type { Work } from './work.ts';

const mergeable: ReadonlySet<string> = new Set(['Lead', 'Contact', 'Account']);
/** Source: SOAP API Developer Guide, merge(): up to two records into a third. */
const mostLosers = 2;

/** Merges records into one: what referred to them refers to it, and they are deleted with it as their master. */
export function mergeRecords(request: MergeRequest, work: Work): MergeResult {
  const updated = attempt(work, () => merge(request, work));
  if (updated instanceof Problem) {
    return { success: false, mergedRecordIds: [], updatedRelatedIds: [], errors: errorsOf(updated) };
  }
  return { id: request.masterId, success: true, ...updated, errors: [] };
}

type Merged = Pick<MergeResult, 'mergedRecordIds' | 'updatedRelatedIds'>;

function merge(request: MergeRequest, work: Work): Merged | Problem {
  const { name } = work.database.definition(request.object);
  if (!mergeable.has(name)) return new Problem('INVALID_OPERATION', `entity type ${name} cannot be merged`);
  if (request.recordToMergeIds.length === 0 || request.recordToMergeIds.length > mostLosers) {
    return new Problem('INVALID_OPERATION', `a merge takes one or ${mostLosers} records into the master`);
  }
  const denied = checkNeeds(
    [
      [name, 'edit'],
      [name, 'delete'],
    ],
    work,
  );
  if (denied !== undefined) return denied;
  const [master, ...losers] = [request.masterId, ...request.recordToMergeIds].map((id) => findEntry(name, id, work));
  if (master === undefined || master instanceof Problem) return master ?? new Problem('MISSING_ARGUMENT', 'Id');
  const found: Entry[] = [];
  for (const loser of losers) {
    if (loser instanceof Problem) return loser;
    if (loser === master || found.includes(loser)) {
      return new Problem('INVALID_OPERATION', `a record can be merged only once: ${loser.id}`);
    }
    found.push(loser);
  }
  if ([master, ...found].some(isConvertedLead)) return convertedLead();
  const people = [master, ...found].filter(isPersonAccount);
  if (people.length > 0 && name === 'Contact') return personContactRefused();
  if (people.length > 0 && people.length <= found.length) {
    return new Problem('INVALID_OPERATION', 'a person account can be merged with person accounts alone');
  }
  const updatedRelatedIds = new Set<string>();
  const retired = writeWithTriggers(
    found.map(({ id }) => ({ Id: id })),
    {
      begin(record) {
        const loser = found.find(({ id }) => id === record['Id']);
        return loser === undefined ? invalidCrossReference() : { operation: 'delete', entry: loser, draft: undefined };
      },
      finish({ entry: loser }) {
        if (loser === undefined) return invalidCrossReference();
        // A person's contact goes the way of its account, and what hangs on it stays with a contact.
        const [lost, kept] = [contactOfPerson(loser), contactOfPerson(master)];
        if (lost && kept) {
          for (const id of takeOver(lost, kept, work)) updatedRelatedIds.add(id);
          retire(lost, kept, work);
        }
        for (const id of takeOver(loser, master, work)) updatedRelatedIds.add(id);
        retire(loser, master, work);
        return loser;
      },
    },
    master.table,
    work,
  );
  const refused = retired.find((result) => result instanceof Problem) ?? updateRecord(master, request.values, work);
  if (refused instanceof Problem) return refused;
  return { mergedRecordIds: found.map(({ id }) => id), updatedRelatedIds: [...updatedRelatedIds] };
}

/** What refers to the loser refers to the master from now on; answers its IDs. */
function takeOver(loser: Entry, master: Entry, work: Work): string[] {
  const moved: string[] = [];
  for (const [child, column] of childrenOf(loser, work)) {
    if (child.row === undefined || isDeleted(child.row) || child === master) continue;
    // A person's account keeps its own contact until both are retired.
    if (contactOfPerson(child) === loser) continue;
    relink(child, column, master, work);
    moved.push(child.id);
  }
  return moved;
}

function retire(loser: Entry, master: Entry, work: Work): void {
  const row = stamped(loser, work);
  const column = loser.table.column('MasterRecordId');
  if (column === undefined) throw new Error(`${loser.table.definition.name} has no MasterRecordId`);
  row[loser.table.slotOf(column)] = master;
  row[slots.deleted] = true;
  row[slots.deletedWith] = null;
  work.transaction.write(loser, row);
}
