export { Refusal, type Answer } from './answer.ts';
export type { Call, CallDefinition, Limit } from './calls.ts';
export { CannotDo, guard, lines, taking } from './control.ts';
export { ConnectionCut } from './cut.ts';
export { Door, type Protocol } from './door.ts';
export { dialSchemaWith, Faults, type DialWith, type Fault } from './faults.ts';
export { pageOf } from './page.ts';
export { Statistics, type LoggedRequest } from './statistics.ts';
