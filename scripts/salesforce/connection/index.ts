export type { Login, Session } from './session.ts';
export {
  apiVersion,
  bodyText,
  clientName,
  createChannel,
  type Channel,
  type ChannelOptions,
  type ChannelRequest,
} from './channel.ts';
export { createJsforceConnection } from './jsforce.ts';
export { metered } from './metered.ts';
