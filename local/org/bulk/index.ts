export { batchRefusal, createBatchDoor } from './batch-door.ts';
export type { BatchDoor } from './batch-door.ts';
export { createBulkDoor } from './door.ts';
export type { BulkDoor } from './door.ts';
