export { makeId, normaliseId, podOfSeed, withSuffix } from './identifiers.ts';
