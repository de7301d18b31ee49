export { BUILD_FOLDER, builtVendorFolder, vendorFolder } from './folder.ts';
export { baseModules, OWN_MODULES, packageFolder, packageVersion } from './modules.ts';
