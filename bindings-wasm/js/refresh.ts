import type { RolesAnywhereError } from "../host/error.js";
import type { Now } from "../host/options.js";
import { instance, object, optionalTime } from "./check.js";
import { core, raised } from "./core.js";
import { camel, type Json } from "./convert.js";
import { handleOf, Held, hold } from "./held.js";
import { Credentials, type CredentialsParts } from "./session.js";

/** One attempt to fetch: send exactly one request for it. */
export interface Fetch {
  id: number;
  /** What to sign with, in Unix seconds. */
  signingTime: number;
  /** Monotonic milliseconds after which the attempt is forfeit. */
  deadline: number;
}

/** The answer to a caller. With neither `fetch` nor `wait` there is nothing to do. */
export interface RefreshPoll {
  credentials: Credentials | undefined;
  fetch: Fetch | undefined;
  /** Monotonic milliseconds. */
  wait: number | undefined;
  /** Why the last fetch failed. Without credentials, this is what the caller gets. */
  error: RolesAnywhereError | undefined;
}

/** Something that happened inside the machine. */
export type RefreshEvent =
  | { name: "refreshed"; expiration: Date }
  | { name: "refresh_failed"; error: RolesAnywhereError }
  | { name: "clock_corrected"; offsetSeconds: number }
  | { name: "certificate_expiring"; notAfter: Date };

/** What a fetch brought. */
export interface FetchSuccess {
  credentials: Credentials;
  identityNotAfter?: number | Date;
  /** The reply's `Date`. */
  serverDate?: number | Date;
}

/** Why a fetch failed. A {@link RolesAnywhereError} will do. */
export interface FetchFailure {
  code: string;
  message?: string;
  retryable?: boolean;
  /** Seconds. */
  retryAfter?: number;
  serverDate?: number | Date;
}

/**
 * When credentials are fetched, by whom, and what may be served meanwhile: a state machine that reads
 * no clock and sends nothing, for hosts that do. `fromRolesAnywhere` is one.
 */
export class Refresh extends Held {
  #events: RefreshEvent[] = [];
  #nextRefresh: number | undefined;

  constructor() {
    super();
    hold(this, core().call("refresh")["refresh"]);
  }

  /** What may be served now, and what the asking caller does next. */
  poll(now: Now): RefreshPoll {
    const { credentials, fetch, wait_until: wait, error } = this.#call("poll", clocks(now));
    return {
      credentials: credentials === undefined ? undefined : held(credentials as Json),
      fetch: fetch === undefined ? undefined : (camel(fetch as Json) as unknown as Fetch),
      wait: wait as number | undefined,
      error: error === undefined ? undefined : raised(error as Json),
    };
  }

  /** Reports that a fetch brought credentials. `jitter` is random, from 0 to 1. */
  onSuccess(id: number, success: FetchSuccess, now: Now, jitter: number): void {
    const { credentials, identityNotAfter, serverDate } = object(success, "success");
    const given = instance(credentials, Credentials, "credentials");
    this.#call("success", {
      id,
      access_key_id: given.accessKeyId,
      secret_access_key: given.secretAccessKey,
      session_token: given.sessionToken,
      expiration: given.expiration.getTime() / 1000,
      identity_not_after: optionalTime(identityNotAfter, "identityNotAfter"),
      server_date: optionalTime(serverDate, "serverDate"),
      ...clocks(now),
      jitter,
    });
  }

  /** Reports that a fetch failed. */
  onFailure(id: number, failure: FetchFailure, now: Now, jitter: number): void {
    const { code, message, retryable, retryAfter, serverDate } = object(failure, "failure");
    const error = { code, message, retryable, retry_after: retryAfter };
    const date = optionalTime(serverDate, "serverDate");
    this.#call("failure", { id, ...error, server_date: date, ...clocks(now), jitter });
  }

  /** Reports that whoever was fetching gave up. */
  cancel(id: number, now: Now): void {
    this.#call("cancel", { id, ...clocks(now) });
  }

  /** Stops serving the credentials: somebody knows that they no longer work. */
  invalidate(): void {
    this.#call("invalidate");
  }

  /** Makes a refresh due now; the credentials are served meanwhile. */
  requestRefresh(): void {
    this.#call("request");
  }

  /** When the next refresh is due, in monotonic milliseconds. */
  get nextRefresh(): number | undefined {
    return this.#nextRefresh;
  }

  /** What happened since this was last called. */
  takeEvents(): RefreshEvent[] {
    return this.#events.splice(0);
  }

  #call(operation: string, input: Json = {}): Json {
    const answer = core().call(`refresh_${operation}`, { refresh: handleOf(this), ...input });
    this.#events.push(...(answer["events"] as Json[]).map(event));
    this.#events.splice(0, this.#events.length - 32);
    this.#nextRefresh = answer["next_refresh"] as number | undefined;
    return answer;
  }
}

function held(facts: Json): Credentials {
  return new Credentials(camel(facts) as unknown as CredentialsParts);
}

function clocks(now: Now): Json {
  const { unixMillis, monotonicMillis } = object(now, "now");
  return { unix_millis: unixMillis, monotonic_millis: monotonicMillis };
}

function event(told: Json): RefreshEvent {
  const { name, expiration, not_after: notAfter, offset_seconds: offsetSeconds, error } = told;
  const date = (seconds: unknown) => new Date((seconds as number) * 1000);
  switch (name) {
    case "refreshed":
      return { name, expiration: date(expiration) };
    case "refresh_failed":
      return { name, error: raised(error as Json) };
    case "clock_corrected":
      return { name, offsetSeconds: offsetSeconds as number };
    default:
      return { name: "certificate_expiring", notAfter: date(notAfter) };
  }
}
