export type * from './clock.ts';
export type * from './log.ts';
export type * from './source.ts';
export type * from './target.ts';
export type * from './transport.ts';
export type * from './records.ts';
export type * from './setup.ts';
export type * from './store.ts';
export * from './control.ts';
