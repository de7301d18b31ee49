export { checkBaseComponents } from './base.ts';
export { readBundles, type Bundle } from './bundles.ts';
export { checkIcons } from './icons.ts';
export { compileAsPlatform } from './platform.ts';
export { checkReferences } from './references.ts';
