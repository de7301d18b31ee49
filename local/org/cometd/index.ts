export { createCometd } from './door.ts';
export type { Cometd } from './door.ts';
