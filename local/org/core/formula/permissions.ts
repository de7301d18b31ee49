import { Entry, isDeleted, read, type Row, type Stored } from '../storage/index.ts';
import { FormulaError } from './errors.ts';
import { readTokens } from './tokens.ts';
import type { Moment, Tables } from './values.ts';

/**
 * Whether a user holds a custom permission: through a permission set that is assigned to them, as the org's own
 * records say (PermissionSetAssignment, SetupEntityAccess, CustomPermission).
 */
export function holdsPermission({ user, tables }: Pick<Moment, 'user' | 'tables'>, developerName: string): boolean {
  const wanted = developerName.toLowerCase();
  for (const assignment of childrenOf(tables, user, 'PermissionSetAssignment', 'AssigneeId')) {
    const set = valueOf(tables, 'PermissionSetAssignment', assignment, 'PermissionSetId');
    if (!(set instanceof Entry)) continue;
    for (const access of childrenOf(tables, set, 'SetupEntityAccess', 'ParentId')) {
      const permission = valueOf(tables, 'SetupEntityAccess', access, 'SetupEntityId');
      if (!(permission instanceof Entry) || permission.row === undefined) continue;
      const name = valueOf(tables, 'CustomPermission', permission.row, 'DeveloperName');
      if (typeof name === 'string' && name.toLowerCase() === wanted) return true;
    }
  }
  return false;
}

function childrenOf(tables: Tables, parent: Entry, object: string, field: string): readonly Row[] {
  const table = tables.table(object);
  const column = table.column(field);
  if (column === undefined) throw new Error(`${object} has no ${field}`);
  return [...table.lookupIndex(column).childrenOf(parent)].flatMap(({ row }) =>
    row === undefined || isDeleted(row) ? [] : [row],
  );
}

function valueOf(tables: Tables, object: string, row: Row, field: string): Stored {
  const column = tables.table(object).column(field);
  return column === undefined ? null : read(row, column);
}

/** The custom permissions that a formula names as `$Permission`; none when it cannot even be cut into tokens. */
export function permissionsNamedIn(formula: string): readonly string[] {
  try {
    return readTokens(formula).flatMap(({ kind, text }) => {
      const [global = '', name = ''] = text.split('.');
      return kind === 'name' && global.toLowerCase() === '$permission' ? [name] : [];
    });
  } catch (error) {
    if (error instanceof FormulaError) return [];
    throw error;
  }
}
