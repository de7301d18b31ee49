export { errorBody, isRecord, methodNotAllowed, notFound, readJsonObject, textOf } from './call.ts';
export type { CallDml, RestAnswer, RestCall, RestWorld } from './call.ts';
export { createCursors } from './cursors.ts';
export { answerRest } from './door.ts';
export { answerQuery } from './query.ts';
export { versions } from './resources.ts';
