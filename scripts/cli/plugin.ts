/** The commands as a plugin of the sf CLI: `sf sync …`, and `sf plumbline …` for what has no topic of its own there. */
import type { Command } from '@oclif/core';
import Check from './commands/check.ts';
import CheckRights from './commands/check/rights.ts';
import ConfigApply from './commands/config/apply.ts';
import ConfigDiff from './commands/config/diff.ts';
import ConfigPull from './commands/config/pull.ts';
import Connect from './commands/connect.ts';
import FieldsDeploy from './commands/fields/deploy.ts';
import FieldsDownload from './commands/fields/download.ts';
import FieldsPropose from './commands/fields/propose.ts';
import Keys from './commands/keys.ts';
import LocalUp from './commands/local/up.ts';
import SyncActivate from './commands/sync/activate.ts';
import SyncBackfill from './commands/sync/backfill.ts';
import SyncExplain from './commands/sync/explain.ts';
import SyncList from './commands/sync/list.ts';
import SyncPause from './commands/sync/pause.ts';
import SyncPlan from './commands/sync/plan.ts';
import SyncResume from './commands/sync/resume.ts';
import SyncRetry from './commands/sync/retry.ts';
import SyncRun from './commands/sync/run.ts';
import SyncStatus from './commands/sync/status.ts';
import SyncWatch from './commands/sync/watch.ts';

export const commands: Readonly<Record<string, Command.Class>> = {
  'plumbline:check': Check,
  'plumbline:check:rights': CheckRights,
  'plumbline:config:apply': ConfigApply,
  'plumbline:config:diff': ConfigDiff,
  'plumbline:config:pull': ConfigPull,
  'plumbline:connect': Connect,
  'plumbline:fields:deploy': FieldsDeploy,
  'plumbline:fields:download': FieldsDownload,
  'plumbline:fields:propose': FieldsPropose,
  'plumbline:keys': Keys,
  'plumbline:local:up': LocalUp,
  'sync:activate': SyncActivate,
  'sync:backfill': SyncBackfill,
  'sync:explain': SyncExplain,
  'sync:list': SyncList,
  'sync:pause': SyncPause,
  'sync:plan': SyncPlan,
  'sync:resume': SyncResume,
  'sync:retry': SyncRetry,
  'sync:run': SyncRun,
  'sync:status': SyncStatus,
  'sync:watch': SyncWatch,
};
