export { makeKeyPair, type KeyPair } from './key-pair.ts';
export { loginByJwt, type JwtCredentials } from './jwt.ts';
export { loginByClientCredentials, type ClientCredentials } from './client-credentials.ts';
export { loginByAccessToken } from './access-token.ts';
export { loginBySfAlias } from './sf-alias.ts';
