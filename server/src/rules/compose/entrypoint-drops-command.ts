import { appendEntry } from "../../model/compose/edit/append-entry.ts";
import type { ComposeProject, Service, ServiceCommand } from "../../model/compose/project.ts";
import { baseName } from "../../model/stage/paths.ts";
import { entryAt, valueAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { originOf } from "../knowledge/files/file-origin.ts";
import { composeRule, type Fix } from "../rule.ts";
import { execForm } from "../writing/commands/exec-form.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const entrypointDropsCommand = composeRule({
  id: "entrypoint-drops-command",
  title: "Entrypoint that takes the image's command away",
  severity: "warning",
  tags: ["run"],
  aliases: ["S76", "entrypoint-drops-cmd"],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports \`entrypoint\` without \`command\` where nothing is left to start: it is the entrypoint that the image has anyway, \`tini\`
      or \`dumb-init\` alone, or a script, mounted or copied into the image, that ends in \`exec "$@"\`, and the image has a command.`,
    why: source`
      Who sets \`entrypoint\` takes away the image's CMD as well, as \`docker run --entrypoint\` does. The script has nothing to
      execute, so the container ends at once, or a program starts without its arguments.`,
    bad: source`
      services:
        web:
          image: nginx:1.30
          entrypoint: ["/docker-entrypoint.sh"]
                      ^^^^^^^^^^^^^^^^^^^^^^^^^ entrypoint-drops-command: With entrypoint the image's command nginx -g "daemon off;" is not taken, so nothing is left to start.`,
    good: source`
      services:
        web:
          image: nginx:1.30
          entrypoint: ["/docker-entrypoint.sh"]
          command: ["nginx", "-g", "daemon off;"]`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const { entrypoint, command, complete, node } = service;
      if (!entrypoint?.words || command || !complete || entryAt(node, "command")) continue;
      const image = startOfImage(service);
      if (!image || image.command.length === 0) continue;
      if (
        !isSame(entrypoint.words, image.entrypoint) &&
        !isInitAlone(entrypoint.words) &&
        !isOwnStart(project, service, entrypoint)
      )
        continue;
      const said = image.command.map((it) => (/\s/.test(it) ? JSON.stringify(it) : it)).join(" ");
      once(
        entrypoint.span,
        `With entrypoint the image's command ${said} is not taken, so nothing is left to start.`,
        {
          fixes: repeat(project, service, image.command),
        },
      );
    }
  },
});

interface ImageStart {
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
}

/** Undefined where either is not known, or written for a shell. */
function startOfImage({ imageBuild: build, imageFacts }: Service): ImageStart | undefined {
  if (!build) {
    const { entrypoint, cmd } = imageFacts ?? {};
    return entrypoint === undefined || !cmd ? undefined : { entrypoint: entrypoint ?? [], command: cmd };
  }
  const { entrypoint, command } = build.stage?.result ?? {};
  if (!entrypoint?.known || !command?.known || command.value?.form !== "exec") return undefined;
  if (entrypoint.value && entrypoint.value.form !== "exec") return undefined;
  return {
    entrypoint: entrypoint.value?.words.map((it) => it.raw) ?? [],
    command: command.value.words.map((it) => it.raw),
  };
}

function isSame(words: readonly string[], others: readonly string[]): boolean {
  return (
    words.length > 0 &&
    words.length === others.length &&
    words.every((it, at) => it === others[at] || (at === 0 && isSameProgram(it, others[at] ?? "")))
  );
}

/** `/usr/local/bin/docker-entrypoint.sh` for `docker-entrypoint.sh`. */
function isSameProgram(one: string, other: string): boolean {
  const [name = "", path = ""] = one.includes("/") ? [other, one] : [one, other];
  return (
    !name.includes("/") && /^(?:\/usr(?:\/local)?)?\/s?bin\/[^/]+$/.test(path) && baseName(path) === name
  );
}

/** `tini --`: a program that does nothing but start another one. */
function isInitAlone([first = "", ...more]: readonly string[]): boolean {
  return (
    /^(?:tini(?:-static)?|dumb-init|catatonit)$/.test(baseName(first)) && more.every((it) => it === "--")
  );
}

/** A script of the project that, given nothing, executes nothing. */
function isOwnStart(
  { files }: ComposeProject,
  { mounts, imageBuild: build }: Service,
  { words }: ServiceCommand,
): boolean {
  const [path, ...more] = words ?? [];
  if (path === undefined || more.length > 0) return false;
  const mount = mounts.find((it) => `${path}/`.startsWith(`${it.target.value.replace(/\/$/, "")}/`));
  if (mount && (mount.kind !== "bind" || mount.target.value !== path)) return false;
  const text = mount
    ? mount.source?.known && files.readFile(mount.source.value)
    : build?.stage && path.startsWith("/") && originOf(path, build.stage)?.text;
  return typeof text === "string" && /^#!/.test(text) && /(?:^|\n)[ \t]*exec "\$@"\s*$/.test(text);
}

function repeat({ file }: ComposeProject, { node }: Service, command: readonly string[]): readonly Fix[] {
  const written = valueAt(node, "entrypoint");
  if (!node || !written || written.viaAlias || command.some((it) => it.includes("$"))) return [];
  const edits = appendEntry(file, node, { key: "command", value: execForm(command) });
  return edits ? [{ kind: "unsafe", title: "Repeat the image's command", edits }] : [];
}
