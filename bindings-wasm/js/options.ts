import { bytes, object } from "./check.js";
import { core } from "./core.js";
import { fromBase64, type Json, snake } from "./convert.js";
import { CreateSession, type CreateSessionOptions } from "./session.js";

/** `trustAnchorArn`, `trust_anchor_arn` or `--trust-anchor-arn`. */
export type Vocabulary = "camel_case" | "snake_case" | "flags";

/** Everything that options may come from. */
export interface OptionSources {
  /** Text, numbers and booleans are looked at; anything else counts as given and is kept by the caller. */
  arguments?: Record<string, unknown> | [string, unknown][];
  environment?: Record<string, string | undefined>;
  /** The text of the shared config file. */
  configFile?: string;
  /** The profile that the SDK has already chosen. */
  ambientProfile?: string;
  /** Default: `camel_case`. */
  vocabulary?: Vocabulary;
}

/** Where a value came from. */
export interface OptionOrigin {
  from: "argument" | "environment" | "profile" | "services";
  /** The argument, variable or key as the user wrote it. */
  name: string;
  /** The profile, or the services section. */
  section: string | undefined;
}

/** Resolved options, by their snake_case names. Some are secrets: printing this shows none. */
export class Options {
  /** The names of the options that were given. */
  readonly names: string[];
  /** What the user should know: options that have no effect. */
  readonly notes: string[];
  readonly #options: Record<string, Json>;
  readonly #sources: Json;

  /** @internal */
  constructor(sources: Json) {
    const resolved = core().call("resolve_options", sources);
    this.#options = resolved["options"] as Record<string, Json>;
    this.#sources = sources;
    this.names = Object.keys(this.#options);
    this.notes = resolved["notes"] as string[];
  }

  /** An option's text; `undefined` where it is unset or the caller keeps its value. */
  text(name: string): string | undefined {
    return this.#options[name]?.["value"] as string | undefined;
  }

  /** Where an option's value came from. */
  origin(name: string): OptionOrigin | undefined {
    const option = this.#options[name];
    if (option === undefined) return undefined;
    const { from, name: written, section } = option;
    return { from, name: written, section } as OptionOrigin;
  }

  /** The CreateSession that the options describe. */
  createSession(): CreateSession {
    return new CreateSession(made(this.#sources));
  }
}

function made(sources: Json): CreateSessionOptions {
  return core().call("create_session_from_options", sources) as unknown as CreateSessionOptions;
}

/**
 * Resolves options: arguments before keys of an explicitly named profile, before environment, before
 * keys of the profile that the SDK chose. Reads neither files nor environment.
 */
export function resolveOptions(sources: OptionSources): Options {
  const given = object(sources, "sources");
  const environment = Object.entries(object(given["environment"] ?? {}, "environment"));
  return new Options({
    ...snake(given),
    vocabulary: given["vocabulary"] ?? "camel_case",
    arguments: optionArguments(given["arguments"]),
    environment: Object.fromEntries(environment.filter(([, value]) => value !== undefined)),
  });
}

/** Options as the core takes them; a value that is no text is `null`, and the caller's to keep. */
export function optionArguments(given: unknown): [string, string | null][] {
  const list = Array.isArray(given) ? given : Object.entries(object(given ?? {}, "arguments"));
  return (list as [string, unknown][]).flatMap(([name, value]) => optionArgument(name, value));
}

function optionArgument(name: string, value: unknown): [string, string | null][] {
  switch (typeof value) {
    case "undefined":
      return [];
    case "string":
      return [[name, value]];
    case "number":
    case "boolean":
      return [[name, String(value)]];
    case "object":
      if (value === null) return [];
      return isPlain(value)
        ? Object.entries(value).map(([key, text]) => [name, `${key}=${String(text)}`])
        : [[name, null]];
    default:
      return [[name, null]];
  }
}

/** The options whose values are bytes. */
export function optionBytes(options: Record<string, unknown>): Json {
  const given = Object.entries(options).filter(([, value]) => isBytes(value));
  return snake(Object.fromEntries(given.map(([name, value]) => [name, bytes(value, name)])));
}

function isBytes(value: unknown): boolean {
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The parts of an ARN. */
export interface Arn {
  partition: string;
  /** Absent in a role's. */
  region: string | undefined;
  accountId: string;
  /** A role's name, without its path. */
  roleName: string | undefined;
}

/** Reads an ARN of IAM Roles Anywhere. */
export function parseArn(kind: "trust_anchor" | "profile" | "role", arn: string): Arn {
  const parts = core().call("arn", { kind, arn }) as Record<string, string>;
  const { partition, region, account_id: accountId, role_name: roleName } = parts;
  return { partition, region, accountId, roleName } as Arn;
}

/** Where CreateSession is asked. */
export interface EndpointOptions {
  /** `aws`, `aws-cn`, `aws-us-gov`, …; with `region`, unless `endpoint` is given. */
  partition?: string;
  region?: string;
  endpoint?: string;
  allowHttp?: boolean;
  useFipsEndpoint?: boolean;
  useDualstackEndpoint?: boolean;
}

/** The URL of CreateSession, without its query. */
export function endpointUrl(options: EndpointOptions): string {
  return core().call("endpoint", snake({ ...object(options, "options") }))["url"] as string;
}

/** A PEM block, or a DER value with the label that it would have. May hold a private key. */
export interface PemBlock {
  label: string;
  /** DER. */
  content: Uint8Array;
}

/** The PEM blocks of a file, or the one DER value that it is. */
export function pemBlocks(data: string | Uint8Array): PemBlock[] {
  const { blocks } = core().call("pem", { data: bytes(data, "data") });
  return (blocks as Json[]).map(({ label, content }) => ({
    label: label as string,
    content: fromBase64(content),
  }));
}

/** The first stage of SigV4 by itself; `pathEncodings` is 2 but for S3. */
export function canonicalRequest(parts: {
  method: string;
  path: string;
  query?: string;
  headers: [string, string][];
  body?: string | Uint8Array;
  normalize?: boolean;
  pathEncodings?: 1 | 2;
}): { canonicalRequest: string; signedHeaders: string } {
  const given = object(parts, "parts");
  const answer = core().call("canonical_request", {
    ...snake(given),
    query: given["query"] ?? "",
    path_encodings: given["pathEncodings"] ?? 2,
    body: bytes(given["body"] ?? "", "body"),
  }) as Record<string, string>;
  const { canonical_request: canonical = "", signed_headers: signedHeaders = "" } = answer;
  return { canonicalRequest: canonical, signedHeaders };
}

/** The second stage of SigV4 by itself. */
export function stringToSign(parts: {
  algorithm: string;
  /** Unix seconds. */
  now: number;
  region: string;
  service: string;
  canonicalRequest: string;
}): { stringToSign: string; credentialScope: string } {
  const answer = core().call("string_to_sign", snake({ ...object(parts, "parts") }));
  const { string_to_sign: text = "", credential_scope: scope = "" } = answer as Record<string, string>;
  return { stringToSign: text, credentialScope: scope };
}

/** One row of the table of error codes. */
export interface ErrorCode {
  code: string;
  number: number;
  kind: "input" | "identity" | "signing" | "service" | "transport" | "internal";
  /** Whether an error of this code is retryable unless it says otherwise. */
  retryable: boolean;
  hint: string;
}

/** Every error code, in the order of the numbers. */
export function errorCodes(): ErrorCode[] {
  return core().call("error_codes")["error_codes"] as ErrorCode[];
}

/** The version of this package. */
export function version(): string {
  return core().call("version")["version"] as string;
}

