import js from '@eslint/js';
import platform from '@lwc/eslint-plugin-lwc-platform';
import slds from '@salesforce-ux/eslint-plugin-slds';
import components from '@salesforce/eslint-config-lwc/recommended-ts.js';
import typescript from 'typescript-eslint';

const componentScripts = ['force-app/**/lwc/**/*.ts'];

export default typescript.config(
  {
    ignores: [
      'node_modules',
      'build',
      '.results',
      '.plumbline',
      '.sf',
      '.sfdx',
      'coverage',
      'force-app/**/*.js',
      'local/org/shell/**/*.css',
    ],
  },
  {
    files: ['**/*.{ts,js,cjs,mjs}'],
    extends: [js.configs.recommended, ...typescript.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: ['*.js', '.*.cjs', '*.cjs', 'scripts/front-door/*.mjs', 'scripts/cli/*.js'],
        },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Ports are async so that another adapter can do I/O behind them; an adapter that needs none still answers with a promise.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-floating-promises': [
        'error',
        // node:test awaits these itself.
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite'] },
          ],
        },
      ],
      'no-console': 'off',
      'max-lines': ['error', { max: 450, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['**/*.test.ts', '**/testing/**'],
    // Fixtures are taken apart by name: their methods use no `this`.
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  ...components.map((each) => ({
    ...each,
    files: componentScripts,
    // The typed parser, which the rules above need, in place of Babel's.
    languageOptions: { globals: each.languageOptions?.globals ?? {} },
  })),
  {
    files: componentScripts,
    plugins: { '@lwc/lwc-platform': platform },
    rules: {
      // What the platform's compiler turns on when a bundle is saved.
      ...Object.fromEntries(
        Object.keys(platform.rules)
          .filter((rule) => /^no-(aura|interop)/.test(rule))
          .map((rule) => [`@lwc/lwc-platform/${rule}`, 'error']),
      ),
      '@lwc/lwc-platform/no-dynamic-import': ['error', { allowStringLiteral: true }],
      '@lwc/lwc/no-async-operation': 'error',
      // `void` marks a promise that is left to itself on purpose, as everywhere in the project.
      'no-void': 'off',
      // Their counterparts know types.
      'no-unused-vars': 'off',
      'dot-notation': 'off',
    },
  },
  {
    files: ['force-app/**/__tests__/**/*.ts'],
    // Matchers are typed as any by the types of jest.
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      // A test stands in for the adapter.
      '@lwc/lwc/no-unexpected-wire-adapter-usages': 'off',
    },
  },
  ...slds.configs['flat/recommended'],
  {
    files: ['**/*.js', '**/*.cjs', '**/*.mjs'],
    ...typescript.configs.disableTypeChecked,
    languageOptions: {
      globals: {
        module: 'writable',
        process: 'readonly',
        console: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        setTimeout: 'readonly',
      },
    },
  },
);
