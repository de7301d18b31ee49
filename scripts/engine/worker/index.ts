export { type WorkerOptions, type WorkerTiming } from './options.ts';
export { runWorker } from './worker.ts';
