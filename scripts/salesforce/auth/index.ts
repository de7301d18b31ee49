export { makeKeyPair } from './key-pair.ts';
export { loginByJwt } from './jwt.ts';
export { loginByClientCredentials } from './client-credentials.ts';
export { loginByAccessToken } from './access-token.ts';
export { loginBySfAlias } from './sf-alias.ts';
