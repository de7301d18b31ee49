import type { RecordTypeDefinition } from '../contract/index.ts';

/** The record type that every object has, and no record is of. */
export const MASTER_RECORD_TYPE = '012000000000000AAA';

/** A record type as a user may use it. */
export interface RecordTypeInfo {
  readonly type: RecordTypeDefinition;
  readonly id: string;
  readonly available: boolean;
  readonly isDefault: boolean;
}

/** `recordTypeInfos` of a describe; `base` is the address of the object. The master comes last, as in an org. */
export function describeRecordTypes(
  base: string,
  recordTypes: readonly RecordTypeInfo[],
): readonly Record<string, unknown>[] {
  const hasDefault = recordTypes.some(({ isDefault }) => isDefault);
  const own = recordTypes.map(({ type, id, available, isDefault }) => ({
    active: type.active,
    available,
    defaultRecordTypeMapping: isDefault,
    developerName: type.name,
    master: false,
    name: type.label,
    recordTypeId: id,
    urls: { layout: `${base}/describe/layouts/${id}` },
  }));
  const master = {
    active: true,
    available: true,
    defaultRecordTypeMapping: !hasDefault,
    developerName: 'Master',
    master: true,
    name: 'Master',
    recordTypeId: MASTER_RECORD_TYPE,
    urls: { layout: `${base}/describe/layouts/${MASTER_RECORD_TYPE}` },
  };
  return [...own, master];
}
