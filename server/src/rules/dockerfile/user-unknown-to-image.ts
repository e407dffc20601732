import type { Answer } from "../../model/known.ts";
import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import { needsOf } from "../../model/stage/stage-graph.ts";
import type { StageState, UserSetting } from "../../model/stage/state.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { imagesWith } from "../knowledge/stages/images-with.ts";
import { creationOf } from "../knowledge/users/users.ts";
import { type Fix, stageRule } from "../rule.ts";
import { insertAbove } from "../writing/dockerfile/lines.ts";

export const userUnknownToImage = stageRule({
  id: "user-unknown-to-image",
  title: "USER that the image does not know",
  severity: "error",
  tags: ["build", "run"],
  aliases: ["S25", "user-not-in-passwd", "named-identity-in-passwdless-stage"],
  since: "0.1.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a USER with a user or group name that is certainly not in the stage's \`/etc/passwd\` or \`/etc/group\`:
      a user that only the builder stage has, or any name on \`scratch\`. Ids need no entry.`,
    why: source`
      A name is looked up in the image when a RUN or the container starts, and both fail with "unable to find user"
      if it is not there.`,
    bad: source`
      FROM golang:1.27-alpine AS builder
      RUN adduser -D app
      FROM scratch
      COPY api /api
      USER app
           ^^^ user-unknown-to-image: No user app is in this image.
      ENTRYPOINT ["/api"]`,
    good: source`
      FROM golang:1.27-alpine AS builder
      RUN adduser -D app
      FROM scratch
      COPY --from=builder /etc/passwd /etc/passwd
      COPY api /api
      USER app
      ENTRYPOINT ["/api"]`,
  },
  onlyWith: { instructions: ["USER"] },

  check(stage, report) {
    for (const instruction of stage.instructions) {
      if (instruction.name !== "USER") continue;
      const [word] = instruction.words;
      const { user } = stage.after(instruction);
      // An empty name is nobody's, and nothing looks it up.
      if (!word || !user.known || /^(?::|$)/.test(wordValue(word, instruction, stage) ?? "")) continue;

      const missing = missingFrom(user.value, instruction, stage);
      if (!missing || !isMissingInAll(missing, user.value, instruction, stage)) continue;
      report(word.span, `No ${missing.what} ${missing.name} is in this image.`, {
        related: missing.answer.because,
        fixes: missing.what === "user" ? fixesOf(user.value, word, instruction, stage) : [],
      });
    }
  },
});

interface Missing {
  readonly what: "user" | "group";
  readonly name: string;
  readonly answer: Answer;
}

const lastRunOf = notedOnStage(({ instructions }) => instructions.findLast((it) => it.name === "RUN"));

function missingFrom(
  { name, group }: UserSetting,
  instruction: Instruction,
  stage: Stage,
): Missing | undefined {
  // Without a RUN behind it the user may still be made: it counts when the container starts.
  return missingIn(isRunAs(instruction, stage) ? stage.before(instruction) : stage.result, { name, group });
}

function isRunAs(user: Instruction, stage: Stage): boolean {
  return (lastRunOf(stage)?.span.start ?? -1) > user.span.start;
}

/** Stages built on this one may make the user, and start as it. */
function isMissingInAll(
  { what, name }: Missing,
  user: UserSetting,
  instruction: Instruction,
  stage: Stage,
): boolean {
  return (
    isRunAs(instruction, stage) ||
    imagesWith(instruction, stage).every(({ result }) => {
      const missing = missingIn(result, user);
      return missing?.what === what && missing.name === name;
    })
  );
}

function missingIn(
  state: StageState,
  { name, group }: Pick<UserSetting, "name" | "group">,
): Missing | undefined {
  const user = isId(name) ? undefined : state.hasUser(name);
  if (user?.is === "no") return { what: "user", name, answer: user };
  const answer = group === undefined || isId(group) ? undefined : state.hasGroup(group);
  return answer?.is === "no" && group !== undefined ? { what: "group", name: group, answer } : undefined;
}

function isId(name: string): boolean {
  return name === "" || /^\d+$/.test(name);
}

function fixesOf(user: UserSetting, word: Word, instruction: Instruction, stage: Stage): Fix[] {
  const { file } = stage.model;
  const before = stage.before(instruction);
  const fixes: Fix[] = [];

  // Of others than those that it takes something from, an edit may change what they have without this stage being looked at again.
  const owner = needsOf(stage).findLast(
    (it) => it.index < stage.index && it.result.hasUser(user.name).is === "yes",
  );
  if (owner && before.hasPath("/etc/passwd").is !== "yes" && before.hasShell.is === "no") {
    // A name may stand for another stage of the same name.
    const isNamed = owner.name !== undefined && stage.model.findStage(owner.name) === owner;
    const from = (isNamed && owner.nameWord?.raw) || String(owner.index);
    const files = user.group === undefined ? ["passwd"] : ["passwd", "group"];
    fixes.push({
      kind: "unsafe",
      title: `Copy the user from ${from}`,
      edits: [
        insertAbove(file, instruction, ...files.map((it) => `COPY --from=${from} /etc/${it} /etc/${it}`)),
      ],
    });
  }

  const isRoot = before.user.known && before.user.value.isRoot;
  const create = isRoot && before.hasShell.is === "yes" ? creationOf(user.name, stage) : undefined;
  if (create !== undefined && user.group === undefined) {
    fixes.push({
      kind: "unsafe",
      title: `Create the user ${user.name}`,
      edits: [insertAbove(file, instruction, `RUN ${create}`)],
    });
  }
  // Who asks for root is meant to have its rights.
  const id = user.name === "root" ? "0" : "65532:65532";
  fixes.push({ kind: "unsafe", title: "Use a numeric id", edits: [replace(word.span, id)] });
  return fixes;
}
