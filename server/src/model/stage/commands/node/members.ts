import type { Changes } from "../../contents/changes.ts";
import { valuesOf, workspaceAround } from "../../projects/node/monorepo.ts";
import { type NodeProject, runPackageScripts } from "../../projects/node/project.ts";
import {
  type Member,
  membersFiltered,
  membersNamed,
  standingOn,
  workspaceMembers,
} from "../../projects/node/workspace.ts";
import { writesBeside } from "../../projects/project-build.ts";
import { type Call, pathOf } from "../command-family.ts";
import { readManagerWords } from "./manager-words.ts";
import { runProgram } from "./programs.ts";

/** Where a package manager is told to work: the root of the workspace, and the projects that are chosen there. */
interface Chosen {
  readonly root?: NodeProject | undefined;
  readonly members?: readonly Member[] | undefined;
}

/**
 * `npm -w web`, `yarn workspace web`, `yarn workspaces foreach`, `pnpm --filter web`, `pnpm -r` (docs.npmjs.com, yarnpkg.com, pnpm.io;
 * read 2026-11).
 */
export function chosenMembers(call: Call, changes: Changes, project: NodeProject): Chosen {
  const root = workspaceAround(call, changes, project.directory);
  const members = root && workspaceMembers(root, call, changes);
  const words = call.words.flatMap((it) => it ?? []);
  if (!root || !members) return {};
  if (call.program === "yarn" && words.includes("workspace")) {
    const name = words[words.indexOf("workspace") + 1];
    return { root, members: members.filter((it) => it.name === name) };
  }
  if (call.program === "yarn") return { root, members };
  if (call.program === "npm") {
    const named = valuesOf(words, "-w", "--workspace").map((it) => membersNamed(it, members, root.directory));
    const isKnown = named.every((it) => it !== undefined);
    return {
      root,
      members: named.length === 0 ? members : isKnown ? named.flatMap((it) => it ?? []) : undefined,
    };
  }
  const filters = valuesOf(words, "--filter", "-F");
  return {
    root,
    members: filters.length === 0 ? members : membersFiltered(filters, members, root.directory),
  };
}

/** Runs in each of them what the words behind the choice say. */
export function runInMembers(
  members: readonly Member[],
  call: Call,
  changes: Changes,
  root: NodeProject,
): boolean {
  const words = call.words.flatMap((it) => it ?? []);
  const plain =
    call.program === "yarn"
      ? words.filter(
          (it, at) =>
            !it.startsWith("-") && !/^--(include|exclude|from|jobs)$|^-j$/.test(words[at - 1] ?? ""),
        )
      : readManagerWords(call.program, words).operands.flatMap((it) => it ?? []);
  const behind =
    plain[0] === "workspace"
      ? plain.slice(2)
      : plain[0] === "workspaces"
        ? plain.slice(plain[1] === "foreach" ? 2 : 1)
        : plain;
  const [verb = "", ...rest] = behind;
  if (verb === "deploy") return deploy(rest, call, changes, root);
  if (/^(exec|dlx|x)$/.test(verb) && words.indexOf(rest[0] ?? "") > 0) {
    for (const it of members) runProgram(words.indexOf(rest[0] ?? ""), call, changes, it);
    return true;
  }
  const [name = verb, ...more] = verb === "run" || verb === "run-script" ? rest : behind;
  if (more.length > 0 || members.length === 0 || words.includes("--")) return false;
  const ordered = standingOn(members, members);
  if (!ordered.some((it) => Object.hasOwn(it.scripts, name))) return false;
  for (const it of ordered) runPackageScripts([name], [], call, changes, it);
  return true;
}

/** The project's files and its packages, in a folder of their own (pnpm.io/cli/deploy, read 2026-11). */
function deploy(
  operands: readonly string[],
  call: Call,
  changes: Changes,
  { directory }: NodeProject,
): boolean {
  const [target, ...more] = operands;
  const path = target === undefined || more.length > 0 ? undefined : pathOf(call, target);
  if (path === undefined || !writesBeside(call, changes, directory)) return false;
  changes.write(path, "directory");
  changes.mayBuildBelow(path);
  return true;
}
