export type { ObjectGrant } from './grants.ts';
export { RightsKeeper } from './keeper.ts';
export { schemaView, userOf } from './schema-view.ts';
export type { UserRights, Visible } from './user-rights.ts';
