import type { WriteLimits } from '../../engine/index.ts';
import { isOwnField } from '../kit/index.ts';
import { idField } from './objects.ts';

/** P-38, P-39: fields of the org that Pendo's data may be in are custom and begin with this, capitals as they are. */
export const fieldPrefix = 'Pendo_';

const metadataPath = /^(custom|agent|salesforce)\.\w+$/;

/** P-40: whatever a configuration says, these fields and no others; and no record is ever made, on either side. */
export const writeLimits: WriteLimits = {
  mayWrite(object, path) {
    if (object === 'account' || object === 'visitor') return path === idField(object) || metadataPath.test(path);
    return isOwnField(fieldPrefix, path);
  },
  existingOnly: () => true,
};
