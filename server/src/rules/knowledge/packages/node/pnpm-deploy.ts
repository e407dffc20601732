import { joinPath } from "../../../../model/stage/paths.ts";
import { insert } from "../../../../text/edit.ts";
import type { CommandCall, Fix } from "../../../rule.ts";
import { originOf } from "../../files/file-origin.ts";
import { mayMountFiles } from "../untouched-directory.ts";
import { wordsOf } from "./node-installs.ts";
import type { ToldManager } from "./node-manager-versions.ts";

/**
 * The last minor version of a major one whose `pnpm deploy` ends with ERR_PNPM_DEPLOY_NONINJECTED_WORKSPACE, whatever is deployed: tried with
 * 10.0 to 10.34, 11.0 to 11.25, 12.0 and 12.1, which do, and 9.15, 11.28 and 12.21, which do not (2026-11-28; pnpm.io/cli/deploy:
 * "no longer requires injectWorkspacePackages").
 */
const LAST_TO_REFUSE: ReadonlyMap<number | "latest", number> = new Map([
  [10, Number.POSITIVE_INFINITY],
  [11, 25],
  [12, 1],
]);

/** The first of version 10 that takes it (changelog of 10.2.1; tried with 10.1 and 10.4). */
const FIRST_WITH_LEGACY = 3;

export function isDeploy(words: readonly string[]): boolean {
  return words[verbAt(words)] === "deploy";
}

/** Why this pnpm does not deploy from the workspace that the command runs in; undefined where it may. */
export function deployRefusal(
  call: CommandCall,
  { version, minor }: ToldManager,
): { message: string; fixes: readonly Fix[] } | undefined {
  const { command, script, run, stage } = call;
  const last = LAST_TO_REFUSE.get(version);
  if (last === undefined || (minor ?? Number.POSITIVE_INFINITY) > last || mayMountFiles(run))
    return undefined;
  // Anywhere: in the words, in variables, in what sets pnpm's own configuration.
  if (SETTINGS.test(stage.model.file.text) || wordsOf(command).some((it) => ELSEWHERE.test(it)))
    return undefined;
  const before = script.commands.slice(0, script.commands.indexOf(command));
  if (!before.every((it) => STAYS.test(it.name?.literal ?? "") && it.redirections.length === 0))
    return undefined;
  const { workdir } = stage.before(call.instruction);
  if (!workdir.known) return undefined;
  const at = (name: string) => joinPath(workdir.value, name);
  // Of the workspace both are known; another file may set it only where it is there.
  const known = ["pnpm-workspace.yaml", "package.json"].map((it) => textAt(at(it), call));
  if (known.some((it) => it === undefined || SETTINGS.test(it) || HOOKS.test(it))) return undefined;
  if (OTHERS.some((it) => maySet(at(it), call))) return undefined;
  // The user's own settings count too.
  if (stage.before(call.instruction).hasPath("/root/.npmrc").is === "yes") return undefined;
  const verb = command.arguments[verbAt(wordsOf(command))];
  const takesLegacy = version !== 10 || minor === undefined || minor >= FIRST_WITH_LEGACY;
  return {
    message: `pnpm ${version} deploys only from a workspace with injectWorkspacePackages, which is not set here, or with --legacy.`,
    fixes:
      verb && takesLegacy
        ? [
            {
              kind: "unsafe",
              title: "Deploy with --legacy",
              edits: [insert(verb.span.end, " --legacy")],
            },
          ]
        : [],
  };
}

const SETTINGS = /inject.?workspace|force.?legacy|--legacy|shared.?workspace/i;

/** With these a hook may set what is written nowhere else. */
const HOOKS = /configDependencies|pnpmfile/;

const OTHERS = [".npmrc", ".pnpmfile.cjs", ".pnpmfile.mjs"];

const ELSEWHERE = /^(?:-C|--dir|--config|--global-?pnpmfile|--pnpmfile|-g$|--workspace-dir)/;

/** Programs that leave the shell where it is, and pnpm's settings as they are. */
const STAYS = /^(?:pnpm|npm|npx|corepack|node|mkdir|rm|echo|apk|apt-get)$/;

/** Where the verb stands: behind options, of which `--filter` and its short form take a word. */
function verbAt(words: readonly string[]): number {
  let at = 0;
  while (words[at]?.startsWith("-")) at += /^(?:-F|--filter(?:-prod)?)$/.test(words[at] ?? "") ? 2 : 1;
  return at;
}

function textAt(path: string, { stage, instruction }: CommandCall): string | undefined {
  return originOf(path, stage, instruction)?.text;
}

/** May a file be there that sets something of it? A hook may set all. */
function maySet(path: string, call: CommandCall): boolean {
  const { stage, instruction } = call;
  const { is } = stage.before(instruction).hasPath(path);
  if (is === "no") return false;
  const text = textAt(path, call);
  if (text !== undefined) return !path.endsWith(".npmrc") || SETTINGS.test(text) || HOOKS.test(text);
  const name = path.slice(path.lastIndexOf("/") + 1);
  return is === "yes" || stage.model.inputs.context?.exists(name) !== "absent";
}
