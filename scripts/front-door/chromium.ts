import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Where systems keep Chromium, or a browser of its kind; the browser tests look there too. */
const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const isThere = (): boolean =>
  process.env['PLUMBLINE_CHROMIUM'] !== undefined || places.some((place) => existsSync(place));

/**
 * Makes sure of the Chromium that the browser tests drive: as root on a Debian it is installed, with a font. Throws,
 * saying what to install, where that cannot be done.
 */
export function ensureChromium(): void {
  if (isThere()) return;
  const isDebian = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
  if (isDebian) {
    console.log('Installing Chromium (apt-get install chromium fonts-noto-core), which the browser tests drive …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const words of [['update'], ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-core']])
      spawnSync('apt-get', ['-qq', ...words], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    if (isThere()) return;
  }
  throw new Error(
    'The browser tests need Chromium or Chrome. Install it (Debian "apt-get install chromium", macOS "brew install --cask google-chrome"), or name one by PLUMBLINE_CHROMIUM.',
  );
}
