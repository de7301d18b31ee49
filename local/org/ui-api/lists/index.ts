export { listInfo, listRecords } from './answer.ts';
