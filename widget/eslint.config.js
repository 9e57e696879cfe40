import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/'] },
  js.configs.recommended,
  {
    files: ['src/**/*.ts', 'tests/**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // numbers in texts are meant to be read
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      // what was said is text: there is no way to put it on the page as anything else
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'Text is text: use textContent or h().' },
        { property: 'outerHTML', message: 'Text is text: use textContent or h().' },
        { property: 'insertAdjacentHTML', message: 'Text is text: use append().' },
      ],
      'no-eval': 'error',
      'no-implied-eval': 'off', // the typed rule of the same name looks closer
      'no-console': 'error',
    },
  },
  {
    files: ['src/texts/*.ts'], // sentences: what they return is plain to see
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  {
    files: ['*.mjs', '*.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', Buffer: 'readonly' } },
  },
);
