import type { FieldType } from '../contract/index.ts';

/** How the values of a type are kept and compared. */
export type ValueClass = 'text' | 'id' | 'number' | 'boolean' | 'date' | 'datetime' | 'time' | 'compound';

export function classOf(type: FieldType): ValueClass {
  switch (type) {
    case 'id':
    case 'reference':
      return 'id';
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return 'number';
    case 'boolean':
    case 'date':
    case 'datetime':
    case 'time':
      return type;
    case 'address':
    case 'location':
    case 'base64':
    case 'anyType':
      return 'compound';
    default:
      return 'text';
  }
}
