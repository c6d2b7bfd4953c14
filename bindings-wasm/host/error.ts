import type { ErrorFields, Native } from "./native.js";

/**
 * What went wrong. AWS's credential chains look at `tryNextLink` alone, so this is to them what
 * `CredentialsProviderError` is.
 */
export class RolesAnywhereError extends Error implements ErrorFields {
  /** The stable code, such as `certificate_expired`. */
  readonly code!: string;
  /** The code as a number. */
  readonly number!: number;
  /** What it is about; `identity` is certificates, keys and their files. */
  readonly kind!: ErrorFields["kind"];
  /** One sentence: what to do. */
  readonly hint!: string;
  /** Whether the same call may succeed later without anyone changing anything. */
  readonly retryable!: boolean;
  /** The HTTP status, where the service refused. */
  readonly status?: number;
  /** The service's error type, such as `AccessDeniedException`. */
  readonly serviceCode?: string;
  /** What the service said: at most 400 characters, control characters stripped. */
  readonly serviceMessage?: string;
  /** The service's request id, for AWS's support. */
  readonly requestId?: string;
  /** The reply's `Retry-After`, in seconds. */
  readonly retryAfter?: number;
  /** Whether a credentials chain goes on: only where nothing is configured. */
  readonly tryNextLink: boolean;

  /** An error with these facts; hosts that fetch by themselves make theirs so. */
  constructor(fields: ErrorFields, cause?: unknown) {
    super(fields.message, cause === undefined ? undefined : { cause });
    const { message: _, ...rest } = fields;
    for (const [name, value] of Object.entries(rest)) {
      if (value !== undefined) Object.assign(this, { [name]: value });
    }
    this.tryNextLink = fields.tryNextLink ?? false;
  }

  /** `RolesAnywhereError`; what a provider throws says `CredentialsProviderError`, as AWS's own do. */
  override get name(): string {
    return "RolesAnywhereError";
  }

  /**
   * An error of the host's own, with the number and the hint that its code has in the table.
   *
   * @internal
   */
  static of(native: Native, code: string, message: string, cause?: unknown): RolesAnywhereError {
    const row = native.errorCodes().find((known) => known.code === code);
    if (row === undefined) throw new TypeError(`there is no error code ${code}`);
    return new RolesAnywhereError({ ...row, message }, cause);
  }

  /**
   * What the core threw, as this class. Anything else is returned as it is.
   *
   * @internal
   */
  static from(thrown: unknown): unknown {
    if (thrown instanceof RolesAnywhereError || !hasFields(thrown)) return thrown;
    return new RolesAnywhereError(thrown);
  }
}

function hasFields(thrown: unknown): thrown is ErrorFields {
  const fields = thrown as Partial<ErrorFields> | null;
  return (
    typeof fields === "object" &&
    typeof fields?.code === "string" &&
    typeof fields.number === "number" &&
    typeof fields.message === "string"
  );
}
