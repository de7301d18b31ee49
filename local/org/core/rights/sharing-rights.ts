import type { FieldDefinition, ObjectDefinition } from '../contract/index.ts';
import { everything, type ObjectGrant } from './grants.ts';
import { UserRights } from './user-rights.ts';

/** What code "with sharing" may do for a user: any object and field, but only the records that are shared with them. */
export class SharingRights extends UserRights {
  override object(definition: ObjectDefinition): ObjectGrant {
    const { viewAll, modifyAll } = super.object(definition);
    return { ...everything, viewAll, modifyAll };
  }

  override canRead(_definition: ObjectDefinition, _field: FieldDefinition): boolean {
    return true;
  }

  override canEdit(_definition: ObjectDefinition, _field: FieldDefinition): boolean {
    return true;
  }
}
