import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { KnownValue } from "../knowledge/flags.ts";
import { lineage } from "../stage-lineage.ts";
import { factsBelow, stateAt } from "./state-at.ts";

/** What may stand behind `USER` or `--chown=`: users, and behind `user:` groups, written with what is typed in front of them. */
export function usersOrGroups(model: DockerfileModel, offset: number, typed: string): readonly KnownValue[] {
  const [, user] = /^([^:]*):/.exec(typed) ?? [];
  return user === undefined
    ? usersAt(model, offset)
    : groupsAt(model, offset).map(({ value, summary }) => ({ value: `${user}:${value}`, summary }));
}

/** Groups of the base image, and those that the stage made by name; with a user mostly comes a group of its name. */
function groupsAt(model: DockerfileModel, offset: number): readonly KnownValue[] {
  const here = stateAt(model, offset);
  if (!here) return [];
  const groups = new Map<string, string>();
  const names = Object.keys(factsBelow(here.stage)?.groups ?? {});
  for (const name of names) groups.set(name, "group of the base image");
  for (const { value } of usersAt(model, offset))
    if (!groups.has(value) && here.state.hasGroup(value).is === "yes") groups.set(value, "of the same name");
  for (const { command, name } of accountsMade(here.stage, offset, /^(?:groupadd|addgroup)$/))
    groups.set(name, `made by ${command}`);
  return [...groups].map(([value, summary]) => ({ value, summary }));
}

/** Accounts that the programs of a name have made up to an offset, in the stage and those that it is built on. */
function accountsMade(
  stage: Stage,
  offset: number,
  programs: RegExp,
): readonly { readonly command: string; readonly name: string }[] {
  return lineage(stage).flatMap((one) =>
    one.instructions
      .filter((it) => it.keyword.start < offset)
      .flatMap((it) => one.scriptOf(it)?.commands ?? [])
      .flatMap(({ name: program, arguments: words }) => {
        const command = program?.literal;
        if (command === undefined || !programs.test(command)) return [];
        const name = userMade(words.map((it) => it.literal));
        return name === undefined ? [] : [{ command, name }];
      }),
  );
}

/** Users that are known to be there at an offset: those of the base image, and those that the stage made by name. */
export function usersAt(model: DockerfileModel, offset: number): readonly KnownValue[] {
  const stage = model.stages.findLast((it) => it.from.keyword.start < offset);
  if (!stage) return [];
  const users = new Map<string, string>();
  for (const one of lineage(stage)) {
    if (one.base.kind === "image" && one.base.facts.known) {
      for (const [name, id] of Object.entries(one.base.facts.value.users ?? {})) {
        users.set(name, `user ${id} of ${one.base.image.text}`);
      }
    }
  }
  for (const { command, name } of accountsMade(stage, offset, /^(?:useradd|adduser)$/))
    users.set(name, `made by ${command}`);
  return [...users].map(([value, summary]) => ({ value, summary }));
}

/** The last word that is no option; `adduser USER GROUP` of Alpine names the user first, and is rare. */
function userMade(words: readonly (string | undefined)[]): string | undefined {
  const last = words.at(-1);
  return last !== undefined && /^[a-z_][\w-]*$/.test(last) ? last : undefined;
}
