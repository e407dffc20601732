import { basename, dirname, join, resolve } from "node:path";
import type { BudgetInfo } from "../../../../client/src/shared/server-messages.ts";
import type { SizeBuild, SizeSubject } from "../../../../client/src/shared/size-request.ts";
import type { Configured } from "../../workspace/configuration/configuration-files.ts";
import { budgetsFor } from "../../workspace/configuration/size-budgets.ts";
import { configuredBudgets } from "../../workspace/configuration/stage-budgets.ts";
import { folderBuiltIn, modelOfDockerfile, type Surroundings } from "../../workspace/models.ts";
import { Positions } from "../positions.ts";
import { configuredBudgetInfo, stagesOf } from "../stage-info.ts";
import { printable, type Terminal } from "./terminal.ts";
import { type Arguments, didYouMean, UsageError } from "./usage.ts";

interface Given {
  readonly around: Surroundings;
  readonly terminal: Terminal;
  readonly configuration: (path: string | undefined) => Configured;
  /** Of the command line: they count first. */
  readonly budgets: readonly BudgetInfo[];
}

/** What the operands of `plimsoll size` name. Throws a `UsageError` for a Dockerfile that cannot be built as it is asked for. */
export function sizeSubjects(words: Arguments, given: Given): readonly SizeSubject[] {
  const { terminal } = given;
  const subjects = [...new Set(words.operands)].map((operand) => {
    const file = dockerfileAt(operand, given);
    if (file === undefined) return imageSubject(operand, given);
    const name = file === resolve(terminal.folder, operand) ? operand : join(operand, basename(file));
    return dockerfileSubject(name, file, words, given);
  });
  if (subjects.every((it) => it.kind === "image")) {
    const flags = [...words.switches, ...words.values.keys(), ...words.lists.keys()];
    const useless = flags.find((it) => buildFlags.has(it));
    if (useless !== undefined)
      throw new UsageError(
        `--${useless} is for a Dockerfile, and ${printable(words.operands[0] ?? "")} is none here: it is taken for an image.`,
      );
  }
  return subjects;
}

const buildFlags: ReadonlySet<string> = new Set([
  ...["target", "build-arg", "secret", "context", "platform", "tag", "no-cache", "pull"],
]);

/** Absolute path of the Dockerfile that an operand names; undefined for what is an image. */
function dockerfileAt(operand: string, { around: { disk }, terminal }: Given): string | undefined {
  const path = resolve(terminal.folder, operand);
  const isWrittenAsPath = /^\.{0,2}\/|^\.{1,2}$|\/$|^[A-Za-z]:\\|\\/.test(operand);
  switch (disk.kindOf(path)) {
    case "file":
      return path;
    case "directory": {
      if (!isWrittenAsPath) return undefined;
      const name = ["Dockerfile", "Containerfile"].find((it) => disk.kindOf(join(path, it)) === "file");
      if (name === undefined)
        throw new UsageError(`${printable(operand)}: there is no Dockerfile in this folder.`);
      return join(path, name);
    }
    default:
      // No image has capital letters in its name.
      if (isWrittenAsPath || /[A-Z]/.test(operand.replace(/[:@][^/]*$/, "")))
        throw new UsageError(`${printable(operand)}: there is no such file.`);
      return undefined;
  }
}

function imageSubject(reference: string, { terminal, configuration, budgets }: Given): SizeSubject {
  const around = configuration(join(terminal.folder, "Dockerfile"));
  // No file says how it was built: it is known by its reference alone.
  const byName = { ...around, ignoredBy: undefined, budgets: budgetsFor(undefined, around.files) };
  const byReference = configuredBudgets(byName).map(configuredBudgetInfo);
  return { kind: "image", reference, budgets: [...budgets, ...byReference] };
}

function dockerfileSubject(name: string, file: string, words: Arguments, given: Given): SizeSubject {
  const { around, configuration, budgets } = given;
  const read = around.disk.read(file);
  if (read.kind !== "text") throw new UsageError(`${printable(name)}: this is no text that can be read.`);
  const model = modelOfDockerfile(read.text, file, around, (path) => configuration(path).buildArguments);
  const stages = stagesOf(model, configuration(file), new Positions(read.text));
  const target = words.values.get("target");
  const stage = stages.find((it) => (target === undefined ? it.isFinal : it.name === target.toLowerCase()));
  if (!stage) {
    if (target === undefined) throw new UsageError(`${printable(name)}: there is no FROM in it.`);
    const names = stages.flatMap((it) => it.name ?? []);
    throw new UsageError(
      `${printable(name)}: there is no stage ${printable(target)}.${didYouMean(target, names, "")}`,
    );
  }
  return {
    kind: "dockerfile",
    name: target === undefined ? name : `${name}#${stage.name}`,
    file,
    stage,
    stages,
    budgets: [...budgets, ...stage.budgets],
    build: {
      ...buildOf(words, given),
      context: contextOf(words, given) ?? folderBuiltIn(model.file, file, around) ?? dirname(file),
    },
  };
}

function contextOf({ values }: Arguments, { around, terminal }: Given): string | undefined {
  const folder = values.get("context");
  if (folder === undefined) return undefined;
  const path = resolve(terminal.folder, folder);
  if (around.disk.kindOf(path) !== "directory")
    throw new UsageError(`--context: there is no folder ${printable(folder)}.`);
  return path;
}

function buildOf({ switches, values, lists }: Arguments, { terminal }: Given): Omit<SizeBuild, "context"> {
  return {
    target: values.get("target"),
    tag: values.get("tag"),
    platform: values.get("platform"),
    buildArguments: Object.fromEntries((lists.get("build-arg") ?? []).flatMap(argumentOf)),
    secrets: (lists.get("secret") ?? []).map((it) => secretOf(it, terminal)),
    noCache: switches.has("no-cache"),
    pull: switches.has("pull"),
  };
}

/** One that the environment does not have is not given, as `docker build` has it. */
function argumentOf(text: string): readonly (readonly [string, string])[] {
  const [, name = "", value] = /^([A-Za-z_]\w*)(?:=(.*))?$/s.exec(text) ?? [];
  if (name === "") throw new UsageError(`--build-arg is NAME=VALUE, not "${text.replace(/=.*$/s, "=…")}".`);
  const found = value ?? process.env[name];
  return found === undefined ? [] : [[name, found]];
}

/** `id=NAME,src=FILE`, `id=NAME,env=VARIABLE`, as `docker build --secret` has it; without either the variable of that name. */
function secretOf(text: string, { folder }: Terminal): SizeBuild["secrets"][number] {
  const fields = new Map(
    text.split(",").map((it): [string, string] => {
      const equals = it.indexOf("=");
      return [it.slice(0, Math.max(equals, 0)).trim(), it.slice(equals + 1)];
    }),
  );
  const id = fields.get("id");
  const path = fields.get("src") ?? fields.get("source");
  if (!id) throw new UsageError("--secret needs an id: id=NAME,src=FILE or id=NAME,env=VARIABLE.");
  return {
    id,
    from:
      path === undefined
        ? { kind: "environment", variable: fields.get("env") ?? id }
        : { kind: "file", path: resolve(folder, path) },
  };
}
