import { isOwn } from "../../model/stage/holding-stage.ts";
import { resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { handedScript } from "../knowledge/shell/handed-script.ts";
import { type LostState, lostState } from "../knowledge/shell/shell-state.ts";
import { type Fix, instructionRule } from "../rule.ts";
import { holdsComment } from "../writing/dockerfile/lines.ts";

export const runStateLost = instructionRule({
  id: "run-state-lost",
  title: "RUN that changes only what ends with it",
  severity: "warning",
  tags: ["build", "run"],
  aliases: ["S38", "DL3003", "DL3001"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a RUN of nothing but \`cd\`, \`export\`, assignments, \`source\` of a file of variables, \`alias\`, \`set\`, \`umask\` or
      \`service … start\`, handed to a shell by \`bash -c\` too. The fix writes WORKDIR or ENV where they say the same.`,
    why: source`
      Each RUN has a shell of its own. Its directory, variables, aliases and processes end with it; what is kept are
      files. The next instruction goes on as if this one had not been.`,
    bad: source`
      FROM node:24-slim
      RUN cd /srv/app
          ^^^^^^^^^^^ run-state-lost: The directory ends with this RUN: it changes nothing for what follows.
      RUN export NODE_ENV=production
          ^^^^^^^^^^^^^^^^^^^^^^^^^^ run-state-lost: The variable ends with this RUN: it changes nothing for what follows.`,
    good: source`
      FROM node:24-slim
      WORKDIR /srv/app
      ENV NODE_ENV=production`,
  },
  instructions: ["RUN"],
  triggers: true,

  check(run, stage, report) {
    const written = stage.commandsOf(run);
    const own = handedScript(written, stage);
    const script = own ?? written;
    const [first] = script?.commands ?? [];
    if (!script?.complete || !first || script.functions.length > 0) return;
    const isCall = run.exec && !own;
    const lostBy = (it: Command) => (isCall && it.name?.literal !== "service" ? undefined : lostState(it));
    const kind = lostBy(first);
    const last = script.commands.at(-1) ?? first;
    if (!kind || !script.commands.every(lostBy)) return;
    const span = { start: first.span.start, end: last.span.end };
    report(span, `${WHAT[kind]} ends with this RUN: it changes nothing for what follows.`, {
      aliases: ["S38", ...(OTHERS[kind] ?? [])],
      fixes: script.commands.length === 1 && !own ? fixesOf(kind, first, run, stage) : [],
    });
  },
});

const WHAT: Readonly<Record<LostState, string>> = {
  directory: "The directory",
  variable: "The variable",
  alias: "The alias",
  option: "The shell's setting",
  service: "The service",
  process: "What runs in the background",
};

/** The same mistake as other linters know it. */
const OTHERS: Readonly<Partial<Record<LostState, readonly string[]>>> = {
  directory: ["DL3003"],
  service: ["DL3001"],
};

function fixesOf(kind: LostState, command: Command, run: Instruction, stage: Stage): Fix[] {
  if (!isOwn(run, stage) || run.exec || run.flags.length > 0 || run.hereDocuments.length > 0) return [];
  if (holdsComment(stage.model.file, run.span)) return [];
  const line = kind === "directory" ? workdirFor(command, run, stage) : environmentFor(command, run, stage);
  const [name = ""] = line?.split(" ") ?? [];
  return line === undefined
    ? []
    : [{ kind: "unsafe", title: `Use ${name}`, edits: [replace(run.span, line)] }];
}

function workdirFor({ name, arguments: words }: Command, run: Instruction, stage: Stage): string | undefined {
  const directory = words[0]?.literal;
  if (name?.literal !== "cd" || words.length !== 1 || !/^[\w./@+][\w./@+-]*$/.test(directory ?? ""))
    return undefined;
  const { workdir } = stage.before(run);
  const path = resolvePath(workdir.known ? workdir.value : undefined, directory ?? "");
  return path && `WORKDIR ${path}`;
}

/** Where ENV reads the values as the shell does: variables that ENV or ARG set, quotes, nothing that is expanded else. */
function environmentFor(
  { name, arguments: words, assignments }: Command,
  run: Instruction,
  stage: Stage,
): string | undefined {
  const isExport = name?.literal === "export";
  if (!isExport && name) return undefined;
  const texts = isExport
    ? words.map((it) => it.raw)
    : assignments.map(({ name: it, value }) => `${it}=${value?.raw ?? ""}`);
  const variables = [...words, ...assignments.flatMap((it) => it.value ?? [])].flatMap((it) => it.variables);
  const isPlain = texts.every(
    (it) => /^[A-Za-z_]\w*=[^`~*?[\](){}\\]*$/s.test(it) || /^[A-Za-z_]\w*=[\w./:$"'{}-]*$/.test(it),
  );
  const state = stage.before(run);
  if (!isPlain || texts.length === 0 || variables.some((it) => state.isSet(it).is !== "yes"))
    return undefined;
  return `ENV ${texts.join(" ")}`;
}
