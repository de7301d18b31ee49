export * from './clock.ts';
export * from './random.ts';
export * from './serve.ts';
export * from './iterable/index.ts';
