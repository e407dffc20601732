import type { Answer } from "../../model/known.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import { createdLater } from "../knowledge/users/created-later.ts";
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
      wants to write. Only where \`FROM scratch\` has no files at all yet the build ends, with "invalid user index". Create the user above
      the COPY, or write its id.`,
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
    if (!noUser && !noGroup) return;
    const severity = isEmptyBefore(copy, stage) ? "error" : "warning";
    const ends = severity === "error" ? "and the build ends for that" : undefined;
    if (noUser)
      report(
        { start, end: start + user.length },
        `No user ${user} is in this image here, ${ends ?? "so the files belong to root"}.`,
        { severity, related: [...noUser.because, ...createdLater(user, copy, stage)] },
      );
    else if (noGroup)
      report(
        { start: start + user.length + 1, end },
        `No group ${group} is in this image here, ${ends ?? "so the files get the group of root"}.`,
        { severity, related: noGroup.because },
      );
  },
});

function missing(name: string | undefined, has: (name: string) => Answer): Answer | undefined {
  // Root's id is what a name that is not found becomes.
  if (!name || name === "root" || /^\d+$/.test(name)) return undefined;
  const answer = has(name);
  return answer.is === "no" ? answer : undefined;
}

/** Is there no layer yet in which BuildKit could look names up (`FROM scratch`, and nothing that makes one)? */
function isEmptyBefore(copy: Instruction, stage: Stage): boolean {
  if (stage.bottom.base.kind !== "scratch") return false;
  for (const { instructions } of stagesDownFrom(stage))
    if (instructions.some((it) => it.span.start < copy.span.start && MAKES_LAYER.test(it.name ?? "")))
      return false;
  return true;
}

const MAKES_LAYER = /^(COPY|ADD|RUN|WORKDIR)$/;
