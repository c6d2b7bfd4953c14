// The package's own table of codes against the vectors' and against the guide's.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { errorCodes, Identity, RolesAnywhereError } from 'rolesanywhere';
import { cases } from './conformance/vectors.mjs';

test('the catalogue is that of the vectors', () => {
  const expected = cases()
    .filter(({ operation }) => operation === 'error_codes')
    .map(({ input, expected }) => ({ code: input.code, ...expected }));
  const own = errorCodes().map(({ code, number, kind, retryable }) => ({ code, number, kind, retryable }));
  assert.deepEqual(own, expected);
});

test('every code stands in docs/errors.md', () => {
  const guide = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  for (const { code, number } of errorCodes()) {
    assert.ok(guide.includes(`\`${code}\``) && guide.includes(String(number)), code);
  }
});

test('an error says code, number, kind, hint and whether to retry', () => {
  assert.throws(
    () => Identity.fromPem('no certificate'),
    (error) => {
      assert.ok(error instanceof RolesAnywhereError && error instanceof Error);
      const { code, number, kind, retryable } = error;
      assert.deepEqual({ code, number, kind, retryable }, {
        code: 'certificate_missing',
        number: 206,
        kind: 'identity',
        retryable: false,
      });
      assert.match(error.hint, /CERTIFICATE/);
      return true;
    },
  );
});
