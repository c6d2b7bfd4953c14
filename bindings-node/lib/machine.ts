/** The native module as the host loop sees it. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type * as Native from './native.js';
import { call } from './error.js';
import type { Action, Context, ErrorFields, Machine, Native as Core, Poll, ProviderEvent } from './host/index.js';
import { errorCodes } from './building-blocks.js';
import { type Contents, identityContents, optionBytes, textOf } from './given.js';
import { native } from './load.js';
import { optionArguments } from './options.js';

/** Makes machines from options, the environment and the shared config file. */
export const core: Core = {
  errorCodes,
  get userAgent() {
    const { platform, arch, versions } = process;
    return `rolesanywhere/${native().version()} (${platform}; ${arch}) node/${versions.node}`;
  },
  async machine(options: Record<string, unknown>, { profile }: Context): Promise<Machine> {
    const configFile = await sharedConfigFile();
    const bytes = optionBytes(options);
    const text = Object.entries(options).map(([name, value]): [string, unknown] => [name, textOf(value)]);
    const environment = Object.entries(process.env).filter(isOurs);
    const sources = { arguments: optionArguments(text), environment, configFile, ambientProfile: profile };
    return wrapped(call(() => native().machine({ ...sources, vocabulary: 'camel_case' }, bytes)));
  },
};

/** The variables that the core looks at all begin with these. */
function isOurs(variable: [string, string | undefined]): variable is [string, string] {
  return /^(AWS|ROLESANYWHERE)_/.test(variable[0]) && variable[1] !== undefined;
}

/** As the SDKs find it. Where it cannot be read there is none. */
async function sharedConfigFile(): Promise<string | undefined> {
  const path = process.env['AWS_CONFIG_FILE'] || join(homedir(), '.aws', 'config');
  return readFile(path, 'utf8').catch(() => undefined);
}

function wrapped(machine: Native.Machine): Machine {
  return {
    poll: (...now) => polled(call(() => machine.poll(...now))),
    async identify(id, identity, ...now) {
      let contents: Contents | undefined;
      try {
        contents = identity === undefined ? undefined : identityContents(identity);
      } catch (error) {
        return this.identityFailed(id, error instanceof Error ? error.message : '', ...now);
      }
      const working = call(() => machine.identify(id, contents, ...now));
      return working === null ? {} : action(await working);
    },
    identityFailed(id, message, ...now) {
      const error = { code: 'identity_unavailable', message: `the identity could not be had: ${message}` };
      return action(call(() => machine.identityFailed(id, error, ...now)));
    },
    signed: (...report) => action(call(() => machine.signed(...report))),
    signerFailed: (...report) => action(call(() => machine.signerFailed(...report))),
    received: (id, status, headers, body, ...now) =>
      action(call(() => machine.received(id, { status, headers, body }, ...now))),
    failed: (id, code, message, ...now) => action(call(() => machine.failed(id, { code, message }, ...now))),
    invalidate: () => machine.invalidate(),
    requestRefresh: () => machine.requestRefresh(),
    nextRefresh: () => machine.nextRefresh() ?? undefined,
    takeEvents: () => machine.takeEvents().map(event),
  };
}

function polled({ credentials, fetch, waitUntil, error }: Native.MachinePoll): Poll {
  return present({ credentials: credentials && present(credentials), fetch, waitUntil, error: fields(error) }) as Poll;
}

function action({ sign, send }: Native.Action): Action {
  return present({ sign: sign && present(sign), send }) as Action;
}

function event({ error, ...told }: Native.MachineEvent): ProviderEvent {
  return present({ ...told, error: fields(error) }) as ProviderEvent;
}

function fields(error: string | null | undefined): ErrorFields | undefined {
  return error == null ? undefined : (JSON.parse(error) as ErrorFields);
}

/** Without what is absent. */
function present<T extends object>(object: T): Partial<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value != null)) as Partial<T>;
}
