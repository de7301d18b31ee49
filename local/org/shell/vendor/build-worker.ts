import { workerData } from 'node:worker_threads';
import { buildVendor } from './build.ts';

await buildVendor(workerData as string);
