import { methodNotAllowed, notFound } from './call.ts';
import type { RestAnswer, RestCall } from './call.ts';
import type { ObjectDefinition } from '../core/index.ts';

/** One page layout: every field that can be written, in one section; no buttons, no actions. */
function pageLayout(object: ObjectDefinition): Record<string, unknown> {
  const items = [...object.fields.values()]
    .filter((field) => field.createable || field.updateable)
    .map((field) => ({
      label: field.label,
      required: field.required,
      layoutComponents: [{ type: 'Field', value: field.name }],
    }));
  const section = {
    heading: object.label,
    columns: 1,
    rows: items.length,
    layoutRows: items.map((item) => ({ layoutItems: [item] })),
  };
  return {
    id: null,
    buttonLayoutSection: { detailButtons: [] },
    detailLayoutSections: [section],
    editLayoutSections: [section],
    quickActionList: { quickActionListItems: [] },
    relatedLists: [],
  };
}

/**
 * `/sobjects/{object}/describe/{kind}`: the layouts of an object that nobody has customised, a named one like any
 * other. `rest` is what follows `describe`.
 */
export function answerLayouts(call: RestCall, object: ObjectDefinition, rest: readonly string[]): RestAnswer {
  if (call.method !== 'GET') throw methodNotAllowed(call.method, 'GET, HEAD');
  const [kind, ...beyond] = rest;
  switch (kind) {
    case 'namedLayouts':
    case 'layouts':
      if (beyond.length > 1 || (kind === 'namedLayouts' && beyond.length === 0)) throw notFound();
      return {
        status: 200,
        body: { layouts: [pageLayout(object)], recordTypeMappings: [], recordTypeSelectorRequired: [false] },
      };
    case 'compactLayouts':
      if (beyond.length > 0) throw notFound();
      return {
        status: 200,
        body: {
          compactLayouts: [
            { id: null, name: 'SYSTEM', label: 'System Default', objectType: object.name, actions: [], fieldItems: [] },
          ],
          defaultCompactLayoutId: null,
          recordTypeCompactLayoutMappings: [],
        },
      };
    case 'approvalLayouts':
      if (beyond.length > 0) throw notFound();
      return { status: 200, body: { approvalLayouts: [] } };
    default:
      throw notFound();
  }
}
