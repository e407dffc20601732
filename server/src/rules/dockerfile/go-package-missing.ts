import type { BuildContext } from "../../model/context/build-context.ts";
import { importsOf } from "../../model/stage/commands/go-sources.ts";
import { joinPath, resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { setsUpSystem } from "../knowledge/commands/system-setup.ts";
import { originOf } from "../knowledge/files/file-origin.ts";
import { isFirstOfScript, mayMountFiles } from "../knowledge/packages/untouched-directory.ts";
import { failsRun, mayFail } from "../knowledge/stages/build-failure.ts";
import { commandRule } from "../rule.ts";

export const goPackageMissing = commandRule({
  id: "go-package-missing",
  title: "Go program built without one of its packages",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`go build\` of a package whose folder is certainly not in the image at that point, or whose sources import a package of the
      same module that is not: \`COPY *.go ./\` takes no folders along. A package whose folder the build context does not have
      at all, or where it has no Go file, is told too. Module and sources are read in the build context.`,
    why: source`
      Go takes an import of the own module for a folder beside go.mod, and ends with "no required module provides package",
      "directory not found" or "no Go files in /src".`,
    context: {
      "go.mod": "module example.com/api\n",
      "main.go": 'package main\n\nimport "example.com/api/store"\n',
      "store/store.go": "package store\n",
    },
    bad: source`
      FROM golang:1.27
      WORKDIR /src
      COPY go.mod *.go ./
      RUN go build -o /bin/api
          ^^^^^^^^^^^^^^^^^^^^ go-package-missing: main.go imports example.com/api/store, and store is not in /src here.`,
    good: source`
      FROM golang:1.27
      WORKDIR /src
      COPY go.mod *.go ./
      COPY store store
      RUN go build -o /bin/api`,
  },
  programs: ["go"],

  check(call, report) {
    const { command, script, run, instruction, stage } = call;
    const { context } = stage.model.inputs;
    if (instruction.name !== "RUN" || mayFail(command) || !context || mayMountFiles(run)) return;
    const targets = packagesOf(command);
    const state = stage.before(instruction);
    if (!targets || !state.workdir.known || !isFirstOfScript(command, script)) return;
    const directory = state.workdir.value;
    const origin = originOf(joinPath(directory, "go.mod"), stage, instruction);
    const module = /^module\s+"?([^\s"]+)/m.exec(origin?.text ?? "")?.[1];
    // In a workspace, and with replacements, packages stand elsewhere; a vendor folder may hold any.
    if (origin?.contextPath !== "go.mod" || module === undefined || /=>\s*\.{1,2}\//.test(origin.text))
      return;
    if (["go.work", "vendor"].some((it) => context.exists(it) !== "absent")) return;
    if (["GOFLAGS", "GOWORK", "GO111MODULE"].some((it) => state.isSet(it).is !== "no")) return;
    const severity = failsRun(command, script, run, stage) ? "error" : "warning";
    for (const target of targets) {
      const folder = resolvePath("/", target)?.slice(1);
      if (folder === undefined) return;
      const there = state.hasPath(joinPath(directory, folder));
      const isCopied = there.asContextIs !== undefined;
      if (folder !== "" && (there.is === "no" || (isCopied && context.exists(folder) === "absent"))) {
        const where = there.is === "no" ? `is not in ${directory} here` : "the build context does not have";
        report(command.span, `go builds the package of ${folder}, which ${where}.`, {
          related: there.because,
          severity,
        });
        return;
      }
      if (
        context.exists(folder) !== "directory" ||
        hasGoFiles(folder, context) ||
        mayWriteFiles(stage, instruction)
      )
        continue;
      const place = folder === "" ? directory : joinPath(directory, folder);
      report(
        command.span,
        `go builds the package of ${place}, and the build context has no Go file for it.`,
        { severity },
      );
      return;
    }
    for (const { file, imported, folder } of ownImports(targets, module, origin.text, context)) {
      const there = state.hasPath(joinPath(directory, folder));
      if (there.is !== "no" || context.exists(folder) !== "directory") continue;
      // What is not copied either may be another project's.
      if (state.hasPath(joinPath(directory, file)).is !== "yes") continue;
      report(command.span, `${file} imports ${imported}, and ${folder} is not in ${directory} here.`, {
        related: there.because,
        severity,
      });
      return;
    }
  },
});

/** Not those of tests alone, with which nothing can be built. */
function hasGoFiles(folder: string, context: BuildContext): boolean {
  const names = context.list(folder);
  // Where there is none anywhere, the project is not written yet, or its sources come otherwise.
  const isProject = PLACES.some((it) => context.exists(it) === "directory");
  return !names || !isProject || names.some((it) => it.endsWith(".go") && !it.endsWith("_test.go"));
}

/** Where projects have their programs and packages. */
const PLACES = ["cmd", "internal", "pkg"];

/** Has anything above an instruction brought files that are not the build context's? */
function mayWriteFiles(stage: Stage, end: Instruction): boolean {
  for (const { instructions } of stagesDownFrom(stage))
    for (const it of instructions) {
      if (it.span.start >= end.span.start) break;
      if (
        it.name === "ADD" ||
        (it.name === "COPY" && (it.hereDocuments.length > 0 || it.flags.some((flag) => flag.name === "from")))
      )
        return true;
      if (it.name === "RUN" && !stage.scriptOf(it)?.commands.every(isQuiet)) return true;
    }
  return false;
}

function isQuiet(command: Command): boolean {
  const {
    name,
    arguments: [verb],
    redirections,
  } = command;
  const program = name?.literal ?? "";
  return (
    redirections.length === 0 &&
    (setsUpSystem(command) ||
      /^(?:mkdir|rm)$/.test(program) ||
      (program === "go" && /^(?:mod|env|version|install)$/.test(verb?.literal ?? "")))
  );
}

/** The packages of the own module that a command builds, from the working directory; undefined where that is not certain. */
function packagesOf({ arguments: words, assignments }: Command): readonly string[] | undefined {
  const [verb, ...rest] = words.map((it) => it.literal);
  if (
    !/^(?:build|install|run)$/.test(verb ?? "") ||
    assignments.some((it) => /^GO(?:FLAGS|WORK|PATH|111MODULE)$/.test(it.name))
  )
    return undefined;
  const packages: string[] = [];
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at];
    if (word === undefined) {
      // `-ldflags="-X …=$VERSION"`
      if (/^["']?-{1,2}(?:ldflags|gcflags|asmflags|tags|o)=/.test(words[at + 1]?.raw ?? "")) continue;
      return undefined;
    }
    if (/^-{1,2}(?:C|modfile|mod|overlay)(?:=|$)/.test(word)) return undefined;
    if (
      /^-{1,2}(?:o|ldflags|gcflags|asmflags|tags|p|buildmode|installsuffix|pkgdir|exec|run|timeout|count)$/.test(
        word,
      )
    )
      at++;
    else if (!word.startsWith("-")) {
      if (
        !/^\.(?:\/[\w./-]*)?$/.test(word) ||
        word.includes("...") ||
        word.endsWith(".go") ||
        word.includes("..")
      )
        return undefined;
      packages.push(word);
      // What stands behind it is the program's own.
      if (verb === "run") break;
    }
  }
  return packages.length === 0 ? ["."] : packages;
}

interface OwnImport {
  readonly file: string;
  readonly imported: string;
  /** Of the module, from its root. */
  readonly folder: string;
}

/** Of the sources of these packages, and of those that they import; not of files for tests or with a build tag. */
function* ownImports(
  targets: readonly string[],
  module: string,
  manifest: string,
  context: BuildContext,
): Generator<OwnImport> {
  const seen = new Set(targets.map((it) => resolvePath("/", it)?.slice(1) ?? ""));
  for (const folder of seen) {
    if (seen.size > MOST_FOLDERS) return;
    for (const name of context.list(folder) ?? []) {
      if (
        !name.endsWith(".go") ||
        /_test\.go$|_(?:windows|darwin|freebsd|plan9|js|wasm|arm|arm64|386|amd64)\.go$/.test(name)
      )
        continue;
      const file = folder === "" ? name : `${folder}/${name}`;
      const text = context.read(file);
      if (text === undefined || /^\s*\/\/\s*(?:go:build|\+build)/m.test(text)) continue;
      for (const imported of importsOf(text)) {
        if (!imported.startsWith(`${module}/`)) continue;
        const inside = imported.slice(module.length + 1);
        // A module of its own, below this one.
        if (manifest.includes(`${imported} v`) || context.exists(`${inside}/go.mod`) !== "absent") continue;
        if (!seen.has(inside)) yield { file, imported, folder: inside };
        seen.add(inside);
      }
    }
  }
}

const MOST_FOLDERS = 200;
