export { answerUiApi } from './door.ts';
export type { UiApiCall, UiApiWorld } from './world.ts';
