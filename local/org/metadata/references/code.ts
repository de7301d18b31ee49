import type { Component } from '../component.ts';
import { checkApexClass, readTrigger } from '../apex.ts';
import type { Complaint, Known } from './known.ts';
import { makeElement } from '../xml.ts';

/** A complaint at a place in a content file, not in the metadata file. */
function inContent(problem: { readonly message: string; readonly line: number; readonly column: number }): Complaint {
  return { at: { ...makeElement('', ''), line: problem.line, column: problem.column }, message: problem.message };
}

export function* apexClass(component: Component): Generator<Complaint> {
  const problem = checkApexClass(component);
  if (problem) yield inContent(problem);
}

export function* trigger(component: Component, known: Known): Generator<Complaint> {
  const head = readTrigger(component);
  if ('message' in head) {
    yield inContent(head);
    return;
  }
  const object = known.object(head.object);
  if (!object) yield inContent({ ...head, message: `Invalid type: ${head.object}` });
  if (head.name.toLowerCase() !== component.fullName.toLowerCase()) {
    yield inContent({ ...head, line: 1, column: 1, message: `File name mismatch with trigger name: ${head.name}` });
  }
}
