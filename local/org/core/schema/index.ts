export { SchemaState, nameFieldOf, type ChildRelationship } from './registry.ts';
export { activityListsOf } from './activities.ts';
export { applyChange } from './apply.ts';
export { describeObject, rightsOfObject } from './describe.ts';
export { MASTER_RECORD_TYPE, type RecordTypeInfo } from './describe-record-types.ts';
export { isPermissionable } from './permissionable.ts';
export { currencies, setupObjects, standardObjects, withMultiCurrency, withPersonAccounts } from './standard/index.ts';
export { parseLogic, type Logic } from './logic.ts';
