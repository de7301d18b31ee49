export { openStoreInThread } from './open-in-thread.ts';
