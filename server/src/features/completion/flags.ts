import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import { type FlagKnowledge, flagsOf } from "../knowledge/flags.ts";
import { type Candidate, candidatesFrom, escapeSnippet } from "./candidate.ts";
import type { DockerfileCursor } from "./dockerfile-cursor.ts";
import { imagesAndStages } from "./images.ts";
import { completeMount } from "./mounts.ts";
import { usersOrGroups } from "./users.ts";

/** `--` and what follows it: names of flags, or the value of the one that is written. */
export function completeFlag(model: DockerfileModel, cursor: DockerfileCursor): Candidate[] {
  const flags = flagsOf[cursor.keyword] ?? [];
  const [, name, value] = /^--([\w-]+)=(.*)$/.exec(cursor.typed) ?? [];
  if (name === undefined || value === undefined) return flagNames(flags, cursor);
  if (name === "mount") return completeMount(model, cursor, value);
  if (name === "from") return imagesAndStages(model, cursor, value);

  const flag = flags.find((it) => it.name === name);
  const candidate = candidatesFrom(cursor.offset - value.length, cursor.offset);
  if (name === "chown")
    return usersOrGroups(model, cursor.offset, value).map((it) =>
      candidate(it.value, "value", { detail: it.summary }),
    );
  return (flag?.value?.known ?? []).map((it) => candidate(it.value, "value", { documentation: it.summary }));
}

/** Flags that may come next where nothing of an argument is typed yet: behind what mostly comes. */
export function flagsToCome(cursor: DockerfileCursor): Candidate[] {
  if (cursor.typed !== "" || !cursor.words.every((it) => it.startsWith("--"))) return [];
  return flagNames(flagsOf[cursor.keyword] ?? [], cursor).map((it) => ({ ...it, rank: 40 }));
}

/** A flag that was given already is left out, unless it can be given several times. */
function flagNames(flags: readonly FlagKnowledge[], cursor: DockerfileCursor): Candidate[] {
  const candidate = candidatesFrom(cursor.offset - cursor.typed.length, cursor.offset);
  const given = new Set(cursor.words.map((it) => it.replace(/^--/, "").replace(/=.*$/, "")));
  return flags
    .filter(({ name }) => repeatable.has(name) || !given.has(name))
    .map(({ name, value, summary, since }) => {
      const open =
        value !== undefined &&
        (value.known.length > 0 || name === "mount" || name === "from" || name === "chown");
      const written =
        value === undefined
          ? `--${name}`
          : open
            ? `--${name}=`
            : `--${name}=\${1:${escapeSnippet(value.placeholder)}}`;
      return candidate(value === undefined ? `--${name}` : `--${name}=`, "flag", {
        ...(since && { detail: `since Dockerfile ${since}` }),
        documentation: summary,
        text: written,
        snippet: !open && value !== undefined,
        continues: open,
      });
    });
}

const repeatable: ReadonlySet<string> = new Set(["mount", "exclude", "device"]);
