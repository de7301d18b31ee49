import type { BoundValue, ObjectDefinition, Org } from '../../core/index.ts';
import type { CompileWorld } from '../compile/scope.ts';
import { base, isList, isRecord, isSet, type Type } from '../types/index.ts';

/** What names mean to the compiler in this org: its whole schema, whoever deploys. */
export function compileWorld(org: Org, hasLabel: (name: string) => boolean): CompileWorld {
  const session = { userId: org.adminUserId, token: '', origin: '' };
  const byName = new Map<string, ObjectDefinition | undefined>();
  return {
    object(name) {
      const key = name.toLowerCase();
      if (!byName.has(key)) byName.set(key, org.schema.object(name));
      return byName.get(key);
    },
    objects: () => org.schema.objects(),
    hasLabel,
    checkQuery(soql, bind) {
      org.prepare(soql, session, {
        apex: { bind: (expression) => sampleOf(bind(expression)), mode: 'system', sharing: false },
      });
    },
  };
}

/** A value of a type, by which the org checks that it may be compared with its field. */
function sampleOf(type: Type): BoundValue {
  if (isList(type) || isSet(type)) return [sampleOf(type.args[0] ?? base.object)];
  if (isRecord(type)) return '000000000000000AAA';
  switch (type) {
    case base.string:
    case base.id:
      return '000000000000000AAA';
    case base.boolean:
      return true;
    case base.integer:
    case base.long:
    case base.double:
    case base.decimal:
      return 1;
    case base.date:
      return { kind: 'date', text: '2026-01-01' };
    case base.datetime:
      return { kind: 'datetime', text: '2026-01-01T00:00:00.000Z' };
    case base.time:
      return { kind: 'time', text: '00:00:00.000Z' };
    default:
      return null;
  }
}
