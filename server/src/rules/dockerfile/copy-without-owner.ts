import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { whatIsCopied } from "../knowledge/files/copied.ts";
import { plainUser } from "../knowledge/users/user-ids.ts";
import { instructionRule } from "../rule.ts";

export const copyWithoutOwner = instructionRule({
  id: "copy-without-owner",
  title: "Files copied for a user that root owns",
  severity: "hint",
  tags: ["run"],
  aliases: ["copy-after-user-without-chown"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: false,
  docs: {
    what: source`
      Reports COPY and ADD without \`--chown\` below a USER that is not root.`,
    why: source`
      USER does not count for COPY: what is copied belongs to root, or between stages to whom it belonged there. That is fine, and safer, for what the service only reads; what
      it has to write to needs an owner.`,
    bad: source`
      FROM node:24-alpine
      USER node
      COPY data /home/node/data
      ^^^^ copy-without-owner: What is copied belongs to root, not to node.`,
    good: source`
      FROM node:24-alpine
      USER node
      COPY --chown=node data /home/node/data`,
  },
  instructions: ["COPY", "ADD"],

  check(copy, stage, report) {
    if (copy.flags.some((it) => it.name === "chown")) return;
    if (copy.flags.some((it) => it.name === "from") && !isRoots(copy, stage)) return;
    const state = stage.before(copy);
    const user = plainUser(state, stage);
    if (user === undefined || !state.user.known) return;
    const { group } = state.user.value;
    const owner = group === undefined ? user : `${user}:${group}`;
    report(copy.keyword, `What is copied belongs to root, not to ${user}.`, {
      related: state.user.because,
      fixes: [
        {
          kind: "unsafe",
          title: `Add --chown=${owner}`,
          edits: [insert(copy.keyword.end, ` --chown=${owner}`)],
        },
      ],
    });
  },
});

/** Between stages files keep their owner. */
function isRoots(copy: Instruction, stage: Stage): boolean {
  const state = stage.after(copy);
  const owners = whatIsCopied(copy, stage)?.files.map((it) => state.ownerOf(it));
  return owners?.every((it) => it.known && it.value.isRoot) ?? false;
}
