import { isAbsolute, relative } from 'node:path';
import { z } from 'zod';
import { runJava } from './java.ts';
import type { ApexProblem } from './problem.ts';

const report = z.object({
  files: z.array(
    z.object({
      path: z.string(),
      messages: z.array(z.object({ start: z.object({ line: z.number() }), category: z.string(), message: z.string() })),
    }),
  ),
});
/** What CheckForIssues ends with when it has found something. */
const foundSomething = 4;

/** What apex-ls finds in a project: unknown types, fields and methods, wrong arguments. Throws when it could not look. */
export function compilerProblems(project: string): readonly ApexProblem[] {
  const { status, stdout, stderr } = runJava('io.github.apexdevtools.apexls.CheckForIssues', [
    ...['-n', '-d', 'errors', '-f', 'json', '-w', project],
  ]);
  if (status === 0) return [];
  if (status !== foundSomething) throw new Error(`apex-ls ended with ${status}: ${stderr || stdout}`);
  return report.parse(JSON.parse(stdout)).files.flatMap(({ path, messages }) =>
    messages.map(({ start, message }) => ({
      file: isAbsolute(path) ? relative(project, path) : path,
      line: start.line,
      message,
    })),
  );
}
