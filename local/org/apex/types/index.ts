export { canCast, conversion, distance, isThrowable, type Conversion } from './assign.ts';
export {
  base,
  isList,
  isMap,
  isNamespace,
  isRecord,
  isSet,
  known,
  libraryClass,
  listOf,
  mapOf,
  recordType,
  register,
  setOf,
  variable,
} from './registry.ts';
export {
  ClassInfo,
  substitute,
  type FieldInfo,
  type Invoke,
  type MethodInfo,
  type Parameter,
  type Type,
  type Visibility,
} from './type.ts';
