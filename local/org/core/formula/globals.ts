import { entryOf } from '../storage/index.ts';
import type { Reference } from './ast.ts';
import { noSuchField, notYet } from './errors.ts';
import { holdsPermission } from './permissions.ts';
import { compileReference } from './references.ts';
import type { FormulaScope } from './scope.ts';
import type { Typed } from './values.ts';

/** Compiles `$User.…`, `$Profile.…` and `$Permission.…`. */
export function compileGlobal(scope: FormulaScope, reference: Reference): Typed {
  const { path, at } = reference;
  const [global = '', ...rest] = path.split('.');
  const below = rest.join('.');
  switch (global.toLowerCase()) {
    case '$user':
      return ofUser(scope, reference, below);
    case '$profile':
      return ofUser(scope, reference, `Profile.${below}`);
    case '$permission': {
      if (below === '' || rest.length > 1) throw noSuchField(path, at);
      return { type: 'Boolean', at, evaluate: (moment) => holdsPermission(moment, below) };
    }
    case '$organization':
    case '$userrole':
    case '$label':
    case '$setup':
    case '$custommetadata':
    case '$recordtype':
    case '$system':
    case '$api':
      throw notYet(`the global ${global}`, at);
    default:
      throw noSuchField(path, at);
  }
}

function ofUser(scope: FormulaScope, reference: Reference, path: string): Typed {
  const object = scope.schema.object('User');
  if (object === undefined || path === '' || path.endsWith('.')) throw noSuchField(reference.path, reference.at);
  const inner = compileReference({ ...scope, object }, { ...reference, path });
  return {
    type: inner.type,
    at: reference.at,
    evaluate: (moment) => {
      const { row } = moment.user;
      if (row === undefined) throw new Error(`the user of a request has no record: ${moment.user.id}`);
      return inner.evaluate({ ...moment, row, table: entryOf(row).table, before: undefined });
    },
  };
}
