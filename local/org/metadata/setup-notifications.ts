import type { Component } from './component.ts';
import { elementText } from './component.ts';
import type { SetupRecords } from './setup-writer.ts';
import type { Org } from '../core/index.ts';

/** The record by which Apex finds a notification type that it sends. */
export function keepNotificationType(_: Org, records: SetupRecords, component: Component): void {
  records.keep('CustomNotificationType', 'DeveloperName', component.fullName, {
    MasterLabel: elementText(component, 'masterLabel') ?? component.fullName,
    CustomNotifTypeName: elementText(component, 'customNotifTypeName') ?? component.fullName,
    Desktop: elementText(component, 'desktop') === 'true',
    Mobile: elementText(component, 'mobile') === 'true',
  });
}

export function removeNotificationType(_: Org, records: SetupRecords, fullName: string): void {
  records.remove('CustomNotificationType', 'DeveloperName', fullName);
}
