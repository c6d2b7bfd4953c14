import { type Bytes, bytes, flag, integer, object, optionalText, pairs, text, time, wrong } from './check.js';
import { call } from './error.js';
import type { ErrorCodeRow } from './host/index.js';
import { native } from './load.js';

export type { ErrorCodeRow };

/** Every error code, in the order of the numbers. */
export function errorCodes(): ErrorCodeRow[] {
  return native().errorCodes() as ErrorCodeRow[];
}

/** The version of this package. */
export function version(): string {
  return native().version();
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

/**
 * Reads an ARN of IAM Roles Anywhere.
 *
 * @throws {@link RolesAnywhereError} `arn_malformed`
 */
export function parseArn(kind: 'trust_anchor' | 'profile' | 'role', arn: string): Arn {
  const [wanted, given] = [text(kind, 'kind'), text(arn, 'arn')];
  const parts = call(() => native().parseArn(wanted, given));
  return { ...parts, region: parts.region ?? undefined, roleName: parts.roleName ?? undefined };
}

/** Where CreateSession is asked. */
export interface EndpointOptions {
  /** `aws`, `aws-cn`, `aws-us-gov`, …; with `region`, unless `endpoint` is given. */
  partition?: string | undefined;
  region?: string | undefined;
  /** Full base URL. */
  endpoint?: string | undefined;
  allowHttp?: boolean | undefined;
  useFipsEndpoint?: boolean | undefined;
  useDualstackEndpoint?: boolean | undefined;
}

/**
 * The URL of CreateSession, without its query.
 *
 * @throws {@link RolesAnywhereError} `partition_unknown`, `region_malformed`, `endpoint_malformed`,
 * `endpoint_insecure`
 */
export function endpointUrl(options: EndpointOptions): string {
  const given = object(options, 'options');
  const parts = {
    partition: optionalText(given['partition'], 'partition'),
    region: optionalText(given['region'], 'region'),
    endpoint: optionalText(given['endpoint'], 'endpoint'),
    allowHttp: flag(given['allowHttp'], 'allowHttp'),
    useFipsEndpoint: flag(given['useFipsEndpoint'], 'useFipsEndpoint'),
    useDualstackEndpoint: flag(given['useDualstackEndpoint'], 'useDualstackEndpoint'),
  };
  return call(() => native().endpointUrl(parts));
}

/** A PEM block, or a DER value with the label that it would have. May hold a private key. */
export interface PemBlock {
  label: string;
  /** DER. */
  content: Uint8Array;
}

/**
 * The PEM blocks of a file, or the one DER value that it is.
 *
 * @throws {@link RolesAnywhereError} `pem_malformed`, `file_empty`
 */
export function pemBlocks(data: Bytes): PemBlock[] {
  const content = bytes(data, 'data');
  return call(() => native().pemBlocks(content));
}

/** A request's parts, for any SigV4. */
export interface CanonicalRequestParts {
  method: string;
  path: string;
  /** Without `?`. */
  query?: string | undefined;
  /** All headers that are signed, `host` too. */
  headers: Record<string, string> | [string, string][];
  body?: Bytes | undefined;
  /** Whether `.` and `..` are resolved. */
  normalize?: boolean | undefined;
  /** 1 for S3; default: 2. */
  pathEncodings?: 1 | 2 | undefined;
}

/** The first stage of SigV4, by itself. */
export function canonicalRequest(parts: CanonicalRequestParts): {
  canonicalRequest: string;
  /** The names, joined by `;`. */
  signedHeaders: string;
} {
  const given = object(parts, 'parts');
  const checked = {
    method: text(given['method'], 'method'),
    path: text(given['path'], 'path'),
    query: text(given['query'] ?? '', 'query'),
    headers: pairs(given['headers'], 'headers'),
    body: bytes(given['body'] ?? '', 'body'),
    normalize: flag(given['normalize'], 'normalize'),
    pathEncodings: pathEncodings(given['pathEncodings']),
  };
  return call(() => native().canonicalRequest(checked));
}

/** What the second stage of SigV4 takes. */
export interface StringToSignParts {
  /** The first line. */
  algorithm: string;
  /** Unix seconds or a `Date`. */
  now: number | Date;
  region: string;
  service: string;
  canonicalRequest: string;
}

/** The second stage of SigV4, by itself. */
export function stringToSign(parts: StringToSignParts): { stringToSign: string; credentialScope: string } {
  const given = object(parts, 'parts');
  const [algorithm, now] = [text(given['algorithm'], 'algorithm'), time(given['now'], 'now')];
  const [region, service] = [text(given['region'], 'region'), text(given['service'], 'service')];
  const canonical = text(given['canonicalRequest'], 'canonicalRequest');
  return call(() => native().stringToSign(algorithm, now, region, service, canonical));
}

function pathEncodings(value: unknown): number {
  const times = integer(value ?? 2, 'pathEncodings');
  if (times !== 1 && times !== 2) {
    throw wrong('pathEncodings', '1 or 2', value);
  }
  return times;
}
