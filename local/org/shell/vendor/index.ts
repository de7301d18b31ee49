export { vendorFolder } from './folder.ts';
export { baseModules, OWN_MODULES, packageFolder } from './modules.ts';
