export type { CompiledComponents } from './build.ts';
export { createCompiler } from './compiler.ts';
export type { Compiler } from './compiler.ts';
