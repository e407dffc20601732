import { resolve } from "node:path";
import type { BudgetInfo } from "../../../../../client/src/shared/server-messages.ts";
import type { SizeRequest } from "../../../../../client/src/shared/size-request.ts";
import type { BudgetMeasure } from "../../../rules/size-budget.ts";
import { readByteSize } from "../../../text/byte-size.ts";
import { Disk } from "../../../workspace/disk.ts";
import { configurationFlags, configurationFor } from "../configuration.ts";
import type { Command } from "../run.ts";
import { sizeSubjects } from "../size-subjects.ts";
import { surroundings } from "../surroundings.ts";
import type { Terminal } from "../terminal.ts";
import { type Arguments, UsageError } from "../usage.ts";

const formats = ["text", "markdown", "json"] as const;

export const sizeCommand: Command = {
  spec: {
    name: "size",
    summary: "Weigh images line by line, and hold them to a budget.",
    usage: "size [flags] IMAGES|DOCKERFILES",
    flags: [
      {
        name: "budget",
        summary: "What each may weigh on disk, for example 25MB; else its comment or configuration says.",
        value: { placeholder: "SIZE" },
      },
      {
        name: "transfer-budget",
        summary: "What each may weigh compressed, as a registry has it.",
        value: { placeholder: "SIZE" },
      },
      {
        name: "record",
        summary: "Write what was measured to a file, for a later --against.",
        value: { placeholder: "FILE" },
      },
      {
        name: "against",
        summary: "Compare with such a file, for example that of the base branch.",
        value: { placeholder: "FILE" },
      },
      {
        name: "max-growth",
        summary: "How much larger each may be than there.",
        value: { placeholder: "5%|1MB" },
      },
      {
        name: "format",
        summary: "How the result is printed; text when not given.",
        value: { placeholder: formats.join("|"), oneOf: formats },
      },
      {
        name: "output",
        summary: "Write the result to this file, and a text to the terminal.",
        value: { placeholder: "FILE" },
      },
      {
        name: "target",
        summary: "Stage that is built; the last when not given.",
        value: { placeholder: "STAGE" },
      },
      {
        name: "build-arg",
        summary: "Value of an ARG, or its name to take it from the environment; may be repeated.",
        value: { placeholder: "NAME=VALUE", many: true },
      },
      {
        name: "secret",
        summary:
          "What RUN --mount=type=secret reads: id=NAME,src=FILE or id=NAME,env=VARIABLE; may be repeated.",
        value: { placeholder: "SECRET", many: true },
      },
      {
        name: "context",
        summary: "Folder that is built in; the one that holds what COPY names when not given.",
        value: { placeholder: "FOLDER" },
      },
      { name: "platform", summary: "For example linux/arm64.", value: { placeholder: "PLATFORM" } },
      {
        name: "tag",
        summary: "What the built image is called; it has no name when not given.",
        value: { placeholder: "NAME" },
      },
      { name: "no-cache", summary: "Build every step anew." },
      { name: "pull", summary: "Look for newer base images." },
      ...configurationFlags,
    ],
    notes: [
      "A file is a Dockerfile, which is built first; so is a folder written like one (., ./api, api/). Any other word is an image of the engine.",
      "The engine is that of DOCKER_HOST or of the Docker context, as for docker.",
      "A --output that is $GITHUB_STEP_SUMMARY is added to.",
      "Exit code: 0 all within their budgets, 1 one is over or grew too much, 2 wrong usage, no engine, or a failed build.",
    ],
  },
  run: size,
};

async function size(given: Arguments, terminal: Terminal): Promise<number> {
  const { switches, values, operands } = given;
  if (operands.length === 0)
    throw new UsageError("Name images or Dockerfiles to weigh, for example: plimsoll size Dockerfile");
  const at = (name: string) => {
    const path = values.get(name);
    return path === undefined ? undefined : resolve(terminal.folder, path);
  };
  const growth = growthOf(values.get("max-growth"));
  if (growth && !values.has("against")) throw new UsageError("--max-growth needs --against FILE.");
  const around = await surroundings(new Disk(), terminal);
  const budgets = [budgetOf("budget", "disk", values), budgetOf("transfer-budget", "transfer", values)];
  const subjects = sizeSubjects(given, {
    around,
    terminal,
    configuration: configurationFor(switches, values.get("config"), around, terminal),
    budgets: budgets.filter((it) => it !== undefined),
  });
  const request: SizeRequest = {
    subjects,
    format: formats.find((it) => it === values.get("format")) ?? "text",
    output: at("output"),
    record: at("record"),
    against: at("against"),
    maxGrowth: growth,
  };
  const program = await terminal.loadSize();
  return program.runSize(request, terminal);
}

function budgetOf(
  name: string,
  of: BudgetMeasure,
  values: ReadonlyMap<string, string>,
): BudgetInfo | undefined {
  const text = values.get(name);
  if (text === undefined) return undefined;
  return { of, bytes: bytesOf(name, text), image: null, severity: "error", from: { kind: "flag", name } };
}

function growthOf(text: string | undefined): SizeRequest["maxGrowth"] {
  if (text === undefined) return undefined;
  const [, percent] = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(text) ?? [];
  if (percent !== undefined) return { kind: "percent", percent: Number(percent) };
  // What may not grow at all needs no unit.
  if (/^\s*0\s*$/.test(text)) return { kind: "bytes", bytes: 0 };
  return { kind: "bytes", bytes: bytesOf("max-growth", text) };
}

function bytesOf(name: string, text: string): number {
  const read = readByteSize(text);
  if (read.kind === "wrong") throw new UsageError(`--${name}: ${read.message}`);
  return read.bytes;
}
