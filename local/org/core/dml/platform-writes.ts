import type { InputRecord } from '../contract/index.ts';
import type { Entry, Stored } from '../storage/index.ts';
import { invalidCrossReference, Problem } from './problem.ts';
import { stamped } from './relations.ts';
import { writeWithTriggers, type Hook } from './triggered.ts';
import type { Work } from './work.ts';

/** Inserts a record of a conversion as a caller would, with its triggers. */
export function insertRecord(object: string, values: InputRecord, work: Work): Entry | Problem {
  const writer = work.writerOf(object);
  return writeOne(values, work.database.table(object), work, {
    begin(record) {
      const draft = writer.draft(record, work);
      return draft instanceof Problem ? draft : { operation: 'insert', entry: undefined, draft };
    },
    finish: ({ draft }) => (draft === undefined ? invalidCrossReference() : writer.finishInsert(draft, work)),
  });
}

/** Updates a record of a conversion or a merge as a caller would, with its triggers. */
export function updateRecord(entry: Entry, values: InputRecord, work: Work): Entry | Problem {
  const writer = work.writerOf(entry.table.definition.name);
  return writeOne(values, entry.table, work, {
    begin(record) {
      const draft = writer.draftUpdate(entry, record, work);
      return draft instanceof Problem ? draft : { operation: 'update', entry, draft };
    },
    finish: ({ draft }) => (draft === undefined ? entry : (writer.finishUpdate(entry, draft, work) ?? entry)),
  });
}

/** Sets fields that callers cannot write, with the triggers of an update. */
export function setWithTriggers(entry: Entry, values: Readonly<Record<string, Stored>>, work: Work): Entry | Problem {
  const { table } = entry;
  return writeOne({}, table, work, {
    begin() {
      const draft = stamped(entry, work);
      for (const [name, value] of Object.entries(values)) {
        const column = table.column(name);
        if (column === undefined) throw new Error(`${table.definition.name} has no field ${name}`);
        draft[table.slotOf(column)] = value;
      }
      return { operation: 'update', entry, draft };
    },
    finish({ draft }) {
      if (draft !== undefined) work.transaction.write(entry, draft);
      return entry;
    },
  });
}

function writeOne(values: InputRecord, table: Entry['table'], work: Work, hook: Hook): Entry | Problem {
  const [written] = writeWithTriggers([values], hook, table, work);
  if (written === undefined) throw new Error('a write of one record came to nothing');
  return written;
}
