import { join } from 'node:path';
import { MemoryDisk, MemoryStore } from '../engine/testing/index.ts';
import { storeContract } from './contract.ts';
import { openStore, openStoreInThread } from './index.ts';
import { newFolder } from './testing/index.ts';

storeContract('the store on sqlite', async (clock) => {
  const file = join(newFolder(), 'store.db');
  return () => openStore({ file, clock });
});

storeContract('the store on sqlite, in a thread of its own', async (clock) => {
  const file = join(newFolder(), 'store.db');
  return () => openStoreInThread({ file, clock });
});

storeContract('the store in memory', async (clock) => {
  const disk = new MemoryDisk();
  return async () => new MemoryStore(clock, disk);
});
