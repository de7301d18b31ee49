import { elementText } from './component.ts';
import type { ComponentStore } from './component-store.ts';

/** Entities whose changes the deployed channel members select: `LeadChangeEvent`, `Score__ChangeEvent`. */
export function selectedEntities(store: ComponentStore): readonly string[] {
  return store.list('PlatformEventChannelMember').flatMap((member) => {
    const entity = elementText(member, 'selectedEntity') ?? '';
    return /ChangeEvent$/.test(entity) ? [entity] : [];
  });
}
