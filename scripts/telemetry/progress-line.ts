import { outcomes, type RunRow } from '../engine/index.ts';

const number = new Intl.NumberFormat('en-US');

/**
 * A run in one line: `leads  12,000 of 40,000 (30%)  created 11,900  skipped 100  4,980/s  6 s left`. `now` is in
 * milliseconds since 1970.
 */
export function progressLine(run: RunRow, now: number): string {
  const { read } = run.counts;
  const counts = outcomes.filter((outcome) => run.counts[outcome] !== 0);
  const seconds = ((run.finishedAt ?? now) - run.startedAt) / 1_000;
  const rate = seconds > 0 ? read / seconds : 0;
  const parts = [
    run.sync,
    howFar(read, run.expected),
    ...counts.map((outcome) => `${outcome} ${number.format(run.counts[outcome])}`),
    `${number.format(Math.round(rate))}/s`,
  ];
  if (run.finishedAt !== undefined) parts.push(`${run.state} in ${duration(seconds)}`);
  else if (run.expected !== undefined && rate > 0 && read < run.expected) {
    parts.push(`${duration((run.expected - read) / rate)} left`);
  }
  return parts.join('  ');
}

function howFar(read: number, expected: number | undefined): string {
  if (expected === undefined) return `${number.format(read)} read`;
  const share = expected === 0 ? 100 : Math.floor((read / expected) * 100);
  return `${number.format(read)} of ${number.format(expected)} (${share}%)`;
}

/** Seconds as `8.4 s`, `42 s`, `3 min 5 s`, `2 h 10 min`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}
