import { pino, type DestinationStream, type Level, type Logger } from 'pino';
import type { Clock } from '../engine/index.ts';
import type { Redactor } from '../http/index.ts';
import { prettyLine } from './pretty-line.ts';

export type LogFields = Readonly<Record<string, unknown>>;

/** Where the worker says what it does. No secret and no record's values come out, whatever goes in. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A log whose lines all carry these fields. */
  with(fields: LogFields): Log;
}

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LogOptions {
  readonly redactor: Redactor;
  readonly clock: Pick<Clock, 'now'>;
  readonly level: LogLevel;
  /** `json`: one object a line; `pretty`: for a person at a terminal. */
  readonly format: 'json' | 'pretty';
  /** Standard error when not given. */
  readonly destination?: DestinationStream;
}

/** A `Log` on pino. Everything passes the redactor before pino sees it. */
export function createLog(options: LogOptions): Log {
  const destination = options.destination ?? process.stderr;
  const logger = pino(
    {
      level: options.level satisfies Level,
      base: null,
      timestamp: () => `,"time":"${new Date(options.clock.now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      messageKey: 'message',
    },
    options.format === 'json' ? destination : { write: (line) => void destination.write(prettyLine(line)) },
  );
  return logOn(logger, options.redactor, {});
}

function logOn(logger: Logger<never>, redactor: Redactor, always: LogFields): Log {
  const write =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      if (!logger.isLevelEnabled(level)) return;
      logger[level](redactor.value({ ...always, ...fields }), redactor.text(message));
    };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    with: (fields) => logOn(logger, redactor, { ...always, ...fields }),
  };
}
