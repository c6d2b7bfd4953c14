import type * as Native from './native.js';
import { type Bytes, bytes, flag, instance, integer, object, optionalCount } from './check.js';
import { optionalText, pairs, text, time, timeOrNow } from './check.js';
import { Credentials } from './credentials.js';
import { call } from './error.js';
import { hide } from './hide.js';
import { Identity, PrivateKey } from './identity.js';
import { native } from './load.js';
import { HttpRequest, PendingSignature } from './request.js';

/** What a CreateSession asks for. */
export interface CreateSessionOptions {
  /** Id or alias ARN. */
  trustAnchorArn: string;
  /** Id or alias ARN. */
  profileArn: string;
  /** The role to assume. */
  roleArn: string;
  /** Default: the trust anchor's. */
  region?: string | undefined;
  /** Full base URL; a path prefix is kept. Default: the region's. */
  endpoint?: string | undefined;
  /** Permits plain http beyond the loopback interface. */
  allowHttp?: boolean | undefined;
  /** 900 to 43200 seconds; not sent unless set, and the profile's own then holds. */
  durationSeconds?: number | undefined;
  /** 2 to 64 of `[\w+=,.@-]`; the profile must accept custom names. */
  roleSessionName?: string | undefined;
  /** Sent when given; the service accepts and ignores them. */
  instanceProperties?: Record<string, string> | [string, string][] | undefined;
  /** The region's FIPS host; not together with `endpoint`. */
  useFipsEndpoint?: boolean | undefined;
  /** The region's host with IPv4 and IPv6; not together with `endpoint`. */
  useDualstackEndpoint?: boolean | undefined;
}

/**
 * A checked CreateSession, ready to be signed any number of times. Sends nothing (IAM Roles Anywhere API
 * reference, `CreateSession`; user guide, "Signing process").
 */
export class CreateSession {
  /** @internal */
  declare readonly handle: Native.CreateSession;

  /**
   * Checks the options, each alone and against the others.
   *
   * @throws {@link RolesAnywhereError} `arn_malformed`, `region_mismatch`, `region_malformed`,
   * `partition_unknown`, `endpoint_malformed`, `endpoint_insecure`, `options_conflict`,
   * `duration_out_of_range`, `role_session_name_malformed`
   */
  constructor(options: CreateSessionOptions) {
    const given = object(options, 'options');
    const checked = {
      trustAnchorArn: text(given['trustAnchorArn'], 'trustAnchorArn'),
      profileArn: text(given['profileArn'], 'profileArn'),
      roleArn: text(given['roleArn'], 'roleArn'),
      region: optionalText(given['region'], 'region'),
      endpoint: optionalText(given['endpoint'], 'endpoint'),
      allowHttp: flag(given['allowHttp'], 'allowHttp'),
      durationSeconds: optionalCount(given['durationSeconds'], 'durationSeconds'),
      roleSessionName: optionalText(given['roleSessionName'], 'roleSessionName'),
      instanceProperties: pairs(given['instanceProperties'], 'instanceProperties'),
      useFipsEndpoint: flag(given['useFipsEndpoint'], 'useFipsEndpoint'),
      useDualstackEndpoint: flag(given['useDualstackEndpoint'], 'useDualstackEndpoint'),
    };
    hide(this, call(() => new (native().CreateSession)(checked)));
  }

  /** @internal */
  static of(handle: Native.CreateSession): CreateSession {
    const session = Object.create(CreateSession.prototype) as CreateSession;
    hide(session, handle);
    return session;
  }

  /** The URL that is asked, with its query. */
  get url(): string {
    return this.handle.url;
  }

  /** The region signed for. */
  get region(): string {
    return this.handle.region;
  }

  /**
   * Everything up to the signature. Does not check the identity: {@link Identity.check} does.
   *
   * @param now - Unix seconds or a `Date`; default: this machine's clock
   */
  prepare(identity: Identity, now?: number | Date): PendingSignature {
    const [leaf, seconds] = [instance(identity, Identity, 'identity').handle, timeOrNow(now, 'now')];
    return PendingSignature.of(call(() => this.handle.prepare(leaf, seconds)));
  }

  /**
   * The signed request. Compares the key with the leaf.
   *
   * @param now - Unix seconds or a `Date`; default: this machine's clock
   * @throws {@link RolesAnywhereError} `key_mismatch`, `signing_failed`
   */
  sign(identity: Identity, privateKey: PrivateKey, now?: number | Date): HttpRequest {
    const [leaf, key] = [
      instance(identity, Identity, 'identity').handle,
      instance(privateKey, PrivateKey, 'privateKey').handle,
    ];
    const seconds = timeOrNow(now, 'now');
    return new HttpRequest(call(() => this.handle.sign(leaf, key, seconds)));
  }

  /**
   * Reads the reply.
   *
   * @param status - the HTTP status
   * @param headers - names in any case
   * @param body - the body
   * @param now - when the request was signed, in Unix seconds or as a `Date`: with it a refusal for
   * a wrong clock becomes `clock_skewed`
   * @throws {@link RolesAnywhereError} `access_denied`, `validation_rejected`,
   * `resource_not_found`, `throttled`, `service_unavailable`, `service_refused`, `clock_skewed`,
   * `response_malformed`
   */
  parseResponse(
    status: number,
    headers: Record<string, string> | [string, string][],
    body: Bytes,
    now?: number | Date,
  ): Credentials {
    const [code, names] = [integer(status, 'status'), pairs(headers, 'headers')];
    const [content, seconds] = [bytes(body, 'body'), now == null ? undefined : time(now, 'now')];
    return Credentials.of(call(() => this.handle.parseResponse(code, names, content, seconds)));
  }
}
