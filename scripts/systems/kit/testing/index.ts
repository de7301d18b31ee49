export { sourceContract } from './source-contract.ts';
export { targetContract } from './target-contract.ts';
export { createTestWorld, type TestWorld } from './world.ts';
