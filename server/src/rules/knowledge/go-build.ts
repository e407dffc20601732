import type { Stage } from "../../model/stage/stage.ts";
import type { Command } from "../../syntax/shell/script.ts";

/** Does something say that the program holds C on purpose? Then it would no longer compile. */
export function usesC(command: Command, builder: Stage): boolean {
  const says = (word: string) => /^CGO_|-linkmode|-extld|^-race$|^-msan$|^-asan$/.test(word);
  if (command.arguments.some((it) => says(it.raw)) || command.assignments.some((it) => says(it.name)))
    return true;
  return builder.instructions.some((it) => {
    if (it.name === "ENV" || it.name === "ARG") return it.pairs.some((pair) => says(pair.name.raw));
    const words = (stage: Stage) => (stage.scriptOf(it)?.commands ?? []).flatMap((one) => one.arguments);
    return words(builder).some((word) =>
      /^(gcc|g\+\+|build-base|musl-dev|build-essential)$|-dev(el)?$/.test(word.literal ?? ""),
    );
  });
}

/** Is this a `go build` or `go install`? */
export function isGoBuild({ name, arguments: [verb] }: Command): boolean {
  return name?.literal === "go" && (verb?.literal === "build" || verb?.literal === "install");
}
