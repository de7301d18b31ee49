export { createLog, logLevels, type Log, type LogFields, type LogLevel, type LogOptions } from './log.ts';
export { createMetrics, type Metrics } from './metrics.ts';
export { duration, progressLine } from './progress-line.ts';
