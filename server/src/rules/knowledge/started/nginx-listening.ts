import { imageNameBelow } from "../../../model/stage/base-image.ts";
import { targetFolder } from "../../../model/stage/copy-target.ts";
import { baseName, directoryOf, isWithin } from "../../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import { stagesDownFrom } from "../../../model/stage/stage-graph.ts";
import { startedCommand } from "../../../model/stage/started/started-command.ts";
import { says } from "../../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import { readNginx } from "../../../syntax/gateway/nginx.ts";
import { whatIsCopied } from "../files/copied.ts";
import { originOf } from "../files/file-origin.ts";

/**
 * The ports on which nginx of the official image listens: those of the configuration that is copied over the image's own. Undefined
 * where none is, something else may write there, or a port is a variable's.
 */
export const nginxPorts = notedOnStage((stage): readonly number[] | undefined => {
  const copied = startsNginx(stage) ? configurationsOf(stage) : undefined;
  if (!copied || copied.size === 0) return undefined;
  const main = copied.has(MAIN) ? textOf(MAIN, stage) : `include ${SITES}/*.conf;`;
  if (main === undefined) return undefined;
  const texts: (string | undefined)[] = [main];
  // Its own site listens on 80, where it is neither replaced nor taken out of the main one.
  if (main.includes("conf.d/")) {
    if (!copied.has(DEFAULT_SITE)) texts.push("server { }");
    for (const path of copied) if (path !== MAIN) texts.push(textOf(path, stage));
  }
  const listens = texts.map((it) => (it === undefined ? undefined : readNginx(it).listens));
  const ports = new Set(listens.flatMap((it) => it ?? []));
  return ports.size === 0 || listens.includes(undefined) ? undefined : [...ports];
});

/** Does the image start nginx with the configuration that the official image brings, and with nothing else? What is mounted may be another. */
export const hasOwnSiteAlone = notedOnStage(
  (stage): boolean => startsNginx(stage) && configurationsOf(stage)?.size === 0,
);

function startsNginx(stage: Stage): boolean {
  if (imageNameBelow(stage)?.name !== "nginx") return false;
  const started = startedCommand(stage);
  return started?.program.text === "nginx" && !started.words.some((it) => /^-[cp]/.test(it.text ?? "-c"));
}

/** The port of the site that the official image brings (nginx 1.30's `conf.d/default.conf`, as generally known). */
export const OWN_SITE_PORT = 80;

const FOLDER = "/etc/nginx";
const MAIN = "/etc/nginx/nginx.conf";
const SITES = "/etc/nginx/conf.d";
const DEFAULT_SITE = "/etc/nginx/conf.d/default.conf";

/** The paths of the configurations that are copied; undefined where others may be. */
function configurationsOf(stage: Stage): ReadonlySet<string> | undefined {
  const found = new Set<string>();
  for (const it of stagesDownFrom(stage)) {
    for (const instruction of it.instructions) {
      if (instruction.name === "RUN" && says(/\bnginx\b|\bconf\.d\b/, instruction)) return undefined;
      if (instruction.name !== "COPY" && instruction.name !== "ADD") continue;
      const paths = writtenIn(instruction, it);
      if (!paths?.every((path) => path === MAIN || (directoryOf(path) === SITES && path.endsWith(".conf"))))
        return undefined;
      for (const path of paths) found.add(path);
    }
  }
  return found;
}

function writtenIn(copy: Instruction, stage: Stage): readonly string[] | undefined {
  const to = targetFolder(copy, stage);
  if (to === undefined) return undefined;
  if (!isWithin(to, FOLDER) && !isWithin(FOLDER, to)) return [];
  const copied = whatIsCopied(copy, stage);
  const areNamed = copied?.areFiles === true && copied.files.every((it) => /\.\w+$/.test(baseName(it)));
  return areNamed ? copied.files.filter((it) => isWithin(it, FOLDER)) : undefined;
}

function textOf(path: string, stage: Stage): string | undefined {
  return originOf(path, stage)?.text.replace(/#.*$/gm, "");
}
