import { imageNameBelow } from "../../model/stage/base-image.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { mountsOf } from "../../syntax/dockerfile/run-mounts.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, ShellWord } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { setsUpSystem } from "../knowledge/commands/system-setup.ts";
import { failureOf } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule, type Fix } from "../rule.ts";
import { removeArgument } from "../writing/commands/command-words.ts";

export const dotnetStepSkipped = commandRule({
  id: "dotnet-step-skipped",
  title: "Step of dotnet left out that nothing has done before",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`--no-restore\` of \`dotnet build\`, \`publish\`, \`test\`, \`pack\` and \`run\` where nothing in this stage and those below has
      restored, and \`--no-build\` where nothing has built, or only in another configuration. Silent where another program
      may have done it, or \`obj\` may come with the build context.`,
    why: source`
      Without a restore the build ends with "Assets file … project.assets.json not found" (NETSDK1004). \`dotnet test --no-build\` looks into
      \`bin/Debug\` unless \`-c\` says otherwise, and what \`dotnet build -c Release\` made is in \`bin/Release\`.`,
    context: { "api.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web" />\n' },
    bad: source`
      FROM mcr.microsoft.com/dotnet/sdk:10.0
      WORKDIR /src
      COPY . .
      RUN dotnet publish -c Release -o /out --no-restore
                                            ^^^^^^^^^^^^ dotnet-step-skipped: Nothing up to here restores the packages, which --no-restore takes for done.`,
    good: source`
      FROM mcr.microsoft.com/dotnet/sdk:10.0
      WORKDIR /src
      COPY *.csproj ./
      RUN dotnet restore
      COPY . .
      RUN dotnet publish -c Release -o /out --no-restore`,
  },
  programs: ["dotnet"],

  check(call, report) {
    const { command, script, run, instruction, stage } = call;
    const verb = verbOf(command);
    if (instruction.name !== "RUN" || !BUILDING.test(verb)) return;
    const words = ownWords(command);
    const option = words.find((it) => /^--no-(?:restore|build)$/.test(it.literal ?? ""));
    if (!option || words.some((it) => it.literal === undefined && !isConfigured(it, command))) return;
    const before = callsBefore(call);
    const failure = failureOf(command, script, run, stage);
    if (!before || failure === "allowed") return;
    const message = messageFor(option.literal ?? "", command, before);
    if (message === undefined || mayHoldObjects(stage)) return;
    report(option.span, message, {
      severity: failure === "stops" ? "error" : "warning",
      fixes: takeAway(option, command, run, stage),
    });
  },
});

const BUILDING = /^(?:build|publish|test|pack|run)$/;

function verbOf({ arguments: [verb] }: Command): string {
  return verb?.literal ?? "";
}

/** `-c $CONFIGURATION` may be any. */
function isConfigured(word: ShellWord, { arguments: words }: Command): boolean {
  return /^(?:-c|--configuration)$/.test(words[words.indexOf(word) - 1]?.literal ?? "");
}

function messageFor(option: string, command: Command, before: readonly Command[]): string | undefined {
  const has = (it: Command, name: string) => ownWords(it).some(({ literal }) => literal === name);
  if (option === "--no-restore") {
    const restores = before.some((it) => !has(it, "--no-restore") && !has(it, "--no-build"));
    return restores
      ? undefined
      : "Nothing up to here restores the packages, which --no-restore takes for done.";
  }
  const builds = before.filter((it) => verbOf(it) !== "restore" && !has(it, "--no-build"));
  if (builds.length === 0) return "Nothing up to here builds the project, which --no-build takes for done.";
  const own = configurationOf(command);
  const others = builds.map(configurationOf);
  if (!own || others.some((it) => !it || it.toLowerCase() === own.toLowerCase())) return undefined;
  return `--no-build takes what was built for ${own}, and up to here it was built for ${others[0]}.`;
}

/** Empty where it is not known: publish and pack have another default since .NET 8 (learn.microsoft.com, read 2026-11). */
function configurationOf(command: Command): string {
  const words = ownWords(command);
  for (const [at, { literal, raw }] of words.entries()) {
    if (/^-{1,2}p(?:roperty)?:Configuration=|^\/p:Configuration=/i.test(literal ?? raw)) return "";
    const [, joined] = /^(?:-c|--configuration)[=:](.*)$/.exec(literal ?? "") ?? [];
    if (joined !== undefined) return joined;
    if (literal === "-c" || literal === "--configuration") return words[at + 1]?.literal ?? "";
  }
  return /^(?:build|test|run)$/.test(verbOf(command)) ? "Debug" : "";
}

/** Behind two dashes stand those of the program that is run. */
function ownWords({ arguments: words }: Command): readonly ShellWord[] {
  const end = words.findIndex((it) => it.literal === "--");
  return end < 0 ? words : words.slice(0, end);
}

/** The calls of dotnet in front of one; undefined where something else may have restored or built, or the base has. */
function callsBefore({ command, instruction, stage }: CommandCall): readonly Command[] | undefined {
  if (!/^mcr\.microsoft\.com\/dotnet\/sdk$/.test(imageNameBelow(stage)?.name ?? "")) return undefined;
  const calls: Command[] = [];
  for (const it of stagesDownFrom(stage))
    for (const each of it.instructions) {
      if (it === stage && each.span.start > instruction.span.start) break;
      if (each.name === "ADD" || each.name === "ONBUILD") return undefined;
      if (each.name === "COPY" && each.flags.some((flag) => flag.name === "from")) return undefined;
      // MSBuild takes variables for properties.
      if (/^(?:ENV|ARG)$/.test(each.name) && /\bconfiguration\s*[= ]/i.test(each.body.text)) return undefined;
      if (each.name !== "RUN") continue;
      const script = it.commandsOf(each);
      if (!script?.complete || mountsOf(each).some(({ type }) => type === "bind")) return undefined;
      for (const before of script.commands) {
        if (before.span.start >= command.span.start) continue;
        const program = before.name?.literal ?? "";
        if (program !== "dotnet" && !setsUpSystem(before) && !QUIET.test(program)) return undefined;
        if (program !== "dotnet" || HARMLESS.test(verbOf(before))) continue;
        if (!BUILDING.test(verbOf(before)) && verbOf(before) !== "restore") return undefined;
        calls.push(before);
      }
    }
  return calls;
}

/** Nor do these restore or build. */
const QUIET = /^(?:echo|printf|curl|wget|mkdir|rm|chmod|chown|cd|ls|cat|sed|git|ln|find|date|npm|corepack)$/;

const HARMLESS = /^(?:tool|nuget|dev-certs|sln|--\w[\w-]*)$/;

/** May what restores and builds leave come along with the sources, or stand elsewhere? */
function mayHoldObjects(stage: Stage): boolean {
  const { context } = stage.model.inputs;
  if (!context) return true;
  const folders = [
    "",
    ...(context.list("") ?? []),
    ...["src", "source"].flatMap((it) => (context.list(it) ?? []).map((name) => `${it}/${name}`)),
  ];
  return folders.slice(0, MOST_FOLDERS).some((it) => {
    const inside = (name: string) => (it === "" ? name : `${it}/${name}`);
    if (
      context.exists(inside("obj")) === "directory" &&
      context.isIgnored(inside("obj/project.assets.json")).is !== "yes"
    )
      return true;
    // A project may say its own configuration.
    return (context.list(it) ?? []).some(
      (name) =>
        /\.(?:\w+proj|props)$/.test(name) && /<Configuration[\s>]/.test(context.read(inside(name)) ?? ""),
    );
  });
}

const MOST_FOLDERS = 200;

function takeAway(
  option: ShellWord,
  command: Command,
  run: Instruction,
  { model: { file } }: Stage,
): readonly Fix[] {
  const edit = removeArgument(option, command, run, file.text);
  return edit ? [{ kind: "unsafe", title: `Remove ${option.literal}`, edits: [edit] }] : [];
}
