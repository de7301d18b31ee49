export type { ConnectContext, SystemConnection } from './definition.ts';
export { createRegistry, defineSystem, secretVariable, type World } from './registry.ts';
