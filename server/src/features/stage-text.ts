import type { Known } from "../model/known.ts";
import type { Stage } from "../model/stage/stage.ts";
import { code, plain } from "./markdown.ts";

/** `build, on golang:1.25`: how a stage is named where there is room for a line. */
export function stageTitle(stage: Stage): string {
  const base = baseText(stage);
  return stage.name === undefined ? `stage ${stage.index}, on ${base}` : `${stage.name}, on ${base}`;
}

/** What FROM names, after its variables are expanded. */
export function baseText({ base }: Stage): string {
  switch (base.kind) {
    case "stage":
      return base.stage.name ?? `stage ${base.stage.index}`;
    case "scratch":
      return "scratch";
    case "image":
      return base.image.text;
    case "unknown":
      return base.word?.raw ?? "";
  }
}

/** What the stage is at its end, as a Markdown list; what is not known is left out. */
export function stageSummary(stage: Stage): string {
  const { result } = stage;
  const facts = [
    line("Based on", stage.base.kind === "unknown" ? undefined : code(baseText(stage))),
    line(
      "System",
      whenKnown(result.os, (os) =>
        os.family === "none" ? "none" : plain(`${os.family} ${os.version ?? ""}`.trim()),
      ),
    ),
    line(
      "C library",
      whenKnown(result.libc, (libc) => libc),
    ),
    line(
      "User",
      whenKnown(
        result.user,
        ({ name, isRoot }) => `${code(name)}${isRoot && name !== "root" ? " (root)" : ""}`,
      ),
    ),
    line("Folder", whenKnown(result.workdir, code)),
    line(
      "Ports",
      whenKnown(result.ports, (ports) => (ports.length > 0 ? ports.map(code).join(", ") : undefined)),
    ),
    line(
      "Entrypoint",
      whenKnown(result.entrypoint, (it) => it && commandText(it.words.map((word) => word.raw))),
    ),
    line(
      "Command",
      whenKnown(result.command, (it) => it && commandText(it.words.map((word) => word.raw))),
    ),
  ];
  return facts.filter((it) => it !== undefined).join("\n");
}

function line(name: string, value: string | undefined): string | undefined {
  return value === undefined || value === "" ? undefined : `- ${name}: ${value}`;
}

function whenKnown<T>(answer: Known<T>, text: (value: T) => string | undefined): string | undefined {
  return answer.known ? text(answer.value) : undefined;
}

function commandText(words: readonly string[]): string {
  return code(words.join(" "));
}
