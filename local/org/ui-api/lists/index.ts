export { listInfo, listRecords } from './answer.ts';
export { relatedListInfo, relatedListRecords } from './related.ts';
