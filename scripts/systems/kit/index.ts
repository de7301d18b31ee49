export type { ConnectContext, SystemConnection } from './definition.ts';
export { createCaller, heldBy, type Call, type Caller, type CallerOptions, type Manner, type Reply } from './caller.ts';
export { choice } from './choice.ts';
export { proposeFields, type OrgFields } from './field-proposals.ts';
export { pageAddress, pageTemplate } from './record-pages.ts';
export { isOwnField } from './own-fields.ts';
export { createRegistry, defineSystem, secretVariable, type World } from './registry.ts';
