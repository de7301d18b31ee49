import type { Edition } from '../core/index.ts';

/** What an org of an edition, with no added licences, may use of its doors. */
export interface EditionLimits {
  /** API requests in 24 hours. Source: Salesforce Developer Limits, "API Request Limits and Allocations". */
  readonly dailyApiRequests: number;
  /** API requests that may run for longer than 20 seconds at once. Source: the same. */
  readonly longRequests: number;
  /** Events delivered in 24 hours, changes and platform events together. Source: Platform Event Allocations. */
  readonly dailyDeliveredEvents: number;
  /** Events published in an hour. Source: the same. */
  readonly hourlyPublishedEvents: number;
  /** CometD clients at once. Source: the same. */
  readonly cometdClients: number;
  /** Source: Salesforce Help, "Data and File Storage Allocations"; a record takes 2 KB. */
  readonly dataStorageMegabytes: number;
}

export const editionLimits: Readonly<Record<Edition, EditionLimits>> = {
  developer: {
    dailyApiRequests: 15_000,
    longRequests: 5,
    dailyDeliveredEvents: 10_000,
    hourlyPublishedEvents: 50_000,
    cometdClients: 20,
    dataStorageMegabytes: 5,
  },
  enterprise: {
    dailyApiRequests: 100_000,
    longRequests: 25,
    dailyDeliveredEvents: 25_000,
    hourlyPublishedEvents: 250_000,
    cometdClients: 1_000,
    dataStorageMegabytes: 10_240,
  },
  unlimited: {
    dailyApiRequests: 100_000,
    longRequests: 25,
    dailyDeliveredEvents: 50_000,
    hourlyPublishedEvents: 250_000,
    cometdClients: 2_000,
    dataStorageMegabytes: 10_240,
  },
};
