export { prepareQuery } from './prepare.ts';
