import type { StageState } from "../../server/src/model/stage/state.ts";
import { contextOf, modelOf } from "./model.ts";

/** What the first stage makes of these files; each path with `yes`, `no`, `if` (no, as the context is now) or `?`. */
export function made(
  image: string,
  lines: string,
  files: Readonly<Record<string, string>>,
  ...paths: readonly string[]
): string[] {
  const text = `FROM ${image}\nWORKDIR /app\n${lines}\n`;
  const state = modelOf(text, { context: contextOf(files) }).finalStage?.result;
  return paths.map((it) => `${it} ${state ? answer(state, it) : "no stage"}`);
}

function answer(state: StageState, path: string): string {
  const { is, asContextIs } = state.hasPath(path);
  return asContextIs ? "if" : is === "unknown" ? "?" : is;
}

/** Builds of the last stage, and where they write to. */
export function builds(image: string, lines: string, files: Readonly<Record<string, string>>): string[] {
  const text = `FROM ${image}\nWORKDIR /app\n${lines}\n`;
  const state = modelOf(text, { context: contextOf(files) }).finalStage?.result;
  return (state?.builds ?? []).map((it) => `${it.program}: ${it.outputs.join(" ")}`);
}
