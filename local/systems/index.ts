export * from './clock.ts';
export * from './random.ts';
export * from './serve.ts';
export { ConnectionCut, type Fault, type LoggedRequest } from './kit/index.ts';
export * from './iterable/index.ts';
