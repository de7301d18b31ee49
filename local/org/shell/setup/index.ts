export { appsOf, iconOfObject } from './apps.ts';
export type { AppInfo } from './apps.ts';
export { pageLayout, recordPageOf } from './flexipages.ts';
export { mayUseClass, permissionsOf } from './permissions.ts';
export type { Permissions } from './permissions.ts';
