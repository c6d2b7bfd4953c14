// Every case of the vectors through the public API with RSA, one test an id; writes the results.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { after, test } from "node:test";
import * as api from "rolesanywhere-wasm/rsa";
import { judge } from "../../bindings-node/test/conformance/judge.mjs";
import { operations } from "../../bindings-node/test/conformance/operations.mjs";
import { cases } from "../../bindings-node/test/conformance/vectors.mjs";
import { subject } from "./subject.mjs";

const runner = "wasm-node";
const asked = operations(subject(api));
const results = [];

for (const vector of cases()) {
  test(`${runner}::${vector.id}`, () => {
    const result = judge(vector, asked[vector.operation]);
    results.push(result);
    assert.equal(result.outcome, "passed", `${result.stage}: ${result.context}`);
  });
}

after(() => {
  const directory = new URL("../../target/conformance/", import.meta.url);
  mkdirSync(directory, { recursive: true });
  const text = JSON.stringify({ version: 1, runner, results });
  writeFileSync(new URL(`results-${runner}.json`, directory), text);
});
