export type { Candidate, SyncPolicy, Ticket } from './candidate.ts';
export { claimId, givesUp, rankOf, planChunk, recordOf, type Knowledge, type Planned, type Verdict } from './plan.ts';
export { compareIds, compareRanks, type Election, type Rank } from './elect.ts';
export { screenBulk, type Screening } from './screen.ts';
export { Settlement, type Result } from './settle.ts';
export { isExhausted, retryBudgets, retryDelay, type RetryBudget } from './retry.ts';
