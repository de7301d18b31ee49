export { createTarget } from './target.ts';
