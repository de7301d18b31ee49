import { known } from '../types/index.ts';
import { EnumValue } from '../values/index.ts';
import { define } from './define.ts';

const made = new Map<string, EnumValue>();

/** A constant of an enum of the library. */
export function enumValue(name: string, constant: string): EnumValue {
  const info = known(name);
  const declared = info.fields.get(constant.toLowerCase())?.get?.(undefined as never, null);
  if (declared instanceof EnumValue) return declared;
  // Status codes are many; one that is not listed is told all the same.
  const key = `${name}.${constant}`;
  const value = made.get(key) ?? new EnumValue(info, constant, info.enumNames.length + made.size);
  made.set(key, value);
  return value;
}

define('StatusCode', {
  values: [
    'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    'DELETE_FAILED',
    'DUPLICATE_VALUE',
    'DUPLICATES_DETECTED',
    'ENTITY_IS_DELETED',
    'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    'FIELD_FILTER_VALIDATION_EXCEPTION',
    'FIELD_INTEGRITY_EXCEPTION',
    'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    'INSUFFICIENT_ACCESS_OR_READONLY',
    'INVALID_CROSS_REFERENCE_KEY',
    'INVALID_EMAIL_ADDRESS',
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    'INVALID_TYPE_ON_FIELD_IN_RECORD',
    'MALFORMED_ID',
    'MISSING_ARGUMENT',
    'NUMBER_OUTSIDE_VALID_RANGE',
    'REQUIRED_FIELD_MISSING',
    'STRING_TOO_LONG',
    'UNABLE_TO_LOCK_ROW',
    'UNDELETE_FAILED',
  ],
});
define('AccessLevelKind', { values: ['USER_MODE', 'SYSTEM_MODE'] });
define('TriggerOperation', {
  values: [
    'BEFORE_INSERT',
    'BEFORE_UPDATE',
    'BEFORE_DELETE',
    'AFTER_INSERT',
    'AFTER_UPDATE',
    'AFTER_DELETE',
    'AFTER_UNDELETE',
  ],
});
define('AccessType', { values: ['CREATABLE', 'READABLE', 'UPDATABLE', 'UPSERTABLE'] });
define('LoggingLevel', { values: ['NONE', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'FINE', 'FINER', 'FINEST'] });
define('RoundingMode', {
  values: ['CEILING', 'DOWN', 'FLOOR', 'HALF_DOWN', 'HALF_EVEN', 'HALF_UP', 'UNNECESSARY', 'UP'],
});
define('Quiddity', {
  values: ['ANONYMOUS', 'AURA', 'BATCH_APEX', 'QUEUEABLE', 'REST', 'RUNTEST_SYNC', 'SCHEDULED', 'SYNCHRONOUS'],
});
define('Schema.DisplayType', {
  values: [
    'ADDRESS',
    'ANYTYPE',
    'BASE64',
    'BOOLEAN',
    'COMBOBOX',
    'CURRENCY',
    'DATE',
    'DATETIME',
    'DOUBLE',
    'EMAIL',
    'ENCRYPTEDSTRING',
    'ID',
    'INTEGER',
    'LOCATION',
    'LONG',
    'MULTIPICKLIST',
    'PERCENT',
    'PHONE',
    'PICKLIST',
    'REFERENCE',
    'STRING',
    'TEXTAREA',
    'TIME',
    'URL',
  ],
});
define('Schema.SoapType', {
  values: ['ANYTYPE', 'BASE64BINARY', 'BOOLEAN', 'DATE', 'DATETIME', 'DOUBLE', 'ID', 'INTEGER', 'STRING', 'TIME'],
});
define('SObjectDescribeOptions', { values: ['DEFAULT', 'DEFERRED', 'FULL'] });
