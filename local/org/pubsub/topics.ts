import type { ObjectDefinition, Schema } from '../core/index.ts';

/** All selected objects' change events in one topic. */
export const allChanges = '/data/ChangeEvents';

/** `Lead` → `LeadChangeEvent`, `Foo__c` → `Foo__ChangeEvent`. */
export function changeEventName(object: string): string {
  return object.endsWith('__c') ? `${object.slice(0, -1)}ChangeEvent` : `${object}ChangeEvent`;
}

/** `LeadChangeEvent` → `Lead`, `Foo__ChangeEvent` → `Foo__c`; a name that is no change event stays. */
export function objectOfChangeEvent(name: string): string {
  if (name.endsWith('__ChangeEvent')) return `${name.slice(0, -'ChangeEvent'.length)}c`;
  return name.endsWith('ChangeEvent') ? name.slice(0, -'ChangeEvent'.length) : name;
}

/** A channel of the org's own, with the changes of the objects that are selected for it. */
export function isCustomChannel(topic: string): boolean {
  return /^\/data\/\w+__chn$/.test(topic);
}

export function changeTopic(object: string): string {
  return `/data/${changeEventName(object)}`;
}

export function eventTopic(object: string): string {
  return `/event/${object}`;
}

/** The platform event of a topic; names of topics are case-sensitive. */
export function platformEventOf(schema: Schema, topic: string): ObjectDefinition | undefined {
  if (!topic.startsWith('/event/')) return undefined;
  const definition = schema.object(topic.slice('/event/'.length));
  return definition?.kind === 'event' && eventTopic(definition.name) === topic ? definition : undefined;
}
