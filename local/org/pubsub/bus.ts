import { OrgError, type CommittedTransaction, type Org } from '../core/index.ts';
import { changeEventsOf, gapEvent, overflowId, type ChangeEvent, type GapType } from './change-events.ts';
import { ChangeBusEvent, merged, type BusEvent } from './bus-event.ts';
import { topicNotFound } from './errors.ts';
import { EventCounts } from './event-counts.ts';
import { EventLog } from './event-log.ts';
import { ManagedSubscriptions } from './managed.ts';
import {
  allChanges,
  changeTopic,
  eventTopic,
  isCustomChannel,
  objectOfChangeEvent,
  platformEventOf,
} from './topics.ts';

export type Replay =
  | { readonly preset: 'latest' | 'earliest' }
  /** Resumes after this ID. */
  | { readonly preset: 'custom'; readonly replayId: number };

/** One reader's place in a topic. */
export interface Reader {
  /** Up to `most` events that are there now; throws `PubSubError` when the allocation is used up or its place was purged. */
  read(most: number): readonly BusEvent[];
  /** Resolves when there may be more, or the signal is aborted. */
  wait(signal: AbortSignal): Promise<void>;
  /** Where it would resume: events of other topics before it are passed. */
  readonly replayId: number;
}

export interface EventBusOptions {
  /** Draws the gaps between replay IDs, and what the IDs of change events begin with. */
  readonly random: () => number;
  /** Objects that may be selected for change events; 5 when absent, as without the add-on. */
  readonly mostEntities?: number;
  /** Events kept at most; 250,000 when absent. */
  readonly mostEvents?: number;
}

/** Source: Change Data Capture guide, allocations without the add-on. */
const entitiesWithoutAddOn = 5;

/** The events of one org: what its transactions published, and the changes of the objects that are selected. */
export class EventBus {
  readonly #org: Org;
  readonly #options: EventBusOptions;
  readonly #log: EventLog<BusEvent>;
  readonly #waiting = new Set<() => void>();
  readonly #stop: () => void;
  readonly #idPrefix: string;
  readonly #counts: EventCounts;
  /** Subscriptions whose place the org keeps. */
  readonly managed = new ManagedSubscriptions();
  #selected: ReadonlySet<string> = new Set();
  /** Objects of each custom channel, by topic. */
  #channels: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  /** Fields that the events of an object bring in a channel in any case, by topic and object. */
  #enriched: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> = new Map();
  /** Objects of any channel. */
  #told: ReadonlySet<string> = new Set();

  constructor(org: Org, options: EventBusOptions) {
    this.#org = org;
    this.#options = options;
    this.#counts = new EventCounts(org.clock);
    this.#log = new EventLog(options.mostEvents ?? 250_000, options.random);
    const digits = (count: number): string =>
      Math.floor(options.random() * 16 ** count)
        .toString(16)
        .padStart(count, '0');
    this.#idPrefix = `${digits(8)}-${digits(4)}-4${digits(3)}-a${digits(3)}-`;
    this.#stop = org.onCommit((transaction) => this.#take(transaction));
  }

  /** Ends the bus: it no longer hears of the org's transactions. */
  close(): void {
    this.#stop();
  }

  get selected(): readonly string[] {
    return [...this.#selected];
  }

  get latest(): number {
    return this.#log.latest;
  }

  /** Events delivered to all readers so far; each reader counts. */
  get delivered(): number {
    return this.#counts.delivered;
  }

  /** Events delivered since the day of UTC began. */
  get deliveredToday(): number {
    return this.#counts.deliveredToday;
  }

  /** Platform events published since the hour began. */
  get publishedInHour(): number {
    return this.#counts.publishedInHour;
  }

  get dailyAllocation(): number | undefined {
    return this.#counts.dailyAllocation;
  }

  /** Events that may be delivered in a day of UTC, changes and platform events together, over all readers; undefined: as many as come. */
  set dailyAllocation(events: number | undefined) {
    this.#counts.dailyAllocation = events;
  }

  /**
   * Selects the objects whose changes are told, in place of those before: on the standard channel, and on channels of
   * the org's own (`Sales__chn`); by object (`Lead`) or as a `PlatformEventChannelMember` names them
   * (`LeadChangeEvent`). `enriched` has the fields that a channel's events of an object bring in any case. Throws
   * `OrgError` for unknown or too many objects; one of several channels counts once.
   */
  selectEntities(
    names: readonly string[],
    channels: ReadonlyMap<string, readonly string[]> = new Map(),
    enriched: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> = new Map(),
  ): void {
    const most = this.#options.mostEntities ?? entitiesWithoutAddOn;
    const selected = this.#objectsOf(names);
    const own = new Map([...channels].map(([name, members]) => [`/data/${name}`, this.#objectsOf(members)]));
    const all = new Set([selected, ...own.values()].flatMap((objects) => [...objects]));
    if (all.size > most) {
      throw new OrgError(400, 'LIMIT_EXCEEDED', `${all.size} entities selected for change events, ${most} are allowed`);
    }
    this.#selected = selected;
    this.#channels = own;
    this.#told = all;
    this.#enriched = new Map(
      [...enriched].map(([channel, members]) => [
        `/data/${channel}`,
        new Map([...members].map(([name, fields]) => [objectOfChangeEvent(name), fields])),
      ]),
    );
  }

  #objectsOf(names: readonly string[]): ReadonlySet<string> {
    return new Set(
      names.map((name) => {
        const definition = this.#org.schema.object(objectOfChangeEvent(name));
        if (definition !== undefined && definition.kind !== 'event') return definition.name;
        throw new OrgError(400, 'INVALID_TYPE', `Change events are not available for ${name}`);
      }),
    );
  }

  /** Forgets every event, as a refreshed sandbox does: no replay ID of before is good any more. */
  forget(): void {
    this.#log.forget();
  }

  /** Tells of changes without their values, as the platform does when an event is too large or was lost. */
  gap(object: string, recordIds: readonly string[], type: GapType): void {
    const at = this.#org.clock.now();
    const origin = {
      key: this.#idOf(this.#log.nextReplayId()),
      number: at,
      at,
      userId: this.#org.adminUserId,
      origin: '',
    };
    this.#log.append(
      this.#toBusEvent(gapEvent(origin, object, type === 'GAP_OVERFLOW' ? [overflowId] : recordIds, type), at),
    );
    this.#wake();
  }

  /** Whether there is such a topic: an object that is selected, or a platform event. */
  hasTopic(topic: string): boolean {
    if (topic === allChanges) return this.#selected.size > 0;
    if (isCustomChannel(topic)) return this.#channels.has(topic);
    if (topic.startsWith('/data/')) return [...this.#selected].some((object) => changeTopic(object) === topic);
    return platformEventOf(this.#org.schema, topic) !== undefined;
  }

  /**
   * A reader of a topic; changes of objects that it does not see all records of are withheld, silently. Throws
   * `PubSubError`: unknown topic, corrupted or purged replay ID.
   */
  open(topic: string, replay: Replay, seesChangesOf: (object: string) => boolean = everyObject): Reader {
    if (!this.hasTopic(topic)) throw topicNotFound(this.#org.id, topic);
    this.#log.expire(this.#org.clock.now());
    let place = replay.preset === 'latest' ? this.#log.latest : this.#log.earliest;
    if (replay.preset === 'custom') {
      this.#log.check(replay.replayId, topic);
      place = replay.replayId;
    }
    const log = this.#log;
    const counts = this.#counts;
    return {
      read: (most) => {
        log.check(place, topic);
        const events: BusEvent[] = [];
        if (most <= 0 || place === log.latest) return events;
        for (const logged of log.after(place)) {
          if (!this.#matches(logged, topic) || (logged.isChange && !seesChangesOf(logged.object))) continue;
          const fields = this.#enriched.get(topic)?.get(logged.object);
          const event = (fields && logged.enrichedBy?.(fields)) ?? logged;
          const last = events.at(-1);
          const both = last && merged(last, event);
          if (both !== undefined) events[events.length - 1] = both;
          else if (events.length === most) break;
          else events.push(event);
        }
        counts.deliver(events.length);
        place = events.length === most ? (events.at(-1)?.replayId ?? place) : log.latest;
        return events;
      },
      wait: (signal) => (place === log.latest ? this.#wait(signal) : Promise.resolve()),
      get replayId() {
        return place;
      },
    };
  }

  /** The events of a topic as they come, until the signal is aborted. Throws what `open` and `read` throw. */
  async *subscribe(topic: string, replay: Replay, signal: AbortSignal): AsyncGenerator<BusEvent> {
    const reader = this.open(topic, replay);
    while (!signal.aborted) {
      // One by one, so that an event counts as delivered only when it was asked for.
      const [event] = reader.read(1);
      if (event !== undefined) yield event;
      else await reader.wait(signal);
    }
  }

  /** The first event of a topic after a replay ID, if it is there yet; not counted as a delivery. */
  firstAfter(topic: string, replayId: number): BusEvent | undefined {
    for (const event of this.#log.after(replayId)) if (this.#matches(event, topic)) return event;
    return undefined;
  }

  #take(transaction: CommittedTransaction): void {
    for (const event of changeEventsOf(transaction, (object) => this.#told.has(object))) {
      this.#log.append(this.#toBusEvent(event, transaction.at));
    }
    this.#counts.publish(transaction.events.length);
    for (const { object, uuid, values } of transaction.events) {
      const replayId = this.#log.nextReplayId();
      const topic = eventTopic(object);
      this.#log.append({
        replayId,
        at: transaction.at,
        topic,
        id: uuid,
        object,
        isChange: false,
        header: undefined,
        values,
      });
    }
    this.#wake();
  }

  #matches(event: BusEvent, topic: string): boolean {
    if (event.topic === topic) return true;
    const objects = topic === allChanges ? this.#selected : this.#channels.get(topic);
    return event.isChange && objects?.has(event.object) === true;
  }

  #toBusEvent(change: ChangeEvent, at: number): BusEvent {
    const replayId = this.#log.nextReplayId();
    return new ChangeBusEvent(change, { replayId, at, id: this.#idOf(replayId) });
  }

  #idOf(replayId: number): string {
    return this.#idPrefix + replayId.toString(16).padStart(12, '0');
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      if (signal.aborted) return resolve();
      this.#waiting.add(done);
      signal.addEventListener('abort', done);
    });
  }

  #wake(): void {
    for (const done of [...this.#waiting]) done();
  }
}

const everyObject = (): boolean => true;
