import type * as Native from './native.js';
import { instance, integer, object, optionalCount, optionalText, text, time, wrong } from './check.js';
import { Credentials } from './credentials.js';
import { call, fromJson } from './error.js';
import { hide } from './hide.js';
import type { Now, RolesAnywhereError } from './host/index.js';
import { native } from './load.js';

/** One attempt to fetch: send exactly one request for it. */
export interface Fetch {
  /** Names the attempt in the report. */
  id: number;
  /** What to sign with, in Unix seconds: this machine's time, corrected where it is known to be wrong. */
  signingTime: number;
  /** Monotonic milliseconds after which the attempt is forfeit and its report ignored. */
  deadline: number;
}

/** The answer to a caller. With neither `fetch` nor `wait` there is nothing to do. */
export interface Poll {
  /** Credentials that may be served now. */
  credentials: Credentials | undefined;
  /** Send one request and report. Nobody else is told to. */
  fetch: Fetch | undefined;
  /** Nothing to send before this point in monotonic milliseconds: poll again then. */
  wait: number | undefined;
  /** Why the last fetch failed. Without credentials, this is what the caller gets. */
  error: RolesAnywhereError | undefined;
}

/** Something that happened inside the machine. */
export type RefreshEvent =
  | {
      /** New credentials are there. */
      name: 'refreshed';
      /** Their end. */
      expiration: Date;
    }
  | {
      /** A fetch failed, however often it was tried. */
      name: 'refresh_failed';
      /** Why. */
      error: RolesAnywhereError;
    }
  | {
      /** The service's clock differs so much from this machine's that requests are dated by it. */
      name: 'clock_corrected';
      /** How far the service's clock is ahead, in seconds. */
      offsetSeconds: number;
    }
  | {
      /** The leaf ends within 24 hours; told once for each leaf. */
      name: 'certificate_expiring';
      /** The last second of the leaf's validity. */
      notAfter: Date;
    };

/** What a fetch brought. */
export interface FetchSuccess {
  /** What the reply held. */
  credentials: Credentials;
  /** The end of the leaf they were fetched with: Unix seconds or a `Date`. */
  identityNotAfter?: number | Date | undefined;
  /** The reply's `Date`: Unix seconds or a `Date`. */
  serverDate?: number | Date | undefined;
}

/** Why a fetch failed. A {@link RolesAnywhereError} will do. */
export interface FetchFailure {
  /** One of {@link errorCodes}. */
  code: string;
  /** What is wrong, without a secret. */
  message: string;
  /** What to do. Default: the code's own. */
  hint?: string | undefined;
  /** Default: what the code usually is. */
  retryable?: boolean | undefined;
  /** Seconds before which nothing is sent. */
  retryAfter?: number | undefined;
  /** The reply's `Date`: Unix seconds or a `Date`. */
  serverDate?: number | Date | undefined;
}

/**
 * When credentials are fetched, by whom, and what may be served meanwhile: a state machine that
 * reads no clock and sends nothing, for hosts that do. {@link fromRolesAnywhere} is one.
 */
export class Refresh {
  /** @internal */
  declare readonly handle: Native.Refresh;

  /** A machine without credentials. */
  constructor() {
    hide(this, call(() => new (native().Refresh)()));
  }

  /** What may be served now, and what the asking caller does next. */
  poll(now: Now): Poll {
    const poll = call(() => this.handle.poll(clocks(now)));
    return {
      credentials: poll.credentials == null ? undefined : Credentials.of(poll.credentials),
      fetch: poll.fetch ?? undefined,
      wait: poll.wait ?? undefined,
      error: poll.error == null ? undefined : fromJson(poll.error),
    };
  }

  /** Reports that a fetch brought credentials. `jitter` is random, from 0 to 1. */
  onSuccess(id: number, success: FetchSuccess, now: Now, jitter: number): void {
    const given = object(success, 'success');
    const credentials = instance(given['credentials'], Credentials, 'credentials').handle;
    const [notAfter, date] = [optionalTime(given['identityNotAfter']), optionalTime(given['serverDate'])];
    const [attempt, at, spread] = [integer(id, 'id'), clocks(now), fraction(jitter)];
    call(() => this.handle.onSuccess(attempt, credentials, notAfter, date, at, spread));
  }

  /** Reports that a fetch failed. `jitter` is random, from 0 to 1. */
  onFailure(id: number, failure: FetchFailure, now: Now, jitter: number): void {
    const given = object(failure, 'failure');
    const error = {
      code: text(given['code'], 'code'),
      message: text(given['message'], 'message'),
      hint: optionalText(given['hint'], 'hint'),
      retryable: optionalFlag(given['retryable']),
      retryAfter: optionalCount(given['retryAfter'], 'retryAfter'),
      serverDate: optionalTime(given['serverDate']),
    };
    const [attempt, at, spread] = [integer(id, 'id'), clocks(now), fraction(jitter)];
    call(() => this.handle.onFailure(attempt, error, at, spread));
  }

  /** Reports that whoever was fetching gave up. */
  cancel(id: number, now: Now): void {
    const [attempt, at] = [integer(id, 'id'), clocks(now)];
    call(() => this.handle.cancel(attempt, at));
  }

  /** Stops serving the credentials: somebody knows that they no longer work. */
  invalidate(): void {
    this.handle.invalidate();
  }

  /** Makes a refresh due now; the credentials are served meanwhile. */
  requestRefresh(): void {
    this.handle.requestRefresh();
  }

  /** When the next refresh is due, in monotonic milliseconds; `undefined` without credentials. */
  get nextRefresh(): number | undefined {
    return this.handle.nextRefresh ?? undefined;
  }

  /** The credentials, if they may still be served. Changes nothing. */
  credentials(now: Now): Credentials | undefined {
    const found = call(() => this.handle.credentials(clocks(now)));
    return found == null ? undefined : Credentials.of(found);
  }

  /** What happened since this was last called; at most the latest 32. */
  takeEvents(): RefreshEvent[] {
    return call(() => this.handle.takeEvents()).map(event);
  }
}

/** An event as users see it. */
function event(told: Native.RefreshEvent): RefreshEvent {
  switch (told.name) {
    case 'refreshed':
      return { name: 'refreshed', expiration: date(told.expiration) };
    case 'refresh_failed':
      return { name: 'refresh_failed', error: fromJson(told.error ?? '') };
    case 'clock_corrected':
      return { name: 'clock_corrected', offsetSeconds: told.offsetSeconds ?? 0 };
    default:
      return { name: 'certificate_expiring', notAfter: date(told.notAfter) };
  }
}

function date(seconds: number | null | undefined): Date {
  return new Date((seconds ?? 0) * 1000);
}

function clocks(now: unknown): Now {
  const given = object(now, 'now');
  return {
    unixMillis: millis(given['unixMillis'], 'unixMillis'),
    monotonicMillis: millis(given['monotonicMillis'], 'monotonicMillis'),
  };
}

function millis(value: unknown, name: string): number {
  if (typeof value !== 'number' || !(value >= 0)) {
    throw wrong(name, 'a number of milliseconds', value);
  }
  return value;
}

function optionalTime(value: unknown): number | undefined {
  return value === undefined || value === null ? undefined : time(value, 'time');
}

function optionalFlag(value: unknown): boolean | undefined {
  if (value !== undefined && value !== null && typeof value !== 'boolean') {
    throw wrong('retryable', 'a boolean', value);
  }
  return value ?? undefined;
}

function fraction(jitter: unknown): number {
  if (typeof jitter !== 'number') {
    throw wrong('jitter', 'a number from 0 to 1', jitter);
  }
  return jitter;
}
