import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { plainUser } from "../knowledge/user-ids.ts";
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
      USER does not count for COPY: what is copied belongs to root. That is fine, and safer, for what the service only reads; what
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
