/** Writes the reasons of `scripts/engine/reasons` into the package: their labels, and the Apex class that finds them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { reasonsClass, withReasonLabels } from './reasons/index.ts';

const place = (path: string): string => fileURLToPath(new URL(`../../force-app/main/default/${path}`, import.meta.url));
const labels = place('labels/CustomLabels.labels-meta.xml');
writeFileSync(labels, withReasonLabels(readFileSync(labels, 'utf8')));
writeFileSync(place('classes/PlumblineReasons.cls'), reasonsClass());
