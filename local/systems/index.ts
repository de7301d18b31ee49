export * from './clock.ts';
export * from './serve.ts';
export type { Fault, LoggedRequest } from './kit/index.ts';
export * from './iterable/index.ts';
export * from './pendo/index.ts';
