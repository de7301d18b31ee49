export { answerCommand } from './answer.ts';
export type { CommandContext, SessionView } from './context.ts';
export type { FieldsAnswer } from './fields.ts';
export type { KeysAnswer } from './keys.ts';
