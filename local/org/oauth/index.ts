export { createApps, hashSecret } from './apps.ts';
export type { Apps, ClientApp } from './apps.ts';
export { identity, userInfo } from './identity.ts';
export { createSessions } from './sessions.ts';
export type { Sessions } from './sessions.ts';
export { answerToken } from './token.ts';
export { userById, userByName } from './users.ts';
export type { OrgUser } from './users.ts';
