export { makeCertificate } from './certificate.ts';
export type { BusEvent } from './bus-event.ts';
export { EventBus, type EventBusOptions, type Reader, type Replay } from './bus.ts';
export { Codecs } from './codec.ts';
export type { ChangeHeader, GapType } from './change-events.ts';
export { PubSubError } from './errors.ts';
export type { ManagedSubscription } from './managed.ts';
export { openTopic } from './streams.ts';
export { startPubSub, type PubSub, type PubSubOptions } from './server.ts';
