import { scriptAt } from './files.ts';

const IMPORTS = /(?:^|[\s;}])(?:import|export)\s*(?:[\w*{][^'"`;()]*?\sfrom\s*)?['"]([^'"]+)['"]/g;

const known = new Map<string, readonly string[]>();

/** What a script imports, as its text says it. */
function importsOf(text: string): readonly string[] {
  return [...text.matchAll(IMPORTS)].map(([, name = '']) => name);
}

/**
 * Addresses of everything that these scripts import, directly or not, themselves included. A browser that is told them at
 * once asks for them at once: else it learns of each only from the script that imports it, one level after the other.
 * `map`: the page's import map. `version` changes as the scripts do.
 */
export function allImported(
  scripts: readonly string[],
  map: Readonly<Record<string, string>>,
  version: string,
): readonly string[] {
  const met = new Set<string>();
  const waiting = [...scripts];
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    if (met.has(address)) continue;
    const place = `${version} ${address}`;
    let names = known.get(place);
    if (!names) {
      const text = scriptAt(address);
      if (text === undefined) continue;
      names = importsOf(text);
      known.set(place, names);
    }
    met.add(address);
    waiting.push(...names.flatMap((name) => addressOf(name, address, map)));
  }
  return [...met];
}

function addressOf(name: string, importer: string, map: Readonly<Record<string, string>>): readonly string[] {
  if (name.startsWith('.')) return [new URL(name, `http://page${importer}`).pathname];
  const mapped = map[name];
  return mapped === undefined ? [] : [mapped];
}
