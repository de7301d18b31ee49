export type { ConnectContext, SystemConnection } from './definition.ts';
export { ownFieldsOnly } from './own-fields.ts';
export { createRegistry, defineSystem, secretVariable, type World } from './registry.ts';
