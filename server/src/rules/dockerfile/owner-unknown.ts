import type { Answer } from "../../model/known.ts";
import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import { fewTimes } from "../knowledge/stages/few-times.ts";
import { instructionRule } from "../rule.ts";

export const ownerUnknown = instructionRule({
  id: "owner-unknown",
  title: "Owner of copied files that the image does not know",
  severity: "warning",
  tags: ["run", "security"],
  aliases: ["S26", "chown-name-unknown"],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`--chown\` of COPY and ADD with the name of a user or group that is certainly not in the stage's
      \`/etc/passwd\` or \`/etc/group\` at this point. Ids need no entry.`,
    why: source`
      BuildKit does not fail for a name that it does not find: it gives the files to root, and the service finds out when it
      wants to write. Create the user above the COPY, or write its id.`,
    bad: source`
      FROM alpine:3.24
      COPY --chown=app data /data
                   ^^^ owner-unknown: No user app is in this image here, so the files belong to root.
      RUN adduser -D app`,
    good: source`
      FROM alpine:3.24
      RUN adduser -D app
      COPY --chown=app data /data`,
  },
  instructions: ["COPY", "ADD"],

  check(copy, stage, report) {
    const flag = copy.flags.find((it) => it.name === "chown");
    if (!flag?.value || !flag.valueSpan || /[$"'\\]/.test(flag.value)) return;
    const { start, end } = flag.valueSpan;
    // Only where the flag is written as it is read.
    if (end - start !== flag.value.length) return;
    const [user = "", group] = flag.value.split(":");
    const state = stage.before(copy);
    const noUser = missing(user, (it) => state.hasUser(it));
    const noGroup = missing(group, (it) => state.hasGroup(it));
    if (noUser)
      report(
        { start, end: start + user.length },
        `No user ${user} is in this image here, so the files belong to root.`,
        { related: [...noUser.because, ...createdLater(user, copy, stage)] },
      );
    else if (noGroup)
      report(
        { start: start + user.length + 1, end },
        `No group ${group} is in this image here, so the files get the group of root.`,
        { related: noGroup.because },
      );
  },
});

function missing(name: string | undefined, has: (name: string) => Answer): Answer | undefined {
  // Root's id is what a name that is not found becomes.
  if (!name || name === "root" || /^\d+$/.test(name)) return undefined;
  const answer = has(name);
  return answer.is === "no" ? answer : undefined;
}

const isLookedFor = fewTimes(notedOnStage, 20);

function createdLater(name: string, copy: Instruction, stage: Stage): Answer["because"] {
  if (stage.result.hasUser(name).is !== "yes" || !isLookedFor(stage)) return [];
  const below = stage.instructions.filter((it) => it.span.start > copy.span.start && it.name === "RUN");
  const later = below.find((it) => stage.after(it).hasUser(name).is === "yes");
  return later ? [{ message: `The user ${name} is created only here.`, span: later.span }] : [];
}
