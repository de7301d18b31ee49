export type { ConnectContext, SecretDefinition, SystemConnection, SystemDefinition } from './definition.ts';
export { createRegistry, defineSystem, secretVariable, type Registry, type System, type World } from './registry.ts';
