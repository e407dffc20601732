import { imageNameBelow } from "../../model/stage/base-image.ts";
import { mayCopyTo } from "../../model/stage/copy-target.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { startedCommand } from "../../model/stage/started/started-command.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import { plainUser } from "../knowledge/users/user-ids.ts";
import { type Fix, stageRule } from "../rule.ts";
import { insertAbove } from "../writing/dockerfile/lines.ts";

export const nginxAsUser = stageRule({
  id: "nginx-as-user",
  title: "Start of nginx as a user who may not write where it does",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports USER in a final image that is built on the official \`nginx\` and starts it, where nothing gives that user
      \`/var/cache/nginx\` and \`/run/nginx.pid\`, and no other \`nginx.conf\` is copied. \`nginxinc/nginx-unprivileged\` is made for
      it.`,
    why: source`
      The official image is made to be started by root, which then hands over to the user \`nginx\`. Started as another user it
      ends with "mkdir() /var/cache/nginx/client_temp failed (13: Permission denied)", unless what runs it mounts something
      there.`,
    bad: source`
      FROM nginx:1.29-alpine
      COPY site /usr/share/nginx/html
      USER nginx
      ^^^^^^^^^^ nginx-as-user: nginx cannot start as nginx: /var/cache/nginx and /run/nginx.pid, which it writes, are root's.`,
    good: source`
      FROM nginx:1.29-alpine
      COPY site /usr/share/nginx/html
      RUN touch /run/nginx.pid && chown -R nginx /run/nginx.pid /var/cache/nginx
      USER nginx`,
  },
  onlyWith: { instructions: ["USER"] },

  check(stage, report) {
    if (!stage.isFinal || imageNameBelow(stage)?.name !== "nginx") return;
    const user = plainUser(stage.result, stage);
    const instruction = stage.result.user.known ? stage.result.user.value.instruction : undefined;
    if (user === undefined || !instruction || !stage.instructions.includes(instruction)) return;
    const started = startedCommand(stage);
    if (started?.program.text !== "nginx" || started.words.some((it) => /^-[cpt]|pid/.test(it.text ?? "-c")))
      return;
    for (const it of stagesDownFrom(stage)) if (it.instructions.some((one) => mayPrepare(one, it))) return;

    report(
      instruction.span,
      `nginx cannot start as ${user}: /var/cache/nginx and /run/nginx.pid, which it writes, are root's.`,
      { related: stage.result.user.because, fixes: fixesOf(user, instruction, stage) },
    );
  },
});

/** Something that may give the directories away, or tell nginx of others. One word is enough. */
function mayPrepare(instruction: Instruction, stage: Stage): boolean {
  const { name } = instruction;
  if (name === "COPY" || name === "ADD") return mayCopyTo(PLACES, instruction, stage);
  return name === "RUN" && says(PREPARES, instruction);
}

const PLACES = /^\/(?:etc|usr)?$|^\/(?:var|run)(?:\/|$)|^\/etc\/nginx(?:\/nginx\.conf)?$/;

const PREPARES =
  /nginx\.(?:conf|pid)|\/run\b|\/var\b|\/etc\/nginx\b|\.sh\b|setfacl|usermod|\bsed\b|chmod[^&;|]*\s\/\s*(?:$|[&;|])/;

function fixesOf(user: string, instruction: Instruction, stage: Stage): Fix[] {
  const before = stage.before(instruction);
  if (!before.user.known || !before.user.value.isRoot || before.hasShell.is !== "yes") return [];
  const line = `RUN touch /run/nginx.pid && chown -R ${user} /run/nginx.pid /var/cache/nginx`;
  const edits = [insertAbove(stage.model.file, instruction, line)];
  return [{ kind: "unsafe", title: `Give them to ${user}`, edits }];
}
