import type { ObjectDefinition } from '../../contract/index.ts';
import { choice, flag, moment, readOnly, reference, required, standardObject, text } from './shorthand.ts';
import { systemFields } from './system-fields.ts';

/** What Apex leaves in an org's setup: its scheduled jobs, and what its notifications are of. */
export const apex: readonly ObjectDefinition[] = [
  standardObject('CronJobDetail', 'Cron Job', 'Cron Jobs', '08a', [
    ...systemFields({ deletable: false }),
    text('Name', 'Job Name', 255, required),
    choice('JobType', 'Job Type', ['7*'], { length: 40 }),
  ]),
  standardObject('CronTrigger', 'Scheduled Job', 'Scheduled Jobs', '08e', [
    ...systemFields({ deletable: false }),
    reference('CronJobDetailId', 'Job ID', 'CronJobDetail', undefined, required),
    text('CronExpression', 'Cron Expression', 255),
    choice('State', 'State', ['WAITING*', 'ACQUIRED', 'EXECUTING', 'COMPLETE', 'ERROR', 'DELETED', 'PAUSED'], {
      length: 40,
    }),
    moment('NextFireTime', 'Next Run'),
    moment('PreviousFireTime', 'Previous Run'),
    reference('OwnerId', 'Owner ID', 'User'),
  ]),
  standardObject('CustomNotificationType', 'Custom Notification Type', 'Custom Notification Types', '0ML', [
    ...systemFields({ deletable: false }),
    text('DeveloperName', 'API Name', 80, { ...required, unique: true, idLookup: true }),
    text('MasterLabel', 'Label', 80, required),
    text('CustomNotifTypeName', 'Name', 80, required),
    text('NamespacePrefix', 'Namespace', 15, readOnly),
    flag('Desktop', 'Desktop'),
    flag('Mobile', 'Mobile'),
  ]),
];
