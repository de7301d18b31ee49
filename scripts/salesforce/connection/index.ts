export type { Login, Session } from './session.ts';
export {
  apiVersion,
  bodyText,
  createChannel,
  type Channel,
  type ChannelOptions,
  type ChannelRequest,
  type Exchange,
} from './channel.ts';
export { createJsforceConnection } from './jsforce.ts';
