export type { FakeRecord } from './fake-source.ts';
export type { Fate, FakeRequest } from './fake-target.ts';
export { MemoryDisk, MemoryStore } from './memory-store.ts';
export { countingIds, roll, seededRandom, shuffled } from './seeded.ts';
export { VirtualClock } from './virtual-clock.ts';
export { Engine, syncConfiguration, World } from './world.ts';
export { expectedTarget, fill } from './expectation.ts';
export { FakeControl } from './fake-control.ts';
export { fakeSetup } from './fake-setup.ts';
