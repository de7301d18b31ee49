/** `npm run check` runs this: the package's Apex against apex-ls and against PMD's rules. Exit 1 on a mistake. */
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compilerProblems, requireJava, ruleProblems } from './apex/index.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const files = globSync('force-app/**/*.{cls,trigger}', { cwd: project }).toSorted();
requireJava();
const problems = [...compilerProblems(project), ...ruleProblems(project, files)];
for (const { file, line, message } of problems) console.error(`${file}:${line}: ${message}`);
console.log(`${files.length} Apex files, ${problems.length} ${problems.length === 1 ? 'mistake' : 'mistakes'}`);
process.exitCode = problems.length === 0 ? 0 : 1;
