import type { ObjectDefinition } from '../contract/index.ts';

/** Objects whose records have activities, and the field of the activity that names them. */
const parents: ReadonlyMap<string, string> = new Map([
  ['Account', 'AccountId'],
  ['Asset', 'WhatId'],
  ['Campaign', 'WhatId'],
  ['Case', 'WhatId'],
  ['Contact', 'WhoId'],
  ['Lead', 'WhoId'],
  ['Opportunity', 'WhatId'],
  ['Product2', 'WhatId'],
]);

/** A list of activities, which can be read as a child list alone (Object Reference, "ActivityHistory"). */
export interface ActivityList {
  readonly name: string;
  /** What its records are shown as. */
  readonly type: string;
  /** The field that names the parent. */
  readonly field: string;
  readonly closed: boolean;
}

/** The lists that an object's records have; none for what has no activities. */
export function activityListsOf(object: ObjectDefinition): readonly ActivityList[] {
  const field = parents.get(object.name);
  if (field === undefined) return [];
  return [
    { name: 'ActivityHistories', type: 'ActivityHistory', field, closed: true },
    { name: 'OpenActivities', type: 'OpenActivity', field, closed: false },
  ];
}
