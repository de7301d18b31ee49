import { parentPort, workerData } from 'node:worker_threads';
import { buildComponents } from './build.ts';
import type { ComponentSources } from './sources.ts';

const { sources, sandboxed } = workerData as { readonly sources: ComponentSources; readonly sandboxed: boolean };
parentPort?.postMessage(await buildComponents(sources, sandboxed));
