import { type Bytes, bytes, flag, integer, object, optionalText, pairs, text, time, wrong } from './check.js';
import { call } from './error.js';
import type { ErrorCodeRow } from './host/index.js';
import { native } from './load.js';

export type { ErrorCodeRow };

/** Every error code, in the order of the numbers; `docs/errors.md` explains each. */
export function errorCodes(): ErrorCodeRow[] {
  return native().errorCodes() as ErrorCodeRow[];
}

/** The version of this package. */
export function version(): string {
  return native().version();
}

/** The parts of an ARN. */
export interface Arn {
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  partition: string;
  /** Absent in a role's. */
  region: string | undefined;
  /** 12 digits. */
  accountId: string;
  /** A role's name, without its path. */
  roleName: string | undefined;
}

/**
 * Reads an ARN of IAM Roles Anywhere (API reference, `CreateSession`).
 *
 * @param kind - what the ARN is of
 * @param arn - `arn:PARTITION:rolesanywhere:REGION:ACCOUNT:trust-anchor/ID`, and the like
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
  /** Such as `eu-central-1`. */
  region?: string | undefined;
  /** Full base URL; a path prefix is kept. */
  endpoint?: string | undefined;
  /** Permits a plain http `endpoint` beyond the loopback interface. */
  allowHttp?: boolean | undefined;
  /** The FIPS host. Default: false. */
  useFipsEndpoint?: boolean | undefined;
  /** The host with IPv4 and IPv6. Default: false. */
  useDualstackEndpoint?: boolean | undefined;
}

/**
 * The URL of CreateSession, without its query, by the partition's rules for host names (as botocore's
 * endpoint rules for `rolesanywhere` have them).
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
  /** Such as `CERTIFICATE`. */
  label: string;
  /** DER. */
  content: Uint8Array;
}

/**
 * The PEM blocks of a file (RFC 7468), or the one DER value that it is. Text between blocks is passed over.
 *
 * @throws {@link RolesAnywhereError} `pem_malformed`, `file_empty`
 */
export function pemBlocks(data: Bytes): PemBlock[] {
  const content = bytes(data, 'data');
  return call(() => native().pemBlocks(content));
}

/** A request's parts, for any SigV4. */
export interface CanonicalRequestParts {
  /** In upper case. */
  method: string;
  /** Begins with `/`; encoded as it is to be sent. */
  path: string;
  /** Without `?`. */
  query?: string | undefined;
  /** All headers that are signed, `host` too. */
  headers: Record<string, string> | [string, string][];
  /** Default: none. */
  body?: Bytes | undefined;
  /** Whether `.` and `..` are resolved. */
  normalize?: boolean | undefined;
  /** 1 for S3; default: 2. */
  pathEncodings?: 1 | 2 | undefined;
}

/** The first stage of SigV4, by itself (IAM user guide, "Create a signed AWS API request"). Checks nothing. */
export function canonicalRequest(parts: CanonicalRequestParts): {
  /** Lines, the last of which is the hex SHA-256 of the body. */
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
  /** Of the credential scope. */
  region: string;
  /** Of the credential scope: `rolesanywhere`. */
  service: string;
  /** What {@link canonicalRequest} gives. */
  canonicalRequest: string;
}

/** The second stage of SigV4, by itself (IAM user guide, "Create a signed AWS API request"). Checks nothing. */
export function stringToSign(parts: StringToSignParts): {
  /** Four lines. */
  stringToSign: string;
  /** `YYYYMMDD/region/service/aws4_request` */
  credentialScope: string;
} {
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
