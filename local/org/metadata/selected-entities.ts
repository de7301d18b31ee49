import { elementsNamed, elementText } from './component.ts';
import type { Component } from './component.ts';
import type { ComponentStore } from './component-store.ts';
import { childText } from './xml.ts';

/** Of which entities the deployed channel members let changes be told: `LeadChangeEvent`, `Score__ChangeEvent`. */
export interface SelectedEntities {
  /** Those of the standard channel `ChangeEvents`. */
  readonly standard: readonly string[];
  /** Those of each custom channel (`Sales__chn`). */
  readonly channels: ReadonlyMap<string, readonly string[]>;
  /** Fields that events bring in any case: by channel, the standard one among them, and by entity. */
  readonly enriched: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
}

/** The channel that every org has. */
export const STANDARD_CHANNEL = 'ChangeEvents';

/** The entity whose changes a channel member selects; undefined for a platform event, and for what is no member. */
export function changesSelectedBy(component: Component): string | undefined {
  if (component.type !== 'PlatformEventChannelMember') return undefined;
  const entity = elementText(component, 'selectedEntity') ?? '';
  return entity.endsWith('ChangeEvent') ? entity : undefined;
}

export function selectedEntities(store: ComponentStore): SelectedEntities {
  const standard: string[] = [];
  const channels = new Map<string, string[]>();
  const enriched = new Map<string, ReadonlyMap<string, readonly string[]>>();
  for (const member of store.list('PlatformEventChannelMember')) {
    const entity = changesSelectedBy(member);
    const channel = elementText(member, 'eventChannel') ?? '';
    if (entity === undefined) continue;
    const fields = elementsNamed(member, 'enrichedFields').map((element) => childText(element, 'name')?.trim() ?? '');
    enriched.set(channel, new Map([...(enriched.get(channel) ?? []), [entity, fields]]));
    if (channel === STANDARD_CHANNEL) standard.push(entity);
    else channels.set(channel, [...(channels.get(channel) ?? []), entity]);
  }
  return { standard, channels, enriched };
}
