export { answerTooling, type ToolingWorld } from './door.ts';
