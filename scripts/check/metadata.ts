/** `npm run check` runs this: every metadata file of the package against the platform's own typing. Exit 1 on a mistake. */
import { fileURLToPath } from 'node:url';
import { checkMetadata } from './metadata/index.ts';

const directory = fileURLToPath(new URL('../../force-app', import.meta.url));
const { files, problems } = checkMetadata(directory);
for (const { file, line, message } of problems) console.error(`force-app/${file}:${line}: ${message}`);
console.log(`${files} metadata files, ${problems.length} ${problems.length === 1 ? 'mistake' : 'mistakes'}`);
process.exitCode = problems.length === 0 ? 0 : 1;
