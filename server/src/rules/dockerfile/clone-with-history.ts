import { notedOnModel } from "../../model/stage/dockerfile-model.ts";
import { baseName, resolvePath } from "../../model/stage/paths.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { isForDevelopment } from "../knowledge/stages/for-development.ts";
import { runCalls } from "../knowledge/stages/run-calls.ts";
import { isShipped } from "../knowledge/stages/shipped.ts";
import { type CommandCall, type Fix, type Report, stageRule } from "../rule.ts";

export const cloneWithHistory = stageRule({
  id: "clone-with-history",
  title: "Repository cloned with all of its history into the image",
  severity: "info",
  tags: ["size"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  reach: "file",
  docs: {
    what: source`
      Reports a \`git clone\` without \`--depth\` in a stage that is shipped, where the clone stays there and nothing else in the file
      asks git for anything. Silent where a command may remove the clone or its \`.git\`, and in stages to work in.`,
    why: source`
      The history of a repository is often many times what is checked out, and no program reads it. \`--depth 1\` fetches the last commit
      alone; \`--branch\` takes a tag too.`,
    bad: source`
      FROM debian:trixie
      RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates git && rm -rf /var/lib/apt/lists/*
      RUN git clone --branch v2.1 https://github.com/example/tool /opt/tool
          ^^^^^^^^^ clone-with-history: All of the history of this repository stays in the image, in /opt/tool/.git.`,
    good: source`
      FROM debian:trixie
      RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates git && rm -rf /var/lib/apt/lists/*
      RUN git clone --depth 1 --branch v2.1 https://github.com/example/tool /opt/tool`,
  },
  check(stage, report) {
    const calls = runCalls(stage, "git", CLONING);
    if (calls.length === 0 || !isShipped(stage) || isForDevelopment(stage)) return;
    for (const it of calls) checkCall(it, report);
  },
});

const CLONING = /\bclone\b/;

function checkCall(call: CommandCall, report: Report): void {
  const { command, run, script, instruction, stage } = call;
  if (!script.complete || command.conditional || command.subshell || run.flags.length > 0) return;
  const clone = cloneOf(command);
  if (!clone?.address || mayNeedHistory(call, clone)) return;
  const directory = stage.before(instruction).workdir;
  const folder =
    clone.folder ??
    clone.address
      .replace(/\/+$/, "")
      .replace(/\.git$/, "")
      .replace(/^.*[/:]/, "");
  const isMoved = script.commands.some(
    (it) => it.name?.literal === "cd" && it.span.start < command.span.start,
  );
  const path =
    folder.startsWith("/") || !(directory.known && !isMoved) ? folder : resolvePath(directory.value, folder);
  const { name } = command;
  report(
    { start: name?.span.start ?? command.span.start, end: clone.verb.end },
    `All of the history of this repository stays in the image, in ${path}/.git.`,
    { fixes: shallow(clone, run) },
  );
}

interface Clone {
  readonly verb: { readonly start: number; readonly end: number };
  readonly address: string | undefined;
  readonly folder: string | undefined;
}

/** Of git's options those that stand for themselves, and those with a value in the next word (git-clone(1), read 2026-11). */
function cloneOf({ arguments: words }: Command): Clone | undefined {
  const [verb, ...rest] = words;
  if (verb?.literal !== "clone") return undefined;
  const operands: (string | undefined)[] = [];
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at]?.literal;
    if (word === undefined) return undefined;
    if (!word.startsWith("-")) operands.push(word);
    else if (!PLAIN.test(word)) return undefined;
    else if (VALUED.test(word)) at++;
  }
  const [address, folder, ...more] = operands;
  return more.length > 0 ? undefined : { verb: verb.span, address, folder };
}

const PLAIN =
  /^(-b|--branch|-c|--config|-q|--quiet|-v|--verbose|--progress|--recursive|--recurse-submodules|--single-branch|--no-tags|-j|--jobs|-o|--origin)(=|$)/;
const VALUED = /^(-b|--branch|-c|--config|-j|--jobs|-o|--origin)$/;

/** A commit by its id, a version that a build asks git for; and a command that may remove the clone. */
function mayNeedHistory({ command, stage }: CommandCall, { address = "", folder }: Clone): boolean {
  // A local path has no depth; what is written for a folder of the context is not fetched.
  if (!/^(https?|ssh|git):\/\/|^[\w.-]+@[\w.-]+:/.test(address)) return true;
  const name = baseName(folder?.replace(/\/+$/, "") ?? "");
  const others = touchingIn(stage.model);
  return others === undefined || others.some((it) => it !== command && mayTouch(it, name));
}

/** The commands of all RUNs that may touch one clone or another; undefined where a script cannot be read. */
const touchingIn = notedOnModel(({ stages }): readonly Command[] | undefined => {
  const found: Command[] = [];
  for (const stage of stages)
    for (const run of stage.instructions) {
      if (run.name !== "RUN") continue;
      const script = stage.scriptOf(run);
      if (!script?.complete) return undefined;
      for (const it of script.commands)
        if (REMOVING.test(it.name?.literal ?? "") || mayTouch(it, "")) found.push(it);
    }
  return found;
});

/** Any other use of git but further clones and settings, and builds that may ask git for their version. */
function mayTouch({ name, arguments: words }: Command, folder: string): boolean {
  const program = name?.literal;
  if (program === undefined) return true;
  if (program === "git") {
    const verb = words.find((it) => !it.raw.startsWith("-"))?.literal;
    return verb !== "clone" && verb !== "config" && verb !== "lfs";
  }
  if (REMOVING.test(program))
    return words.some(
      ({ literal, raw }) =>
        !OTHER_FOLDERS.test(raw) &&
        (literal === undefined ||
          /\.git\b|^\/(opt|src|tmp|usr\/src|root)?\/?\*?$|^\.\.?$|\*$/.test(literal) ||
          (folder !== "" && raw.includes(folder)) ||
          (folder === "" && !literal.startsWith("-"))),
    );
  // From a list of requirements, pip builds nothing of the clone.
  if (/^pip[\d.]*$/.test(program))
    return words.some(({ raw }) => /^["']?(\.|-e|--editable|\/)|git\+/.test(raw));
  return /^(python[\d.]*|make|cmake|go|cargo|sh|bash|autoreconf|meson|uv|poetry|makepkg)$|^\.|\//.test(
    program,
  );
}

const REMOVING = /^(rm|find|mv|xargs)$/;

/** Where nobody keeps a clone: lists of packages, logs. */
const OTHER_FOLDERS = /^\/(var\/(lib|cache|log)|usr\/share|etc)\//;

function shallow({ verb }: Clone, run: Instruction): readonly Fix[] {
  return run.exec
    ? []
    : [{ kind: "unsafe", title: "Fetch the last commit alone", edits: [insert(verb.end, " --depth 1")] }];
}
