export { compilerProblems } from './compiler.ts';
export { requireJava } from './java.ts';
export type { ApexProblem } from './problem.ts';
export { ruleProblems } from './rules.ts';
