export { reasonCodes, type ReasonCode } from './codes.ts';
