import type { ComposeProject, Service, ServiceCommand } from "../../model/compose/project.ts";
import { baseName } from "../../model/stage/paths.ts";
import {
  innerWords,
  SHELLS,
  type StartedCommand,
  type StartedWord,
} from "../../model/stage/started-command.ts";
import { valueAt } from "../../syntax/compose/find.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import type { ShellReader } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { mapText } from "../../text/mapped-text.ts";
import { source } from "../../text/source.ts";
import { inBackground } from "../knowledge/background-programs.ts";
import { startsWhatItIsGiven } from "../knowledge/given-command.ts";
import { composeRule, type Fix } from "../rule.ts";
import { execForm } from "../writing/exec-form.ts";
import { reportOnce } from "../writing/report-once.ts";

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
      const words = startedWords(service);
      const started = words && startedIn(words, project.files.shell);
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

/** Entrypoint and command put together as the engine does; undefined where the image has a say in it that is not known. */
function startedWords(service: Service): readonly StartedWord[] | undefined {
  const { entrypoint, command, complete, node } = service;
  if (!complete || valueAt(node, "provider")) return undefined;
  const isEntrypointRead = entrypoint !== undefined || !valueAt(node, "entrypoint");
  if (!isEntrypointRead || (!entrypoint && !startsWhatItIsGiven(service))) return undefined;
  const parts = [entrypoint, command].filter((it) => it !== undefined);
  if (parts.some((it) => !it.words || it.cutAt !== undefined)) return undefined;
  return parts.flatMap((it) => (it.words ?? []).map((word) => startedWord(word, it)));
}

function startedWord(text: string, { span }: ServiceCommand): StartedWord {
  const isKnown = !text.includes(HOLE);
  return { text: isKnown ? text : undefined, span, written: "elsewhere", instruction: undefined };
}

interface Started extends Pick<StartedCommand, "program" | "words"> {
  /** The program is the first word of what is written, so that words behind the last one are its own. */
  readonly isWhole: boolean;
}

/** What is started in the end; `background` where a shell puts it there. */
function startedIn(
  words: readonly StartedWord[],
  shell: ShellReader | undefined,
  depth = 0,
): Started | "background" | undefined {
  const [first, ...rest] = words;
  if (first?.text === undefined || depth > DEEPEST) return undefined;
  const name = baseName(first.text);
  const inner = innerWords(name, rest);
  if (inner) return startedIn(inner, shell, depth + 1);
  // The words of a system's init scripts: `/etc/init.d/nginx start` is what `service nginx start` calls.
  if (first.text.startsWith("/etc/init.d/"))
    return { program: { ...first, text: "service" }, words, isWhole: false };
  if (first.text.includes("/") && !/^\/(?:usr\/(?:local\/)?)?s?bin\/[^/]+$/.test(first.text))
    return undefined;
  if (!SHELLS.has(name)) return { program: { ...first, text: name }, words: rest, isWhole: depth === 0 };

  const [option, line] = rest;
  if (line?.text === undefined || !/^-[a-z]*c$/.test(option?.text ?? "")) return undefined;
  const script = shell?.read(mapText(line.text, [{ start: 0, end: line.text.length }]));
  const last = script?.commands.at(-1);
  if (!script?.complete || !last?.name || last.conditional || last.subshell || last.mayFail) return undefined;
  if (last.background) return "background";
  if (script.commands.some((it) => it.background)) return undefined;
  const { span, written, instruction } = line;
  const inScript = [last.name, ...last.arguments].map((it) => ({
    text: it.literal,
    span,
    written,
    instruction,
  }));
  return startedIn(inScript, shell, depth + 1);
}

/** More than this goes round in a circle of shells. */
const DEEPEST = 8;

/** Is it the well-known program of this name, and not one that the project brings along? */
function isOfImage({ build, mounts, configs }: Service, program: string): boolean {
  const brought = [...mounts.map((it) => it.target.value), ...configs.flatMap((it) => it.target ?? [])];
  if (brought.some((it) => baseName(it) === program || /\/s?bin\/?$|^\/(?:usr|opt)?\/?$/.test(it)))
    return false;
  if (!build) return true;
  const files = build.stage?.result.files;
  return files !== undefined && !files.some((it) => it.kind !== "directory" && baseName(it.path) === program);
}

/** Are the program's settings those of an official image? */
function keepsDefaults({ build, image, mounts, configs }: Service, settings: RegExp): boolean {
  if (build || !image || image.value.name.includes("/")) return false;
  const targets = [...mounts.map((it) => it.target.value), ...configs.map((it) => it.target ?? HOLE)];
  return targets.every((it) => !settings.test(it) && !it.includes(HOLE) && !/^\/(?:etc\/?)?$/.test(it));
}

/** Written anew as a list, which has no quotes of a shell in it. */
function inFront({ file }: ComposeProject, service: Service, words: readonly string[]): readonly Fix[] {
  const key = service.command ? "command" : "entrypoint";
  const node = valueAt(service.node, key);
  const own = service[key]?.words;
  const program = baseName((service.entrypoint ?? service.command)?.words?.[0] ?? "");
  const isOnOneLine =
    node && !node.viaAlias && !file.text.slice(node.span.start, node.span.end).includes("\n");
  if (!isOnOneLine || !own || own.some((it) => it.includes("$") || it.includes(HOLE))) return [];
  const isBlock =
    node.kind === "scalar" ? /literal|folded/.test(node.style) : node.kind !== "sequence" || !node.flow;
  if (isBlock) return [];
  const edit = replace(node.span, execForm([...own, ...words]));
  return [{ kind: "unsafe", title: `Keep ${program} in the foreground`, edits: [edit] }];
}
