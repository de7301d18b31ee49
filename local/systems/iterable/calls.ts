import type { CallDefinition as Definition } from '../kit/index.ts';
import type { Project } from './project.ts';

export type CallDefinition = Definition<Project>;

const second = 1000;
const minute = 60_000;

/** Source: table of rates, Iterable's API reference and the makers of its clients; what is not told there is 100/s. */
export const limits = {
  bulkUpdate: { requests: 5, milliseconds: second },
  update: { requests: 500, milliseconds: second },
  read: { requests: 3, milliseconds: second },
  delete: { requests: 100, milliseconds: second },
  listWrite: { requests: 5, milliseconds: second },
  listRead: { requests: 5, milliseconds: minute },
  other: { requests: 100, milliseconds: second },
} as const;
