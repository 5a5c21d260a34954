import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const onlyIn = (folder, name, why) => ({ name, message: `Only ${folder} imports ${name}: ${why}` });
const thirdParty = {
  'onnxruntime-web': onlyIn('src/runtime', 'onnxruntime-web', 'the rest speaks to a Backend.'),
  ...Object.fromEntries(
    ['wasm', 'jspi', 'webgpu'].map((build) => [
      `onnxruntime-web/${build}`,
      onlyIn('src/runtime', `onnxruntime-web/${build}`, 'the rest speaks to a Backend.'),
    ]),
  ),
  'idb-keyval': onlyIn('src/library', 'idb-keyval', 'records are read and written in one place.'),
  comlink: onlyIn('src/workers', 'comlink', 'process boundaries live there.'),
  '@zip.js/zip.js': onlyIn('src/formats/zip', '@zip.js/zip.js', 'archives are read in one place.'),
  '@lezer/python': onlyIn('src/python', '@lezer/python', 'the rest sees a syntax tree of ours.'),
  '@lezer/common': onlyIn('src/python', '@lezer/common', 'the rest sees a syntax tree of ours.'),
  'hash-wasm': onlyIn('src/core', 'hash-wasm', 'files are digested in one place.'),
  '@bufbuild/protobuf': onlyIn('src/formats/onnx', '@bufbuild/protobuf', 'the IR knows no file format.'),
};
const allowed = {
  core: ['hash-wasm'],
  runtime: ['onnxruntime-web', 'onnxruntime-web/wasm', 'onnxruntime-web/jspi', 'onnxruntime-web/webgpu'],
  library: ['idb-keyval'],
  workers: ['comlink'],
  python: ['@lezer/python', '@lezer/common'],
  'formats/onnx': ['@bufbuild/protobuf'],
  'formats/zip': ['@zip.js/zip.js'],
};
const restricted = (except) => ({
  'no-restricted-imports': [
    'error',
    {
      paths: Object.entries(thirdParty)
        .filter(([name]) => !except.includes(name))
        .map(([, rule]) => rule),
    },
  ],
});

export default ts.config(
  {
    ignores: ['dist/', 'node_modules/', 'src/formats/onnx/gen/', 'models/', 'public/', 'test-results/'],
  },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.worker },
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', '.dependency-cruiser.cjs', 'src/sw.ts'] },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      'func-style': ['error', 'declaration', { allowArrowFunctions: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      // `void signal` reads a signal to depend on it; `void promise` says that nobody waits.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      'svelte/no-navigation-without-resolve': 'off',
      // Collections in state are replaced whole ($state.raw), not mutated.
      'svelte/prefer-svelte-reactivity': 'off',
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
    },
  },
  {
    // svelte-check types event handlers in markup; ESLint's parser sees `any` there.
    files: ['**/*.svelte'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  { files: ['src/**/*.ts', 'src/**/*.svelte'], rules: restricted([]) },
  ...Object.entries(allowed).map(([folder, names]) => ({
    files: [`src/${folder}/**/*.ts`],
    rules: restricted(names),
  })),
  {
    // Typed by tsconfig.worker.json: the service worker's globals clash with the page's.
    files: ['src/sw.ts', 'src/virtual.d.ts'],
    extends: [ts.configs.disableTypeChecked],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['tests/**', 'scripts/**', '**/*.test.ts'],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
