import type { CommandKind } from '../../scripts/engine/index.ts';
import type { Fault as IterableFault } from '../../local/systems/index.ts';

/** Objects that people edit. */
export type Edited = 'Lead' | 'Contact' | 'Account' | 'User';

/** What a process of a worker calls. */
export type Port = 'store' | 'org' | 'iterable';

/** An instant within a process: at the `calls`-th call of a port from now on, before it is made or once it was. */
export interface Instant {
  readonly port: Port;
  readonly calls: number;
  readonly when: 'before' | 'after';
}

/** What people do in the org. `who` counts round the records that are there, so that it means one in any schedule. */
type Edit =
  | { readonly do: 'create'; readonly object: Edited; readonly fields: Readonly<Record<string, unknown>> }
  | {
      readonly do: 'save';
      readonly object: Edited;
      readonly who: number;
      readonly many: number;
      readonly fields: Readonly<Record<string, unknown>>;
    }
  | { readonly do: 'delete' | 'undelete'; readonly object: Edited; readonly who: number }
  | { readonly do: 'merge'; readonly object: Edited; readonly who: number; readonly into: number }
  | { readonly do: 'convert'; readonly who: number };

/** What happens to the processes of workers. */
type Life =
  | { readonly do: 'kill'; readonly at: Instant | undefined; readonly downMilliseconds: number }
  | { readonly do: 'stop'; readonly downMilliseconds: number }
  /** The process stands still, as a suspended machine does, and goes on later; another may be started in its place. */
  | {
      readonly do: 'freeze';
      readonly at: Instant | undefined;
      readonly milliseconds: number;
      readonly replaced: boolean;
    }
  /** Another worker is started on the same store, again whenever it ends, and killed for good later. */
  | { readonly do: 'second worker'; readonly milliseconds: number };

type Asking = {
  readonly do: 'command';
  readonly kind: CommandKind;
  readonly target: string;
  readonly who: number;
  readonly expiresMilliseconds: number;
};

/** The dial of faults. */
type Trouble =
  | { readonly do: 'iterable'; readonly fault: IterableFault; readonly times: number }
  | {
      readonly do: 'org';
      readonly kind: 'cutBefore' | 'cutAfter' | 'slow' | 'unavailable';
      readonly path: string | undefined;
      readonly skip: number;
      readonly times: number;
      readonly milliseconds: number;
    }
  /** Records of the control plane that carry this value are locked, so many times. */
  | { readonly do: 'lock'; readonly value: string; readonly times: number }
  /** A result page of a Bulk query ends before its end. */
  | { readonly do: 'cut page' }
  | { readonly do: 'unreachable'; readonly side: 'org' | 'iterable'; readonly milliseconds: number }
  /** Every session ends; for a time, logging in is refused. */
  | { readonly do: 'revoke'; readonly milliseconds: number }
  | { readonly do: 'refuse key'; readonly milliseconds: number }
  /** Of the calls of a day only so many are left, for a time. */
  | { readonly do: 'daily limit'; readonly left: number; readonly milliseconds: number }
  | { readonly do: 'lose streams'; readonly how: 'ended' | 'failed' | 'purged' }
  | { readonly do: 'gap'; readonly object: 'Lead' | 'Contact' | 'Account'; readonly overflow: boolean }
  | { readonly do: 'pause'; readonly sync: string; readonly milliseconds: number };

export type Act = Edit | Life | Asking | Trouble;

/** One thing that happens, in milliseconds from the start. */
export interface Step {
  readonly at: number;
  readonly act: Act;
  /** What people do is committed that many milliseconds later, with its stamp of now. */
  readonly commitsLate?: number;
}

/** Everything that is decided beforehand. What is not in the steps (delays, turns) is drawn from the seed. */
export interface Schedule {
  readonly seed: number;
  /** Milliseconds since 1970. */
  readonly startsAt: number;
  /** Saved before the first worker starts. */
  readonly population: readonly { readonly object: Edited; readonly fields: Readonly<Record<string, unknown>> }[];
  /** Records of a Bulk result page. */
  readonly pageRecords: number;
  /** The owner of a lease can be seen to be dead, as on one machine; otherwise its lease has to end. */
  readonly sameMachine: boolean;
  readonly hasStream: boolean;
  /** By their time. */
  readonly steps: readonly Step[];
}
