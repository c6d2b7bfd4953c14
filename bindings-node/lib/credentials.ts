import { inspect } from 'node:util';
import type * as Native from './native.js';
import { object, optionalText, text, time } from './check.js';
import { call } from './error.js';
import { hide } from './hide.js';
import { native } from './load.js';

/** What {@link Credentials} are made of. */
export interface CredentialsParts {
  /** No secret. */
  accessKeyId: string;
  /** Secret. */
  secretAccessKey: string;
  /** Secret. */
  sessionToken: string;
  /** Unix seconds or a `Date`. */
  expiration: number | Date;
  /** The role's account: 12 digits. */
  accountId?: string | undefined;
  /** The role that they are of. */
  roleArn?: string | undefined;
}

/**
 * Temporary credentials. Printing them shows the access key id and the end, nothing else; in the
 * native module they are wiped when this object is collected.
 */
export class Credentials {
  /** @internal */
  declare readonly handle: Native.Credentials;

  /** Credentials from their parts. */
  constructor(parts: CredentialsParts) {
    const given = object(parts, 'parts');
    const checked = {
      accessKeyId: text(given['accessKeyId'], 'accessKeyId'),
      secretAccessKey: text(given['secretAccessKey'], 'secretAccessKey'),
      sessionToken: text(given['sessionToken'], 'sessionToken'),
      expiration: time(given['expiration'], 'expiration'),
      accountId: optionalText(given['accountId'], 'accountId'),
      roleArn: optionalText(given['roleArn'], 'roleArn'),
    };
    hide(this, call(() => new (native().Credentials)(checked)));
  }

  /** @internal */
  static of(handle: Native.Credentials): Credentials {
    const credentials = Object.create(Credentials.prototype) as Credentials;
    hide(credentials, handle);
    return credentials;
  }

  /** The access key id; no secret. */
  get accessKeyId(): string {
    return this.handle.accessKeyId;
  }

  /** The secret access key. */
  get secretAccessKey(): string {
    return this.handle.secretAccessKey;
  }

  /** The session token. */
  get sessionToken(): string {
    return this.handle.sessionToken;
  }

  /** When the session ends. */
  get expiration(): Date {
    return new Date(this.handle.expiration * 1000);
  }

  /** The role's account: 12 digits. */
  get accountId(): string | undefined {
    return this.handle.accountId ?? undefined;
  }

  /** The role's ARN. */
  get roleArn(): string | undefined {
    return this.handle.roleArn ?? undefined;
  }

  /** What `credential_process` prints, in one line (AWS SDKs and Tools reference guide). */
  toCredentialProcessJson(): string {
    return this.handle.toCredentialProcessJson();
  }

  /** What a container's credentials endpoint answers with, in one line. */
  toContainerJson(): string {
    return this.handle.toContainerJson();
  }

  /**
   * What the EC2 instance metadata service answers with for a role, in one line.
   *
   * @param lastUpdated - when the credentials were fetched: Unix seconds or a `Date`
   */
  toImdsJson(lastUpdated: number | Date): string {
    const seconds = time(lastUpdated, 'lastUpdated');
    return call(() => this.handle.toImdsJson(seconds));
  }

  /** @internal */
  [inspect.custom](): string {
    return `Credentials(${this.accessKeyId}, until ${this.expiration.toISOString()})`;
  }
}
