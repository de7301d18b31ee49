export type { Cell, FieldMapping, MappedRecord, MappedValue } from './types.ts';
export { compileMapping, type CompiledMapping } from './compile.ts';
export { MappingError, ValueNotMappableError, type MappingProblem } from './problem.ts';
export { parsePath } from './path.ts';
export { transforms, type Transform, type TransformName } from './transforms.ts';
export { validateMapping, type DescribedField, type DescribedObject } from './validate.ts';
