/** Where an error comes from. */
export type ErrorKind = 'input' | 'identity' | 'signing' | 'service' | 'transport' | 'internal';

/** What an error says besides its message. */
export interface ErrorDetails {
  code: string;
  number: number;
  kind: ErrorKind;
  message: string;
  hint: string;
  retryable: boolean;
  status?: number;
  serviceCode?: string;
  serviceMessage?: string;
  requestId?: string;
  retryAfter?: number;
}

/**
 * What went wrong: a stable code, one sentence (`message`), one hint, and what the service said if
 * it did. Holds no secret. The codes are listed by {@link errorCodes} and in `docs/errors.md`.
 */
export class RolesAnywhereError extends Error {
  /** The stable code, such as `key_mismatch`. */
  readonly code: string;
  /** The code as a number, the same in every language. */
  readonly number: number;
  /** Where the error comes from. */
  readonly kind: ErrorKind;
  /** One sentence: what to do about it. */
  readonly hint: string;
  /** Whether the same call may succeed later without anyone changing anything. */
  readonly retryable: boolean;
  /** The HTTP status, where the service answered. */
  readonly status: number | undefined;
  /** The service's error type, such as `AccessDeniedException`. */
  readonly serviceCode: string | undefined;
  /** The service's own message: bounded, without control characters. */
  readonly serviceMessage: string | undefined;
  /** The service's name for the request. */
  readonly requestId: string | undefined;
  /** How many seconds the service asked to wait. */
  readonly retryAfter: number | undefined;

  /** @internal */
  constructor(details: ErrorDetails, options?: { cause?: unknown }) {
    super(details.message, options);
    this.name = 'RolesAnywhereError';
    this.code = details.code;
    this.number = details.number;
    this.kind = details.kind;
    this.hint = details.hint;
    this.retryable = details.retryable;
    this.status = details.status;
    this.serviceCode = details.serviceCode;
    this.serviceMessage = details.serviceMessage;
    this.requestId = details.requestId;
    this.retryAfter = details.retryAfter;
  }
}

/** The native module throws errors whose message is JSON; anything else is passed on. */
export function translated(thrown: unknown, cause?: unknown): unknown {
  const text = thrown instanceof Error ? thrown.message : undefined;
  return text?.startsWith('{"code":') === true ? fromJson(text, cause) : thrown;
}

/** An error from its JSON. */
export function fromJson(text: string, cause?: unknown): RolesAnywhereError {
  const details = JSON.parse(text) as ErrorDetails;
  return new RolesAnywhereError(details, cause === undefined ? undefined : { cause });
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
