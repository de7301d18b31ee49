export { startLocalOrg } from './local-org.ts';
export { openSfOrg } from './sf-org.ts';
export { TargetError } from './target.ts';
export type { Session, Target } from './target.ts';
