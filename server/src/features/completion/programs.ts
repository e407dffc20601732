import { installCommand } from "../../rules/knowledge/packages/system/install.ts";
import type { Candidate } from "./candidate.ts";
import { packageNames } from "./packages.ts";
import { filesOf } from "./stage-paths.ts";
import { factsBelow, type Here } from "./state-at.ts";
import type { WrittenArgument } from "./written-argument.ts";

/** What CMD and ENTRYPOINT can start: files that the stage was given, and once something is typed the programs of its base. */
export function startedPrograms(here: Here, argument: WrittenArgument): readonly Candidate[] {
  if (argument.before.length > 0) return [];
  return [
    ...filesOf(here, argument).filter((it) => it.kind === "file"),
    ...(argument.text === "" ? [] : tools(here, argument)),
  ];
}

/** How RUN mostly begins: packages are installed by the image's own manager, or one of its programs is called. */
export function runPrograms(here: Here, argument: WrittenArgument): readonly Candidate[] {
  if (argument.before.length > 0) return packageNames(here, argument);
  if (argument.text.startsWith("<<"))
    return [
      argument.candidate("<<EOF", "keyword", {
        text: "<<EOF\nset -e\n$0\nEOF",
        snippet: true,
        detail: "a script of several lines",
      }),
    ];
  const { packageManager } = here.state;
  const manager = packageManager.known ? packageManager.value : "none";
  const install = argument.inList ? undefined : installCommand(manager, "${1:package}");
  const name = manager === "apt" ? "apt-get" : manager;
  return [
    ...(install
      ? [
          argument.candidate(`${name} install`, "keyword", {
            text: install,
            snippet: true,
            detail: "packages, and no cache left",
            rank: 0,
          }),
        ]
      : []),
    ...tools(here, argument),
  ];
}

/** Programs of the base image that are known to be there, behind all else: there are very many. */
function tools({ stage, state }: Here, argument: WrittenArgument): readonly Candidate[] {
  const facts = factsBelow(stage);
  return Object.entries(facts?.tools ?? {})
    .filter(([name, isThere]) => isThere && /^\w/.test(name) && !state.lacksTool(name))
    .map(([name]) => argument.candidate(name, "value", { detail: "is in the image", rank: 50 }));
}
