/** What became of one record in one run. The six always sum to what was read (N-05). */
export const outcomes = ['created', 'updated', 'unchanged', 'skipped', 'held', 'failed'] as const;
export type Outcome = (typeof outcomes)[number];

/** The counts of a run, by outcome, and of what was read. */
export type Counts = Readonly<Record<'read' | Outcome, number>>;

export const noCounts: Counts = { read: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, held: 0, failed: 0 };

/** True when every record that was read has exactly one outcome. */
export function balances(counts: Counts): boolean {
  return counts.read === outcomes.reduce((sum, outcome) => sum + counts[outcome], 0);
}
