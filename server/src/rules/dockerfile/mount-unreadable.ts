import { mountsOf, type RunMount } from "../../syntax/dockerfile/run-mounts.ts";
import type { Flag } from "../../syntax/dockerfile/tree.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { idOfUser, plainUser } from "../knowledge/users/user-ids.ts";
import { type Fix, instructionRule } from "../rule.ts";

export const mountUnreadable = instructionRule({
  id: "mount-unreadable",
  title: "Mount that only root can use, in a RUN of another user",
  severity: "warning",
  tags: ["build"],
  aliases: ["S30", "mount-unreadable-as-user"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports \`--mount\` of the types \`secret\`, \`ssh\` and \`cache\` without \`uid\` and \`mode\` in a RUN of a user that is
      certainly not root. Silent for a secret that is mounted as a variable, for a cache that another stage fills, and where sudo
      is used.`,
    why: source`
      A secret is mounted for root alone, with the mode 0400, an SSH agent's socket with 0600, and a cache as a directory of root's
      with 0755 (Dockerfile reference): any other user is told "permission denied".`,
    bad: source`
      FROM node:24-alpine
      WORKDIR /home/node
      COPY package*.json ./
      USER node
      RUN --mount=type=secret,id=npmrc,target=/home/node/.npmrc npm ci
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mount-unreadable: Only root can read this mount, and this RUN runs as node.`,
    good: source`
      FROM node:24-alpine
      WORKDIR /home/node
      COPY package*.json ./
      USER node
      RUN --mount=type=secret,id=npmrc,target=/home/node/.npmrc,uid=1000 npm ci`,
  },
  instructions: ["RUN"],

  check(run, stage, report) {
    const mounts = mountsOf(run).filter(isForRoot);
    if (mounts.length === 0) return;
    const state = stage.before(run);
    const user = plainUser(state, stage);
    const script = stage.commandsOf(run);
    const isSudo = !script?.complete || script.commands.some((it) => SWITCHING.has(it.name?.literal ?? ""));
    if (user === undefined || isSudo) return;
    const id = idOfUser(user, stage);
    for (const mount of mounts)
      report(mount.flag.span, `Only root can ${useOf(mount)} this mount, and this RUN runs as ${user}.`, {
        related: state.user.because,
        fixes: id === undefined ? [] : withId(mount.flag, id),
      });
  },
});

const SWITCHING: ReadonlySet<string> = new Set(["sudo", "doas", "su"]);

function isForRoot({ flag, type, from, source, target }: RunMount): boolean {
  const has = (...names: string[]) => flag.fields.some((it) => names.includes(it.name));
  if (has("uid", "mode")) return false;
  switch (type) {
    case "ssh":
      return true;
    case "secret":
      return target !== undefined || !has("env");
    case "cache":
      // What is there already, or stays as it is, is not written to.
      return !from && !source && !has("readonly", "ro");
    default:
      return false;
  }
}

function useOf({ type }: RunMount): string {
  return type === "cache" ? "write to" : "read";
}

function withId({ value, valueSpan }: Flag, id: number): readonly Fix[] {
  const isWritten = valueSpan !== undefined && valueSpan.end - valueSpan.start === value?.length;
  if (!isWritten) return [];
  return [{ kind: "safe", title: `Add uid=${id}`, edits: [insert(valueSpan.end, `,uid=${id}`)] }];
}
