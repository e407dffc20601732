import { notedOnStage } from "../../model/stage/stage.ts";

/** Absolute paths of the virtual environments that a stage makes: `python -m venv /opt/venv`. */
export const virtualEnvironments = notedOnStage((stage): readonly string[] => {
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
  return paths;
});
