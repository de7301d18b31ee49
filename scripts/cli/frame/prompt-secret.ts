import { text } from 'node:stream/consumers';
import { SettingsError } from '../../engine/index.ts';

/** Reads a secret: what is piped in, or what a person types, which is not shown. Throws `SettingsError` when it is empty. */
export async function promptSecret(label: string): Promise<string> {
  const given = process.stdin.isTTY ? await typed(label) : (await text(process.stdin)).trim();
  if (given === '')
    throw new SettingsError(`No ${label} was given.`, ['Type it in, or pipe it in from a password manager.']);
  return given;
}

function typed(label: string): Promise<string> {
  const { stdin, stderr } = process;
  return new Promise((resolve, reject) => {
    let line = '';
    const end = (finish: () => void): void => {
      stdin.setRawMode(false);
      stdin.pause();
      stdin.removeListener('data', take);
      stderr.write('\n');
      finish();
    };
    const take = (chunk: string): void => {
      for (const key of chunk) {
        if (key === '\r' || key === '\n') return end(() => resolve(line.trim()));
        if (key === '\u0003') return end(() => reject(new SettingsError('Stopped.', ['Run the command again.'])));
        line = key === '\u007F' ? line.slice(0, -1) : line + key;
      }
    };
    stderr.write(`${label} (not shown): `);
    stdin.setRawMode(true);
    stdin.setEncoding('utf8');
    stdin.on('data', take);
    stdin.resume();
  });
}
