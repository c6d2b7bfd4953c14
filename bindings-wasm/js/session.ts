import { type Bytes, bytes, instance, object, optionalTime, pairs, exactTime, time } from "./check.js";
import { core } from "./core.js";
import { camel, type Json, snake } from "./convert.js";
import { handleOf, Held, hold } from "./held.js";
import { Identity, PrivateKey } from "./identity.js";
import { type HttpRequest, PendingSignature } from "./request.js";

/** What a CreateSession asks for. */
export interface CreateSessionOptions {
  /** Id or alias ARN. */
  trustAnchorArn: string;
  /** Id or alias ARN. */
  profileArn: string;
  roleArn: string;
  /** Default: the trust anchor's. */
  region?: string;
  /** Full base URL; a path prefix is kept. Default: the region's. */
  endpoint?: string;
  allowHttp?: boolean;
  /** 900 to 43200. Default: the profile's own. */
  durationSeconds?: number;
  roleSessionName?: string;
  instanceProperties?: Record<string, string>;
  useFipsEndpoint?: boolean;
  useDualstackEndpoint?: boolean;
}

/** A checked CreateSession, ready to be signed any number of times. Sends nothing. */
export class CreateSession extends Held {
  /** The region signed for. */
  readonly region: string;
  /** The URL that is asked, with its query. */
  readonly url: string;

  constructor(options: CreateSessionOptions) {
    super();
    const given = object(options, "options");
    // What the core has made of resolved options already.
    const isMade = "create_session" in given;
    const facts = isMade ? given : core().call("create_session", snake(given));
    hold(this, facts["create_session"]);
    this.region = facts["region"] as string;
    this.url = facts["url"] as string;
  }

  /** Everything up to the signature. Does not check the identity. */
  prepare(identity: Identity, now?: number | Date): PendingSignature {
    const leaf = handleOf(instance(identity, Identity, "identity"));
    const input = { create_session: handleOf(this), identity: leaf, now: time(now) };
    return new PendingSignature(core().call("create_session_prepare", input));
  }

  /** The signed request. The key has to be the leaf's. */
  sign(identity: Identity, privateKey: PrivateKey, now?: number | Date): HttpRequest {
    return this.prepare(identity, now).sign(privateKey);
  }

  /**
   * Reads the reply; header names in any case. With `now`, when the request was signed, a refusal for
   * a wrong clock becomes `clock_skewed`.
   */
  parseResponse(
    status: number,
    headers: Record<string, string> | [string, string][],
    body: Bytes,
    now?: number | Date,
  ): Credentials {
    const read = core().call("create_session_parse_response", {
      create_session: handleOf(this),
      status,
      headers: pairs(headers, "headers"),
      body: bytes(body, "body"),
      now: optionalTime(now, "now"),
    });
    return new Credentials(camel(read) as unknown as CredentialsParts);
  }
}

/** What {@link Credentials} are made of. */
export interface CredentialsParts {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  /** Unix seconds or a `Date`. */
  expiration: number | Date;
  accountId?: string;
  roleArn?: string;
}

/** Temporary credentials. Printing them shows the access key id and the end, nothing else. */
export class Credentials {
  readonly accessKeyId: string;
  readonly expiration: Date;
  readonly accountId: string | undefined;
  readonly roleArn: string | undefined;
  readonly #secretAccessKey: string;
  readonly #sessionToken: string;

  constructor(parts: CredentialsParts) {
    const given = object(parts, "parts") as unknown as CredentialsParts;
    this.accessKeyId = given.accessKeyId;
    this.expiration = new Date(exactTime(given.expiration, "expiration") * 1000);
    this.accountId = given.accountId;
    this.roleArn = given.roleArn;
    this.#secretAccessKey = given.secretAccessKey;
    this.#sessionToken = given.sessionToken;
  }

  get secretAccessKey(): string {
    return this.#secretAccessKey;
  }

  get sessionToken(): string {
    return this.#sessionToken;
  }

  /** What `credential_process` prints, in one line. */
  toCredentialProcessJson(): string {
    return this.#form("credential_process");
  }

  /** What a container's credentials endpoint answers with, in one line. */
  toContainerJson(): string {
    return this.#form("container");
  }

  /** What the EC2 instance metadata service answers with for a role, in one line. */
  toImdsJson(lastUpdated: number | Date): string {
    return this.#form("imds", exactTime(lastUpdated, "lastUpdated"));
  }

  #form(form: string, lastUpdated?: number): string {
    const parts: Json = {
      access_key_id: this.accessKeyId,
      secret_access_key: this.#secretAccessKey,
      session_token: this.#sessionToken,
      expiration: time(this.expiration),
      account_id: this.accountId,
      role_arn: this.roleArn,
      form,
      last_updated: lastUpdated,
    };
    return core().call("credentials", parts)["json"] as string;
  }
}
