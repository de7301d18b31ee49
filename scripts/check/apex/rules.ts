import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { runJava } from './java.ts';
import type { ApexProblem } from './problem.ts';

const categories = ['security', 'performance', 'errorprone'] as const;
const ruleSet = `<?xml version="1.0" encoding="UTF-8"?>
<ruleset name="Plumbline" xmlns="http://pmd.sourceforge.net/ruleset/2.0.0">
  <description>What the security review asks for, and what is slow or prone to errors.</description>
${categories.map((category) => `  <rule ref="category/apex/${category}.xml" />`).join('\n')}
</ruleset>
`;
const report = z.object({
  violations: z.array(
    z.object({
      rule: z.string(),
      message: z.string(),
      codeLocation: z.object({ file: z.string(), startLine: z.number() }),
    }),
  ),
  processingErrors: z.array(z.object({ file: z.string(), message: z.string() })),
});

/** What PMD's rules find in these files. A file that PMD cannot read is a problem too. Throws when it could not look. */
export function ruleProblems(project: string, files: readonly string[]): readonly ApexProblem[] {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-pmd-'));
  try {
    const inFolder = (name: string): string => join(folder, name);
    writeFileSync(inFolder('rules.xml'), ruleSet);
    const filesToScan = files.map((file) => join(project, file));
    const input = { ruleSetInputFile: inFolder('rules.xml'), runDataPerLanguage: { apex: { filesToScan } } };
    writeFileSync(inFolder('input.json'), JSON.stringify(input));
    const result = runJava('com.salesforce.sfca.pmdwrapper.PmdWrapper', [
      ...['run', inFolder('input.json'), inFolder('results.json')],
    ]);
    if (result.status !== 0) throw new Error(`PMD ended with ${result.status}: ${result.stderr || result.stdout}`);
    const { violations, processingErrors } = report.parse(JSON.parse(readFileSync(inFolder('results.json'), 'utf8')));
    return [
      ...processingErrors.map(({ file, message }) => ({ file: relative(project, file), line: 1, message })),
      ...violations.map(({ rule, message, codeLocation }) => ({
        file: relative(project, codeLocation.file),
        line: codeLocation.startLine,
        message: `${message} (PMD ${rule})`,
      })),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
