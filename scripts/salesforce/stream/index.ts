export { deliveriesOf, type Deliveries, type ReadDeliveries } from './allowance.ts';
export { createChangeStream, type ChangeStreamOptions } from './listen.ts';
export { createPubSubTopics, type PubSubConnection } from './grpc-topic.ts';
export type { OpenTopic, ReplayId, TopicEvent } from './topic.ts';
