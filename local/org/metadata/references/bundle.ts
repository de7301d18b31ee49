import { strFromU8 } from 'fflate';
import { elementsNamed } from '../component.ts';
import type { Component } from '../component.ts';
import { makeElement } from '../xml.ts';
import { hasField } from './known.ts';
import type { Complaint, Known } from './known.ts';

/** Kinds of file that a Lightning web component may have (LWC Developer Guide, "Component Folder"). */
const ALLOWED = /^(?!__tests__\/).*\.(js|html|css|svg)$/;

/** A Lightning web component: its files, and what its scripts import from the org. */
export function* bundle(component: Component, known: Known): Generator<Complaint> {
  const { fullName, content, fileName } = component;
  const folder = fileName.slice(0, fileName.lastIndexOf('/') + 1);
  if (!/^[a-z](?:_?[a-zA-Z0-9])*$/.test(fullName)) {
    const message = `Invalid Lightning Component Bundle name ${fullName}: it begins with a lower-case letter and holds letters, digits and single underscores`;
    yield { at: undefined, message };
  }
  for (const path of content.keys()) {
    const name = path.slice(folder.length);
    if (!ALLOWED.test(name))
      yield { at: undefined, message: `Unsupported file in Lightning Component Bundle: ${path}` };
  }
  if (!content.has(fileName) && !content.has(fileName.replace(/\.js$/, '.css'))) {
    yield { at: undefined, message: `Cannot find Lightning Component Bundle ${fullName}: no ${fileName}` };
  }
  for (const targets of elementsNamed(component, 'targets')) {
    for (const target of targets.children) {
      const name = target.text.trim();
      if (!TARGETS.test(name)) yield { at: target, message: `'${name}' is not a valid target of a component` };
    }
  }
  for (const [path, bytes] of content) {
    if (path.endsWith('.js')) yield* imports(path, strFromU8(bytes), known);
  }
}

const TARGETS =
  /^(lightning__\w+|lightningCommunity__\w+|lightningSnapin__\w+|lightningStatic__\w+|analytics__Dashboard)$/;

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*(['"])(@salesforce\/[^'"]+|c\/[^'"]+)\1/g;

function* imports(path: string, source: string, known: Known): Generator<Complaint> {
  for (const match of source.matchAll(IMPORT)) {
    const message = unresolved(match[2] ?? '', known);
    if (message === undefined) continue;
    const before = source.slice(0, match.index).split('\n');
    const at = { ...makeElement('', ''), line: before.length, column: (before.at(-1) ?? '').length + 1 };
    yield { at, message: `${message} (${path})` };
  }
}

/** Why an import of the org's own things finds nothing; undefined when it does, or is of another kind. */
function unresolved(specifier: string, known: Known): string | undefined {
  const [kind = '', ...rest] = specifier.replace(/^@salesforce\//, '').split('/');
  const name = rest.join('/');
  switch (kind) {
    case 'c':
      return known.has('LightningComponentBundle', name) ? undefined : `No MODULE named markup://c:${name} found`;
    case 'apex': {
      if (name === '') return undefined;
      const [type = ''] = name.split('.');
      return known.has('ApexClass', type) ? undefined : `Unable to find Apex action class referenced as '${type}'.`;
    }
    case 'label': {
      const label = name.replace(/^c\./, '');
      return name === label || known.has('CustomLabel', label) ? undefined : `Invalid reference ${label} of type label`;
    }
    case 'resourceUrl':
      return known.has('StaticResource', name) ? undefined : `Invalid reference ${name} of type resource`;
    case 'messageChannel': {
      const channel = name.replace(/__c$/, '');
      return known.has('LightningMessageChannel', channel) ? undefined : `Invalid reference ${name} of type channel`;
    }
    case 'customPermission':
      return known.has('CustomPermission', name) ? undefined : `Invalid reference ${name} of type customPermission`;
    case 'schema':
      return schemaReference(name, known);
    default:
      return undefined;
  }
}

function schemaReference(name: string, known: Known): string | undefined {
  const [objectName = '', field, ...path] = name.split('.');
  const object = known.object(objectName);
  if (!object) return `Invalid reference ${objectName} of type sobject`;
  // A path through a relationship names its fields at the parent; its first step is checked.
  const first = path.length > 0 ? undefined : field;
  if (first === undefined || hasField(known, object, first)) return undefined;
  return `Invalid reference ${name} of type sobjectField`;
}
