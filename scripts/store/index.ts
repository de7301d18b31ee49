export { openStore } from './open.ts';
export { openStoreInThread } from './thread/index.ts';
