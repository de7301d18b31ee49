import type { Org } from '../../core/index.ts';
import type { AsyncJob, Thread } from '../runtime/thread.ts';
import type { Instance } from '../values/index.ts';
import { nextRun, parseCron, type Cron } from './cron.ts';

interface Scheduled {
  readonly job: AsyncJob;
  readonly cron: Cron;
  readonly userId: string;
  cancel: () => void;
  nextAt: number;
}

/** What is scheduled, on the org's clock. */
export class Schedule {
  readonly #org: Org;
  readonly #run: (job: AsyncJob, userId: string) => void;
  readonly #jobs = new Map<string, Scheduled>();

  constructor(org: Org, run: (job: AsyncJob, userId: string) => void) {
    this.#org = org;
    this.#run = run;
  }

  /** Schedules a job; answers what an org says when it cannot. */
  add(thread: Thread, instance: Instance, name: string, text: string): AsyncJob | { readonly problem: string } {
    const cron = parseCron(text);
    const nextAt = cron && nextRun(cron, this.#org.clock.now());
    if (cron === undefined || nextAt === undefined) {
      return { problem: `Based on configured schedule, the given trigger will never fire: ${text}` };
    }
    if ([...this.#jobs.values()].some((each) => each.job.name === name)) {
      return { problem: `The Apex job named "${name}" is already scheduled for execution.` };
    }
    const { userId } = thread;
    const id = this.#record(thread, name, cron, nextAt);
    const job: AsyncJob = { id, kind: 'schedulable', instance, name, scope: 0 };
    thread.unit.afterCommit(() => {
      const scheduled: Scheduled = { job, cron, userId, cancel: () => undefined, nextAt };
      this.#jobs.set(id, scheduled);
      this.#wait(scheduled);
    });
    return job;
  }

  /** Ends a job; false when there is none of that ID. */
  remove(thread: Thread, id: string): boolean {
    const actor = { userId: this.#org.adminUserId, mode: 'system' } as const;
    const [deleted] = thread.unit.dml(
      { operation: 'delete', object: 'CronTrigger', records: [{ Id: id }], allOrNone: false },
      actor,
    );
    if (deleted?.success !== true) return false;
    thread.unit.afterCommit(() => {
      this.#jobs.get(id)?.cancel();
      this.#jobs.delete(id);
    });
    return true;
  }

  /** What a query of CronTrigger finds. */
  get all(): readonly { readonly id: string; readonly name: string; readonly nextAt: number }[] {
    return [...this.#jobs.values()].map(({ job, nextAt }) => ({ id: job.id, name: job.name, nextAt }));
  }

  #wait(scheduled: Scheduled): void {
    const wait = Math.max(scheduled.nextAt - this.#org.clock.now(), 0);
    scheduled.cancel = this.#org.clock.after(wait, () => {
      this.#run(scheduled.job, scheduled.userId);
      const next = nextRun(scheduled.cron, this.#org.clock.now());
      if (next === undefined || !this.#jobs.has(scheduled.job.id)) return;
      scheduled.nextAt = next;
      this.#wait(scheduled);
    });
  }

  /** The records that tell of it: CronJobDetail, and the CronTrigger whose ID is the job's. */
  #record(thread: Thread, name: string, cron: Cron, nextAt: number): string {
    const platform = { userId: this.#org.adminUserId, mode: 'system' } as const;
    const insert = (object: string, record: Readonly<Record<string, unknown>>): string => {
      const [made] = thread.unit.dml({ operation: 'insert', object, records: [record], allOrNone: true }, platform);
      if (made?.id === undefined) throw new Error(`${object}: ${made?.errors[0]?.message ?? 'not inserted'}`);
      return made.id;
    };
    return insert('CronTrigger', {
      CronJobDetailId: insert('CronJobDetail', { Name: name, JobType: '7' }),
      CronExpression: cron.text,
      State: 'WAITING',
      NextFireTime: new Date(nextAt).toISOString(),
      OwnerId: thread.userId,
    });
  }
}
