import type * as Native from './native.js';
import { object, optionalText, pairs, text, wrong } from './check.js';
import { call } from './error.js';
import { hide } from './hide.js';
import { native } from './load.js';
import { CreateSession } from './session.js';

/** How options are written: `trustAnchorArn`, `trust_anchor_arn` or `--trust-anchor-arn`. */
export type Vocabulary = 'camel_case' | 'snake_case' | 'flags';

/** Everything that options may come from. */
export interface OptionSources {
  /**
   * Names and values. Text, numbers and booleans are looked at, `KEY=VALUE` options may repeat as
   * pairs; anything else (bytes, functions) counts as given and is kept by the caller.
   */
  arguments?: Record<string, unknown> | [string, unknown][] | undefined;
  /** Default: none. `process.env` will do. */
  environment?: Record<string, string | undefined> | undefined;
  /** The text of the shared config file. */
  configFile?: string | undefined;
  /** The profile that the SDK has already chosen. */
  ambientProfile?: string | undefined;
  /** Default: `camel_case`. */
  vocabulary?: Vocabulary | undefined;
}

/** Where a value came from. */
export interface OptionOrigin {
  /** `profile`: a section of the shared config file; `services`: one of its `[services]` sections. */
  from: 'argument' | 'environment' | 'profile' | 'services';
  /** The argument, variable or key as the user wrote it. */
  name: string;
  /** The profile, or the services section. */
  section: string | undefined;
}

/** Resolved options, by their snake_case names. Some are secrets: printing this shows names alone. */
export class Options {
  /** @internal */
  declare readonly handle: Native.Options;

  private constructor() {}

  /** @internal */
  static of(handle: Native.Options): Options {
    const options = new Options();
    hide(options, handle);
    return options;
  }

  /** The names of the options that were given. */
  get names(): string[] {
    return this.handle.names;
  }

  /** An option's text; `undefined` where it is unset or the caller keeps its value. */
  text(name: string): string | undefined {
    return this.handle.text(text(name, 'name')) ?? undefined;
  }

  /** A switch. `account_id` is on unless switched off, all others off. */
  flag(name: string): boolean {
    return this.handle.flag(text(name, 'name'));
  }

  /** Where an option's value came from. */
  origin(name: string): OptionOrigin | undefined {
    const origin = this.handle.origin(text(name, 'name'));
    if (origin == null) {
      return undefined;
    }
    return { from: origin.from as OptionOrigin['from'], name: origin.name, section: origin.section ?? undefined };
  }

  /** What the user should know: options that have no effect. */
  get notes(): string[] {
    return this.handle.notes;
  }

  /**
   * The CreateSession that the options describe.
   *
   * @throws {@link RolesAnywhereError} `option_missing`, and those of {@link CreateSession}
   */
  createSession(): CreateSession {
    return CreateSession.of(call(() => this.handle.createSession()));
  }
}

/**
 * Resolves options: arguments before keys of an explicitly named profile, before environment,
 * before keys of the profile that the SDK chose. Reads neither files nor environment.
 *
 * @throws {@link RolesAnywhereError} `option_unknown`, `option_invalid`, `options_conflict`,
 * `feature_unavailable`, `config_file_malformed`
 */
export function resolveOptions(sources: OptionSources): Options {
  const given = object(sources, 'sources');
  const environment = Object.entries(object(given['environment'] ?? {}, 'environment'));
  const resolved = {
    arguments: optionArguments(given['arguments']),
    environment: pairs(environment.filter(([, value]) => value !== undefined), 'environment'),
    configFile: optionalText(given['configFile'], 'configFile'),
    ambientProfile: optionalText(given['ambientProfile'], 'ambientProfile'),
    vocabulary: text(given['vocabulary'] ?? 'camel_case', 'vocabulary'),
  };
  return Options.of(call(() => native().resolveOptions(resolved)));
}

/** Without a value where the caller keeps it. */
type OptionArgument = [string, string | undefined];

export function optionArguments(given: unknown): OptionArgument[] {
  const list: unknown[] = Array.isArray(given) ? given : Object.entries(object(given ?? {}, 'arguments'));
  return Array.from(list).flatMap((pair): OptionArgument[] => {
    if (!Array.isArray(pair) || pair.length !== 2) {
      throw wrong('arguments', 'pairs of a name and a value', pair);
    }
    return optionArgument(text(pair[0], 'arguments'), pair[1]);
  });
}

/** One option as the core takes it: a map gives an argument for each member. */
function optionArgument(name: string, value: unknown): OptionArgument[] {
  switch (typeof value) {
    case 'undefined':
      return [];
    case 'string':
      return [[name, value]];
    case 'number':
    case 'boolean':
      return [[name, String(value)]];
    case 'object':
      return value === null ? [] : objectArgument(name, value);
    default:
      return [[name, undefined]];
  }
}

function objectArgument(name: string, value: object): OptionArgument[] {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    return [[name, undefined]];
  }
  return pairs(value, name).map(([key, text]) => [name, `${key}=${text}`]);
}
