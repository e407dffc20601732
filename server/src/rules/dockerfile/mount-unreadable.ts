import type { Flag } from "../../syntax/dockerfile/tree.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { idOfUser, plainUser } from "../knowledge/user-ids.ts";
import { type Fix, instructionRule } from "../rule.ts";

export const mountUnreadable = instructionRule({
  id: "mount-unreadable",
  title: "Secret mount that the user of the RUN cannot read",
  severity: "warning",
  tags: ["build"],
  aliases: ["S30", "mount-unreadable-as-user"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports \`--mount=type=secret\` and \`type=ssh\` without \`uid\` and \`mode\` in a RUN of a user that is certainly not root.
      Silent for a secret that is mounted as a variable, and where sudo reads it.`,
    why: source`
      A secret is mounted for root alone, with the mode 0400, and an SSH agent's socket with 0600 (Dockerfile reference): any
      other user is told "permission denied".`,
    bad: source`
      FROM node:24-alpine
      USER node
      RUN --mount=type=secret,id=npmrc,target=/home/node/.npmrc npm ci
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mount-unreadable: Only root can read this mount, and this RUN runs as node.`,
    good: source`
      FROM node:24-alpine
      USER node
      RUN --mount=type=secret,id=npmrc,target=/home/node/.npmrc,uid=1000 npm ci`,
  },
  instructions: ["RUN"],

  check(run, stage, report) {
    const mounts = run.flags.filter(isForRoot);
    if (mounts.length === 0) return;
    const state = stage.before(run);
    const user = plainUser(state, stage);
    const script = stage.commandsOf(run);
    const isSudo =
      !script?.complete || script.commands.some((it) => /^(sudo|doas|su)$/.test(it.name?.literal ?? ""));
    if (user === undefined || isSudo) return;
    const id = idOfUser(user, stage);
    for (const mount of mounts)
      report(mount.span, `Only root can read this mount, and this RUN runs as ${user}.`, {
        related: state.user.because,
        fixes: id === undefined ? [] : withId(mount, id),
      });
  },
});

function isForRoot({ name, fields }: Flag): boolean {
  if (name !== "mount") return false;
  const field = (...names: string[]) => fields.find((it) => names.includes(it.name));
  const type = field("type")?.value;
  if (field("uid", "mode")) return false;
  return type === "ssh" || (type === "secret" && !(field("env") && !field("target", "dst", "destination")));
}

function withId({ value, valueSpan }: Flag, id: number): readonly Fix[] {
  const isWritten = valueSpan !== undefined && valueSpan.end - valueSpan.start === value?.length;
  if (!isWritten) return [];
  return [{ kind: "safe", title: `Add uid=${id}`, edits: [insert(valueSpan.end, `,uid=${id}`)] }];
}
