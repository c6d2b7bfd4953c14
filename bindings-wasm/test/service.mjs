// A service that grants what it is asked, and counts; clocks that move when told to.
import { readFileSync } from "node:fs";

const fixtures = new URL("../../conformance/fixtures/", import.meta.url);

export const fixture = (name) => readFileSync(new URL(name, fixtures));

export const ARNS = {
  trustAnchorArn: "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/1",
  profileArn: "arn:aws:rolesanywhere:us-east-1:111122223333:profile/2",
  roleArn: "arn:aws:iam::111122223333:role/app",
};

/** 2026-11-21, within every fixture's validity. */
const START = 1_795_240_400_000;

export class World {
  seconds = 0;
  requests = [];
  /** What the next replies are, in place of credentials for an hour. */
  replies = [];

  options(more = {}) {
    return {
      ...ARNS,
      certificate: fixture("pki/p256/leaf.pem"),
      privateKey: fixture("pki/p256/key.pem"),
      fetch: (url, request) => this.answer(url, request),
      clock: () => ({
        unixMillis: START + this.seconds * 1000,
        monotonicMillis: this.seconds * 1000,
      }),
      jitter: () => 0.5,
      ...more,
    };
  }

  async answer(url, request) {
    this.requests.push({ url, ...request });
    await new Promise((resolve) => setTimeout(resolve, 5));
    const reply = this.replies.shift() ?? this.granted();
    if (reply instanceof Error) throw reply;
    return reply;
  }

  granted(life = 3600) {
    const expiration = new Date(START + (this.seconds + life) * 1000).toISOString();
    const credentials = {
      accessKeyId: `ASIA${this.requests.length}`,
      secretAccessKey: "secret",
      sessionToken: "token",
      expiration: expiration.replace(/\.\d+Z/, "Z"),
    };
    return Response.json({ credentialSet: [{ credentials }] }, { status: 201 });
  }

  secondsUntil(date) {
    return date.getTime() / 1000 - START / 1000 - this.seconds;
  }
}
