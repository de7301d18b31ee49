#!/usr/bin/env node
// Plain JavaScript, since the machine's own Node may be too old for TypeScript: it then hands over to the Node that the
// project brings.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { URL, fileURLToPath } from 'node:url';

const main = new URL('./main.ts', import.meta.url);
const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 24 || (major === 24 && minor >= 0)) {
  // Halves the time to start: see scripts/front-door/launch.mjs. Node 24.0 has it, older ones do not.
  module.enableCompileCache(fileURLToPath(new URL('../../build/compile-cache', import.meta.url)));
  await import(main.href);
} else {
  const own = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));
  if (!existsSync(own)) {
    console.error(
      `Plumbline needs Node 24; this is ${process.version}. Run npm install in its folder: it brings its own Node.`,
    );
    process.exit(1);
  }
  const child = spawn(own, [fileURLToPath(main), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => child.kill(name));
  child.on('exit', (code) => process.exit(code ?? 1));
}
