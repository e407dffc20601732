import { UNKNOWN } from "../../../syntax/dockerfile/expand.ts";
import type { Word } from "../../../syntax/dockerfile/tree.ts";
import type { ImageFacts } from "../../image/facts.ts";
import { type Known, known, notKnown, type Reason } from "../../known.ts";
import { PLATFORM_ARGUMENTS } from "../global-arguments.ts";
import type { CommandSetting } from "../state.ts";
import { type BaseConfiguration, commandSetting, defaultShell } from "./configuration.ts";
import { userSetting } from "./user-setting.ts";

/** What the facts of an image say of its configuration. `word` is the place in FROM that names it. */
export function imageConfiguration(facts: ImageFacts, word: Word, reason: Reason): BaseConfiguration {
  const label = [facts.name, facts.tag].filter(Boolean).join(":");
  const told = <T>(value: T | undefined, what: string): Known<T> =>
    value === undefined
      ? notKnown({ ...reason, message: `it is not known what ${what} ${label} has` })
      : known(value, { ...reason, message: `set by ${label}` });
  const command = (
    words: readonly string[] | null | undefined,
    what: string,
  ): Known<CommandSetting | undefined> => {
    if (words === undefined)
      return notKnown({ ...reason, message: `it is not known what ${what} ${label} has` });
    if (words === null) return known(undefined, { ...reason, message: `${label} has no ${what}` });
    const spanned = words.map((raw) => ({ raw, span: word.span }));
    return known(commandSetting(undefined, "exec", spanned), { ...reason, message: `set by ${label}` });
  };
  const user = facts.defaultUser;
  return {
    user:
      user === undefined
        ? notKnown({ ...reason, message: `it is not known as which user ${label} runs` })
        : known(userSetting(user, undefined), {
            ...reason,
            message: `${label} runs as ${user === "0" ? "root" : user}`,
          }),
    workdir: told(facts.workdir, "working directory"),
    shell: facts.shellCommand
      ? known(facts.shellCommand, { ...reason, message: `set by ${label}` })
      : defaultShell(reason),
    ports:
      facts.exposedPorts?.length === 0
        ? known([], { ...reason, message: `${label} exposes no port` })
        : told(facts.exposedPorts, "ports"),
    volumes: told(facts.volumes, "volumes"),
    healthcheck:
      facts.hasHealthcheck === false
        ? known(undefined, { ...reason, message: `${label} has no health check` })
        : notKnown({ ...reason, message: `it is not known what health check ${label} has` }),
    entrypoint: command(facts.entrypoint, "entrypoint"),
    command: command(facts.cmd, "command"),
    stopSignal:
      facts.stopSignal === null
        ? known(undefined, { ...reason, message: `${label} sets no stop signal` })
        : told(facts.stopSignal, "stop signal"),
    variable(name) {
      const value =
        facts.environment && Object.hasOwn(facts.environment, name) ? facts.environment[name] : undefined;
      if (value !== undefined)
        return { value: value ?? undefined, reason: { ...reason, message: `${label} sets ${name}` } };
      return facts.environmentComplete || isNeverOfImage(name) ? undefined : UNKNOWN;
    },
  };
}

/** What a build is told of its platforms, and what has shells read a file first: no image of which anything is known sets it. */
function isNeverOfImage(name: string): boolean {
  return PLATFORM_ARGUMENTS.has(name) || name === "BASH_ENV" || name === "ENV";
}
