export { executeAnonymous } from './doors/anonymous.ts';
export { callAura, type AuraAnswer, type AuraProblem } from './doors/aura.ts';
export { answerApexRest, type ApexRestAnswer, type ApexRestRequest } from './doors/rest.ts';
export { createTestRuns, type TestRuns, type ToolingRows } from './doors/test-runs.ts';
export { createApex, type Apex, type ApexWorld } from './engine/apex.ts';
export type { Source as ApexSource } from './compile/program.ts';
