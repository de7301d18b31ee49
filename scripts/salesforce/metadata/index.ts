import type { FieldPlan } from '../../engine/index.ts';
import { adminNote } from './admin-note.ts';
import { fieldFiles, fieldSetNames, type NewField } from './field-package.ts';

export { deployFiles } from './deploy.ts';
export { shapeWords } from './field-package.ts';

export interface FieldPackage {
  /** A folder in metadata format, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** All of it in words, in Markdown. */
  readonly note: string;
  /** The permission set that the integration user needs. */
  readonly writerSet: string;
  /** The permission set of those who are to see the values. */
  readonly readerSet: string;
}

/** What makes the proposed fields, for an admin; columns that cannot be used are left out. */
export function fieldPackage(plan: FieldPlan, facts: { readonly user: string; readonly from: string }): FieldPackage {
  const proposals = plan.proposals.filter((each): each is NewField => 'target' in each);
  const usable = { ...plan, proposals };
  const { writer: writerSet, reader: readerSet } = fieldSetNames(plan);
  return { files: fieldFiles(usable), note: adminNote(usable, facts), writerSet, readerSet };
}
