import { createRequire } from 'node:module';

const { jestConfig } = createRequire(import.meta.url)('@salesforce/sfdx-lwc-jest/config');

/** Tests of the Lightning web components. Modules are resolved as TypeScript first: the compiled .js may be older. */
export default {
  ...jestConfig,
  moduleFileExtensions: ['ts', 'js', 'html'],
  moduleNameMapper: { '^plumbline/(testing.*)$': '<rootDir>/config/jest/$1.ts' },
  // The machine may be busy: what is awaited is a condition, never a time.
  testTimeout: 60_000,
  testMatch: ['<rootDir>/force-app/**/__tests__/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/.plumbline/', '<rootDir>/.sf/'],
  setupFilesAfterEnv: [...jestConfig.setupFilesAfterEnv, '<rootDir>/config/jest/setup.ts'],
};
