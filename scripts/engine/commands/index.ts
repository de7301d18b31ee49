export { answerCommand } from './answer.ts';
export type { CommandContext, SessionView } from './context.ts';
