export { createBulkDoor } from './door.ts';
export type { BulkDoor } from './door.ts';
