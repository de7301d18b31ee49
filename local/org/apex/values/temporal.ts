const DAY = 86_400_000;

/** A date, as days since 1970. */
export class DateValue {
  readonly days: number;

  constructor(days: number) {
    this.days = days;
  }

  static of(year: number, month: number, day: number): DateValue {
    return new DateValue(Math.floor(Date.UTC(year, month - 1, day) / DAY));
  }

  get date(): Date {
    return new Date(this.days * DAY);
  }

  /** `2026-01-31` */
  toString(): string {
    return this.date.toISOString().slice(0, 10);
  }
}

/** A moment, in milliseconds since 1970; the local org's time zone is UTC. */
export class DatetimeValue {
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    this.milliseconds = milliseconds;
  }

  get date(): Date {
    return new Date(this.milliseconds);
  }

  /** `2026-01-31 10:00:00` */
  toString(): string {
    return this.date.toISOString().slice(0, 19).replace('T', ' ');
  }

  /** `2026-01-31T10:00:00.000Z` */
  toJson(): string {
    return this.date.toISOString();
  }
}

/** A time of day, in milliseconds since midnight. */
export class TimeValue {
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    this.milliseconds = milliseconds;
  }

  /** `10:00:00.000Z` */
  toString(): string {
    return new Date(this.milliseconds).toISOString().slice(11);
  }
}

/** Adds months as Apex does: the day is cut to the month's last. */
export function addMonths(date: Date, months: number): number {
  const moved = new Date(date.getTime());
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(date.getUTCDate(), last));
  return moved.getTime();
}
