export type { Cell, FieldMapping } from './types.ts';
export { adviseMapping, type MappingAdvice } from './advice.ts';
export { compileMapping, type CompiledMapping } from './compile.ts';
export { MappingError, ValueNotMappableError, type MappingProblem } from './problem.ts';
export { validateMapping, type DescribedField, type DescribedObject } from './validate.ts';
