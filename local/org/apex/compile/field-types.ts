import type { FieldType } from '../../core/index.ts';
import { base, type Type } from '../types/index.ts';

/** The Apex type of a field (Apex Developer Guide, "Data Types"). */
export function typeOfField(type: FieldType): Type {
  switch (type) {
    case 'id':
    case 'reference':
      return base.id;
    case 'boolean':
      return base.boolean;
    case 'int':
      return base.integer;
    case 'double':
    case 'currency':
    case 'percent':
      return base.decimal;
    case 'date':
      return base.date;
    case 'datetime':
      return base.datetime;
    case 'time':
      return base.time;
    case 'base64':
      return base.blob;
    case 'address':
    case 'location':
    case 'anyType':
      return base.object;
    default:
      return base.string;
  }
}
