// Judges an answer stage by stage, in the order in which the stages are made.
import { isDeepStrictEqual } from 'node:util';

/** A failure in an early one explains those in later ones, so that it is told first. */
const STAGES = [
  'url',
  'body',
  'canonical_request',
  'signed_headers',
  'credential_scope',
  'string_to_sign',
  'signature_hex',
  'authorization',
];

export function judge(test, operation) {
  const { id, input, expected, error } = test;
  let actual;
  try {
    actual = operation(input, expected);
  } catch (thrown) {
    return { id, ...refused(thrown, error) };
  }
  if (error) return { id, outcome: 'failed', stage: 'result', context: 'it was accepted' };
  const members = [...STAGES, ...Object.keys(expected), ...Object.keys(actual)];
  const stage = members.find((member) => !isDeepStrictEqual(expected[member], actual[member]));
  if (stage === undefined) return { id, outcome: 'passed' };
  return { id, outcome: 'failed', stage, context: JSON.stringify(actual[stage]) ?? '(absent)' };
}

function refused(thrown, expected) {
  const { code, kind, retryable, serviceCode, retryAfter, requestId } = thrown;
  // Anything but the package's own error is a fault of the runner's.
  if (kind === undefined) return { outcome: 'failed', stage: 'input', context: String(thrown.stack) };
  if (!expected) return { outcome: 'failed', stage: 'result', code, context: thrown.message };
  const actual = { code, kind, retryable, service_code: serviceCode, retry_after: retryAfter, request_id: requestId };
  const differs = Object.keys(expected).find((member) => expected[member] !== actual[member]);
  if (differs === undefined) return { outcome: 'passed', code };
  return { outcome: 'failed', code, stage: 'error', context: JSON.stringify(actual) };
}
