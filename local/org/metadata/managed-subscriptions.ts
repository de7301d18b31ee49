import { elementText } from './component.ts';
import type { ComponentStore } from './component-store.ts';

/** A deployed `ManagedEventSubscription`. */
export interface DeployedSubscription {
  readonly id: string;
  readonly developerName: string;
  readonly topicName: string;
  readonly state: 'RUN' | 'STOP';
  readonly defaultReplay: 'LATEST' | 'EARLIEST';
  readonly errorRecoveryReplay: 'LATEST' | 'EARLIEST';
}

/** The managed event subscriptions of an org. Source: Metadata API, `ManagedEventSubscription`. */
export function managedSubscriptions(store: ComponentStore): readonly DeployedSubscription[] {
  return store.list('ManagedEventSubscription').map((component) => {
    const text = (name: string): string => elementText(component, name) ?? '';
    const preset = (name: string) => (text(name).toUpperCase() === 'EARLIEST' ? 'EARLIEST' : 'LATEST');
    return {
      id: component.id,
      developerName: component.fullName,
      topicName: text('topicName'),
      state: text('state').toUpperCase() === 'STOP' ? 'STOP' : 'RUN',
      defaultReplay: preset('defaultReplay'),
      errorRecoveryReplay: preset('errorRecoveryReplay'),
    };
  });
}
