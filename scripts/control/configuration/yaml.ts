import { Document, LineCounter, isCollection, isMap, isNode, parseDocument, visit } from 'yaml';
import { SettingsError } from '../../engine/index.ts';
import { checkDraft, placeOf, type Draft } from './schema.ts';

/**
 * Reads one configuration file. Throws `SettingsError` that lists every mistake as `file:line:column: place: what`.
 * What the file leaves out has its default in the result.
 */
export function parseConfiguration(text: string, file: string): Draft {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const mend = `Correct ${file} and try again.`;
  if (document.errors.length > 0) {
    const found = document.errors.map((error) => {
      const { line, col } = lines.linePos(error.pos[0]);
      return `  ${file}:${line}:${col}: ${error.message.split('\n')[0]}`;
    });
    throw new SettingsError(`${file} is not valid YAML:\n${found.join('\n')}`, [mend]);
  }
  const value: unknown = document.toJS();
  const checked = checkDraft(value);
  if ('draft' in checked) return checked.draft;
  const found = checked.mistakes.map((mistake) => {
    const { line, col } = lines.linePos(offsetOf(document, mistake.path));
    return `  ${file}:${line}:${col}: ${placeOf(value, mistake.path) || 'the file'}: ${mistake.message}`;
  });
  throw new SettingsError(`${file} is not a valid configuration:\n${found.join('\n')}`, [mend]);
}

/** Offset of the deepest node on the way to a path: what is missing has no node of its own. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

/** Writes a configuration file: every value said out loud, one line for each field mapping. */
export function formatConfiguration(draft: Draft): string {
  const document = new Document(draft);
  visit(document, {
    Pair(_, pair) {
      const key = String(pair.key);
      if ((key === 'mappings' || key === 'syncs' || key === 'connections') && isCollection(pair.value))
        return undefined;
      if ((key === 'key' || key === 'rules' || key === 'schedule') && isMap(pair.value)) pair.value.flow = true;
      return undefined;
    },
    Map(_, map, ancestors) {
      const parent = ancestors.at(-2);
      if (parent !== undefined && 'key' in parent && String(parent.key) === 'mappings') map.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** Puts several files together; a name that two of them bring is refused. */
export function mergeDrafts(drafts: readonly Draft[]): Draft {
  const merged = {
    connections: drafts.flatMap((draft) => draft.connections),
    syncs: drafts.flatMap((draft) => draft.syncs),
  };
  const checked = checkDraft(merged);
  if ('draft' in checked) return checked.draft;
  const found = checked.mistakes.map((mistake) => `  ${placeOf(merged, mistake.path)}: ${mistake.message}`);
  throw new SettingsError(`The configuration files do not fit together:\n${found.join('\n')}`, [
    'Give each connection and each sync a name of its own, in one file only.',
  ]);
}
