import type { Stage } from "../../model/stage/stage.ts";
import type { Word } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { isTarget } from "../knowledge/stages/target-stages.ts";
import { isWindows } from "../knowledge/stages/windows.ts";
import { factsBelow, idOfUser } from "../knowledge/users/user-ids.ts";
import { type Fix, stageRule } from "../rule.ts";

export const userNotNumeric = stageRule({
  id: "user-not-numeric",
  title: "USER by name, which only the image can resolve",
  severity: "info",
  tags: ["run", "security"],
  aliases: ["DL3066"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  oncePerPlace: true,
  docs: {
    what: source`
      Reports the last USER of a stage that becomes an image, where it is a name. Names from a variable, root, and the
      users of Windows containers are left alone. The fix writes the number where it is certain which one it is.`,
    why: source`
      What runs the container cannot look into the image's table of users. Kubernetes with \`runAsNonRoot\` refuses to
      start an image whose user is a name, since it cannot tell that it is not root.`,
    bad: source`
      FROM alpine:3.24
      RUN adduser -D -u 10001 app
      USER app
           ^^^ user-not-numeric: app is a name, and only the image knows which number it is.`,
    good: source`
      FROM alpine:3.24
      RUN adduser -D -u 10001 app
      USER 10001`,
  },

  check(stage, report) {
    if (!isTarget(stage)) return;
    const { user } = stage.result;
    const word = user.known ? user.value.instruction?.words[0] : undefined;
    if (!user.known || !word) return;
    const { name, isRoot } = user.value;
    if (isRoot || name === "" || /^\d+$/.test(name) || word.raw.includes("$") || WINDOWS.test(name)) return;
    if (isWindows(stage.result, stage)) return;
    const message = `${name} is a name, and only the image knows which number it is.`;
    report(word.span, message, { fixes: numbered(name, word, stage) });
  },
});

/** Accounts that Windows containers have, where there are no numbers. */
const WINDOWS = /^Container(?:Administrator|User)$|\\/i;

/** Unsafe, since what reads the image's configuration, or a stage built on it, may look for the name. */
function numbered(name: string, { raw, span }: Word, stage: Stage): Fix[] {
  const id = idOfUser(name, stage);
  if (id === undefined || (raw !== name && !raw.startsWith(`${name}:`)) || isOfAnother(id, name, stage))
    return [];
  const edits = [replace({ start: span.start, end: span.start + name.length }, String(id))];
  return [{ kind: "unsafe", title: `Write ${id}, which is ${name}`, edits }];
}

/** Then the user cannot be made with it, and who mends that gives it another one. */
function isOfAnother(id: number, name: string, stage: Stage): boolean {
  const users = factsBelow(stage)?.users ?? {};
  return Object.keys(users).some(
    (it) => it !== name && users[it] === id && stage.result.hasUser(it).is !== "no",
  );
}
