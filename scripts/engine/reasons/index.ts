export { reasonCodes, type ReasonCode } from './codes.ts';
export { reasonTexts, sentenceOf, type ReasonText } from './sentences.ts';
