import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { baseName } from "../../model/stage/paths.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import { source } from "../../text/source.ts";
import { startOf } from "../knowledge/compose/service-start.ts";
import { inBackground } from "../knowledge/started/background-programs.ts";
import { composeRule, type Fix } from "../rule.ts";
import { addToCommand } from "../writing/compose/add-to-command.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const serviceLeavesForeground = composeRule({
  id: "service-leaves-foreground",
  title: "Service whose program goes to the background and ends it",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports \`command\` or \`entrypoint\` of a service where what is started goes on in the background and ends: \`nginx\` without
      \`daemon off;\`, \`service nginx start\`, \`sshd\` without \`-D\`, and \`sh -c\` with a script whose last command is one of these or
      has \`&\` behind it. Silent where the image may do something else with what it is given, or where settings are mounted that may keep the program in front.`,
    why: source`
      A container lives as long as the process that it was started with. A program that was made for a machine puts itself into
      the background; its first process ends, and with it the container, with status 0 and without any message. With \`restart\` it is
      started again and again.`,
    bad: source`
      services:
        web:
          image: nginx:1.30-alpine
          command: nginx
                   ^^^^^ service-leaves-foreground: nginx goes on in the background, and the container of web ends as soon as it has started.`,
    good: source`
      services:
        web:
          image: nginx:1.30-alpine
          command: ["nginx", "-g", "daemon off;"]`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const written = service.command ?? service.entrypoint;
      if (!written) continue;
      const started = startOf(service, project.files.shell);
      if (!started) continue;
      const name = service.name.value;
      if (started === "background") {
        const message = `This goes on in the background, and the container of ${name} ends with the shell that started it.`;
        once(written.span, message);
        continue;
      }
      const program = started.program.text;
      const known = isOfImage(service, program) ? inBackground(started) : undefined;
      if (!known || (known.settings && !keepsDefaults(service, known.settings))) continue;
      once(
        written.span,
        `${program} goes on in the background, and the container of ${name} ends as soon as it has started.`,
        { fixes: known.foreground && started.isWhole ? inFront(project, service, known.foreground) : [] },
      );
    }
  },
});

/** Is it the well-known program of this name, and not one that the project brings along? */
function isOfImage({ imageBuild: build, mounts, configs }: Service, program: string): boolean {
  const brought = [...mounts.map((it) => it.target.value), ...configs.flatMap((it) => it.target ?? [])];
  if (brought.some((it) => baseName(it) === program || /\/s?bin\/?$|^\/(?:usr|opt)?\/?$/.test(it)))
    return false;
  if (!build) return true;
  const files = build.stage?.result.files;
  return files !== undefined && !files.some((it) => it.kind !== "directory" && baseName(it.path) === program);
}

/** Are the program's settings those of an official image? */
function keepsDefaults({ imageBuild: build, image, mounts, configs }: Service, settings: RegExp): boolean {
  if (build || !image || image.value.name.includes("/")) return false;
  const targets = [...mounts.map((it) => it.target.value), ...configs.map((it) => it.target ?? HOLE)];
  return targets.every((it) => !settings.test(it) && !it.includes(HOLE) && !/^\/(?:etc\/?)?$/.test(it));
}

function inFront(project: ComposeProject, service: Service, words: readonly string[]): readonly Fix[] {
  const edit = addToCommand(project, service, words);
  const program = baseName((service.entrypoint ?? service.command)?.words?.[0] ?? "");
  return edit ? [{ kind: "unsafe", title: `Keep ${program} in the foreground`, edits: [edit] }] : [];
}
