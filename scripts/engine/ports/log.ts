/** What the worker does and meets, in plain words; never a secret nor a record's values. */
export type Log = (entry: {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
}) => void;
