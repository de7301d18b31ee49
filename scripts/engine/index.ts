export * from './outcomes.ts';
export * from './version.ts';
export * from './errors.ts';
export type * from './configuration.ts';
export * from './reasons/index.ts';
export * from './ports/index.ts';
export type { Cell, FieldMapping } from '../mapping/index.ts';
