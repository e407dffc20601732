import type { Changes } from "../../contents/changes.ts";
import { runMonorepoTool } from "../../projects/node/monorepo.ts";
import { type NodeProject, nodeProject } from "../../projects/node/project.ts";
import { NODE_TOOLS, runNodeTool } from "../../projects/node/tools.ts";
import type { Call, CommandFamily } from "../command-family.ts";
import { crossEnv, removal, scripts } from "./script-tools.ts";

/** `npx vite build`: a program of the project's packages. */
export const npx: CommandFamily = {
  programs: ["npx", "pnpx", "bunx"],
  run(call, changes) {
    runProgram(0, call, changes, nodeProject(call, changes, call.directory));
  },
};

/** What stands from a word on: a tool of the project's packages, or one that only starts another. */
export function runProgram(
  from: number,
  call: Call,
  changes: Changes,
  project: NodeProject | undefined,
): void {
  let at = from;
  while (/^(--|-y|--yes|--no|--no-install|--bun|-q|--quiet)$/.test(call.words[at] ?? "")) at++;
  // A version may be named: `npx prisma@5 generate`
  const program = call.words[at]?.replace(/(.)@[\w.^~-]+$/, "$1");
  if (program !== undefined && isTool(program))
    runNodeTool(program, call.as(program, call.words.slice(at + 1)), changes, project);
  else if (program !== undefined && program === call.words[at] && isWrapper(program))
    call.runWords(at, changes);
  else changes.mayWriteAnywhere();
}

const TOOL_NAMES: ReadonlySet<string> = new Set(NODE_TOOLS);

/** Is it known what this tool of packages writes? */
export function isTool(name: string): boolean {
  return TOOL_NAMES.has(name);
}

function isWrapper(name: string): boolean {
  return (
    scripts.programs.includes(name) ||
    crossEnv.programs.includes(name) ||
    removal.programs.includes(name) ||
    monorepo.programs.includes(name)
  );
}

/** Several projects, each with scripts of its own. */
export const monorepo: CommandFamily = {
  programs: ["lerna", "nx", "turbo"],
  run(call, changes) {
    runMonorepoTool(call, changes);
  },
};

/** Tools that package.json brings; in RUN they are on PATH where it names `node_modules/.bin`, or were installed for all. */
export const nodeTools: CommandFamily = {
  programs: NODE_TOOLS,
  run(call, changes) {
    runNodeTool(call.program, call, changes, nodeProject(call, changes, call.directory));
  },
};
