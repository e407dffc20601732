import type { Stage } from "../../model/stage/stage.ts";

/** Absolute paths of the virtual environments that a stage makes: `python -m venv /opt/venv`. */
export function virtualEnvironments(stage: Stage): readonly string[] {
  const known = found.get(stage);
  if (known) return known;
  const paths: string[] = [];
  for (const run of stage.instructions) {
    if (run.name !== "RUN") continue;
    for (const { name, arguments: words } of stage.commandsOf(run)?.commands ?? []) {
      const literals = words.map((it) => it.literal);
      const isVenv = /^python3?$/.test(name?.literal ?? "") && literals[0] === "-m" && literals[1] === "venv";
      const path = literals.at(-1);
      if (isVenv && path?.startsWith("/")) paths.push(path);
    }
  }
  found.set(stage, paths);
  return paths;
}

/** Kept, since each COPY of a later stage asks for it. */
const found = new WeakMap<Stage, readonly string[]>();
