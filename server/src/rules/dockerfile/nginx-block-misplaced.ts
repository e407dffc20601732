import { imageNameBelow } from "../../model/stage/base-image.ts";
import { targetFolder } from "../../model/stage/copy-target.ts";
import { isWithin } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { startedCommand } from "../../model/stage/started/started-command.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import { whatIsCopied } from "../knowledge/files/copied.ts";
import { originOf } from "../knowledge/files/file-origin.ts";
import { misplacedNginxBlock, NGINX_IMAGES, NGINX_MAIN } from "../knowledge/started/nginx-blocks.ts";
import { type Report, stageRule } from "../rule.ts";

export const nginxBlockMisplaced = stageRule({
  id: "nginx-block-misplaced",
  title: "Configuration of nginx at the place of another kind",
  severity: "error",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports a COPY of a configuration with \`events\` or \`http\` to \`/etc/nginx/conf.d\`, and of one without them to
      \`/etc/nginx/nginx.conf\`, in an image of nginx that starts nginx. Silent where a RUN changes the configuration, and for
      files with \`include\` outside of all blocks.`,
    why: source`
      The image's own nginx.conf takes each file of \`conf.d\` into its \`http\` block: there nginx ends with "events directive is not
      allowed here". In the place of nginx.conf itself a \`server\` is not allowed, and \`events\` is missing.`,
    context: { "nginx.conf": "events {}\nhttp {\n  server { listen 80; }\n}\n" },
    bad: source`
      FROM nginx:1.30-alpine
      COPY nginx.conf /etc/nginx/conf.d/default.conf
           ^^^^^^^^^^ nginx-block-misplaced: nginx takes the files of this folder into http, where no events may stand.`,
    good: source`
      FROM nginx:1.30-alpine
      COPY nginx.conf /etc/nginx/nginx.conf`,
  },

  check(stage, report) {
    if (!stage.isFinal || !NGINX_IMAGES.test(imageNameBelow(stage)?.name ?? "")) return;
    const started = startedCommand(stage);
    if (started?.program.text !== "nginx" || started.words.some((it) => /^-[cp]/.test(it.text ?? "-c")))
      return;
    const stages = [...stagesDownFrom(stage)];
    if (stages.some((it) => it.instructions.some((run) => run.name === "RUN" && says(/nginx|conf\.d/, run))))
      return;
    const copies = stages.flatMap((it) =>
      it.instructions.filter(isCopy).map((copy) => ({ copy, stage: it })),
    );
    const hasOwnMain = copies.some((it) => mayWriteMain(it.copy, it.stage));
    for (const it of copies) checkCopy(it.copy, it.stage, hasOwnMain, report);
  },
});

function isCopy({ name }: Instruction): boolean {
  return name === "COPY" || name === "ADD";
}

function mayWriteMain(copy: Instruction, stage: Stage): boolean {
  const to = targetFolder(copy, stage);
  if (to === undefined || to === NGINX_MAIN) return true;
  return isWithin(NGINX_MAIN, to) && !whatIsCopied(copy, stage)?.files.every((it) => it !== NGINX_MAIN);
}

/** `hasOwnMain`: which files nginx takes in is not for the image's own configuration to say. */
function checkCopy(copy: Instruction, stage: Stage, hasOwnMain: boolean, report: Report): void {
  const copied = whatIsCopied(copy, stage);
  if (!copied) return;
  for (const [index, path] of copied.files.entries()) {
    const word = copy.words[index];
    if (!word || !path.startsWith("/etc/nginx/") || (hasOwnMain && path !== NGINX_MAIN)) continue;
    const origin = originOf(path, stage);
    const why = origin && misplacedNginxBlock(path, origin.text);
    if (why) report(word.span, `${why}.`);
  }
}
