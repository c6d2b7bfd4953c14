/** From what the native module throws to what users catch. */
import { type ErrorFields, RolesAnywhereError } from './host/index.js';

/** The native module throws errors whose message is JSON; anything else is passed on. */
export function translated(thrown: unknown): unknown {
  const text = thrown instanceof Error ? thrown.message : undefined;
  return text?.startsWith('{"code":') === true ? fromJson(text) : thrown;
}

/** An error from its JSON. */
export function fromJson(text: string): RolesAnywhereError {
  return new RolesAnywhereError(JSON.parse(text) as ErrorFields);
}

/** Runs a call of the native module. */
export function call<T>(run: () => T): T {
  try {
    return run();
  } catch (thrown) {
    throw translated(thrown);
  }
}

/** The same for a call that is awaited. */
export async function callAsync<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    throw translated(thrown);
  }
}
