// Every case of the vectors through the public API, one test an id; writes the runner's results.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import * as api from 'rolesanywhere';
import { judge } from './conformance/judge.mjs';
import { operations } from './conformance/operations.mjs';
import { cases } from './conformance/vectors.mjs';

// With `--no-addons` it is WebAssembly that answers.
const isNative = api.implementation() === 'native';
const runner = isNative ? 'node' : 'node-wasm';
const asked = operations({ ...api, isDeterministic: !isNative });
const results = [];

for (const vector of cases()) {
  test(`${runner}::${vector.id}`, () => {
    const result = judge(vector, asked[vector.operation]);
    results.push(result);
    assert.equal(result.outcome, 'passed', `${result.stage}: ${result.context}`);
  });
}

after(() => {
  const directory = new URL('../../target/conformance/', import.meta.url);
  mkdirSync(directory, { recursive: true });
  const text = JSON.stringify({ version: 1, runner, results });
  writeFileSync(new URL(`results-${runner}.json`, directory), text);
});
