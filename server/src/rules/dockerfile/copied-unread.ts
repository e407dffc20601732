import { imageNameBelow } from "../../model/stage/base-image.ts";
import { targetFolder } from "../../model/stage/copy-target.ts";
import { isOwn } from "../../model/stage/holding-stage.ts";
import { isWithin } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { literally } from "../../text/literally.ts";
import { source } from "../../text/source.ts";
import { stageRule } from "../rule.ts";

export const copiedUnread = stageRule({
  id: "copied-unread",
  title: "Copied to where the image's server does not look",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports COPY and ADD to a directory that another server, or a distribution's package, would read: \`/var/www/html\` on nginx,
      \`/usr/share/nginx/html\` on httpd, \`/opt/tomcat/webapps\` on tomcat, \`/docker-entrypoint-init.d\` on postgres, mysql, mariadb and
      mongo. Silent where the stage sets its own start or brings settings, names the directory again, or such settings are in the
      build context.`,
    why: source`
      The image builds and starts, and shows its welcome page or a 404, or a database without its tables: each official image reads a
      directory of its own.`,
    context: { "index.html": "<h1>Hello</h1>\n" },
    bad: source`
      FROM nginx:1.29-alpine
      COPY index.html /var/www/html/
                      ^^^^^^^^^^^^^^ copied-unread: nginx looks into /usr/share/nginx/html in this image, not here.`,
    good: source`
      FROM nginx:1.29-alpine
      COPY index.html /usr/share/nginx/html/`,
  },

  check(stage, report) {
    const image = imageNameBelow(stage)?.name;
    const place = image === undefined ? undefined : PLACES.find((it) => it.images.test(image));
    if (!stage.isFinal || !place || image === undefined || !startsAsImage(stage)) return;
    for (const copy of stage.instructions) {
      if (copy.name !== "COPY" && copy.name !== "ADD") continue;
      const target = copy.words.at(-1);
      const folder = target && targetFolder(copy, stage);
      if (!target || folder === undefined || !place.others.test(folder)) continue;
      if (mayBeRead(folder, place, copy, stage)) continue;
      const newText = target.raw.endsWith("/") ? `${place.reads}/` : place.reads;
      const isPlain =
        target.span.end - target.span.start === target.raw.length && !/["'\\$]/.test(target.raw);
      report(target.span, `${place.server} looks into ${place.reads} in this image, not here.`, {
        fixes:
          isPlain && isOwn(copy, stage)
            ? [{ kind: "unsafe", title: `Copy to ${place.reads}`, edits: [replace(target.span, newText)] }]
            : [],
      });
    }
  },
});

interface Place {
  readonly images: RegExp;
  readonly server: string;
  /** What the image reads, unless its settings say otherwise. */
  readonly reads: string;
  /** What others read. */
  readonly others: RegExp;
  /** Where its settings are. */
  readonly settings: string;
  /** Names of files with such settings. */
  readonly names: RegExp;
  readonly variables?: RegExp;
}

/** As the images' documentation says (docker-library/docs, as generally known, 2026-11). */
const PLACES: readonly Place[] = [
  {
    images: /^(?:nginx|nginxinc\/nginx-unprivileged)$/,
    server: "nginx",
    reads: "/usr/share/nginx/html",
    others: /^\/(?:var\/www(?:\/html)?|usr\/share\/nginx\/www|usr\/share\/html|usr\/local\/apache2\/htdocs)$/,
    settings: "/etc/nginx",
    names: /nginx|\.conf\b|\.template$/,
  },
  {
    images: /^httpd$/,
    server: "httpd",
    reads: "/usr/local/apache2/htdocs",
    others: /^\/(?:var\/www(?:\/html)?|usr\/share\/nginx\/html|htdocs)$/,
    settings: "/usr/local/apache2/conf",
    names: /httpd|apache|\.conf\b/,
  },
  {
    images: /^tomcat$/,
    server: "Tomcat",
    reads: "/usr/local/tomcat/webapps",
    others: /^\/(?:(?:opt|var\/lib|usr\/share)\/tomcat\d*\/webapps|tomcat\/webapps|webapps)$/,
    settings: "/usr/local/tomcat/conf",
    names: /^(?:server|context)\.xml$/,
    variables: /\bCATALINA_(?:BASE|HOME|OPTS)\b/,
  },
  {
    images: /^(?:postgres|mysql|mariadb|mongo|postgis\/postgis|timescale\/timescaledb)$/,
    server: "The entrypoint",
    reads: "/docker-entrypoint-initdb.d",
    others: /^\/(?:docker-entrypoint-(?!initdb\.d$)[\w.-]+|docker-initdb\.d|entrypoint-initdb\.d|initdb\.d)$/,
    settings: "/usr/local/bin",
    names: /entrypoint/,
  },
];

/** Neither ENTRYPOINT nor CMD is the file's own: with one, anything may be read. */
function startsAsImage(stage: Stage): boolean {
  for (const { instructions } of stagesDownFrom(stage))
    if (instructions.some((it) => /^(?:CMD|ENTRYPOINT|VOLUME)$/.test(it.name))) return false;
  return true;
}

/** Is there a word of the directory, or of settings, anywhere else: in the stage, or in the build context? */
function mayBeRead(folder: string, place: Place, copy: Instruction, stage: Stage): boolean {
  const words = new RegExp([folder, place.reads, place.settings].map(literally).join("|"));
  for (const { instructions } of stagesDownFrom(stage))
    for (const it of instructions) {
      if (it === copy) continue;
      if (words.test(it.body.text) || place.variables?.test(it.body.text)) return true;
      if ((it.name === "COPY" || it.name === "ADD") && mayBringSettings(it, place, stage)) return true;
    }
  const { context } = stage.model.inputs;
  const top = context?.list("") ?? [];
  const below = top.filter((it) => SETTINGS.test(it)).flatMap((it) => context?.list(it) ?? []);
  return [...top, ...below].some((it) => place.names.test(it));
}

/** Folders of a project that hold settings. */
const SETTINGS = /^(?:\.?docker|config|conf|deploy|etc|infra)$/i;

/** To where they are, or above it. */
function mayBringSettings(copy: Instruction, { settings, names }: Place, stage: Stage): boolean {
  const to = targetFolder(copy, stage);
  if (to === undefined || isWithin(settings, to)) return true;
  return copy.words.some(({ raw }) => names.test(raw));
}
