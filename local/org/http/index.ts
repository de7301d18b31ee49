export { errorBody, isRecord, methodNotAllowed, notFound, readJson, readJsonObject } from './call.ts';
export type { CallDml, RestAnswer, RestCall, RestWorld, Usage } from './call.ts';
export { createCursors } from './cursors.ts';
export { answerRest } from './door.ts';
export { answerQuery } from './query.ts';
export { isVersion, versions } from './resources.ts';
