import { notedOnStage } from "../../../model/stage/stage.ts";
import { stagesDownFrom } from "../../../model/stage/stage-graph.ts";
import type { CommandCall } from "../../rule.ts";
import { fewTimes } from "../stages/few-times.ts";
import { factsBelow, idOfUser } from "../users/user-ids.ts";
import { refusedToOthers, WRITING } from "./root-places.ts";

/**
 * Does what a call does certainly need root? Each program by its own rules: yes, no, or what it does that only root may, to stand
 * behind its name.
 */
export const rootCommands: Readonly<
  Record<string, (call: CommandCall, user: string) => boolean | string | undefined>
> = {
  ...Object.fromEntries(WRITING.map((it) => [it, refusedToOthers])),
  ...always(
    "apt-get apt aptitude",
    /^(update|install|upgrade|dist-upgrade|full-upgrade|remove|purge|autoremove|build-dep)$/,
  ),
  ...always("apk", /^(add|del|update|upgrade|fix)$/),
  ...always(
    "dnf microdnf yum tdnf zypper",
    /^(install|in|update|up|upgrade|remove|rm|erase|groupinstall|reinstall|makecache|refresh|ref|swap)$/,
  ),
  ...always("useradd adduser groupadd addgroup usermod userdel deluser groupmod groupdel delgroup", /./),
  chown: (call, user) => changesOwner(call, user) || refusedToOthers(call),
  npm: installsGlobally,
};

/** These answer, or pretend, without changing anything. */
const HARMLESS =
  /^(-s|--simulate|--dry-run|--just-print|--no-act|--help|-h|--version|--root|--installroot|-D|--usermode)(=|$)/;

/** `adduser -D` creates a user without a password. */
function isHarmless(option: string, program: string): boolean {
  return HARMLESS.test(option) && !(option === "-D" && program === "adduser");
}

function always(programs: string, verb: RegExp): typeof rootCommands {
  const needs = ({ command: { arguments: words }, program }: CommandCall) => {
    let changes = false;
    for (const { raw, literal } of words) {
      if (raw.startsWith("-") && isHarmless(raw, program)) return false;
      changes ||= literal !== undefined && !literal.startsWith("-") && verb.test(literal);
    }
    return changes;
  };
  return Object.fromEntries(programs.split(" ").map((it) => [it, needs]));
}

/** Files can be given away by root only. */
function changesOwner({ command: { arguments: words }, stage }: CommandCall, user: string): boolean {
  const owner = words.find((it) => !it.raw.startsWith("-"))?.literal;
  const name = owner === undefined ? undefined : /^([\w.-]+)/.exec(owner)?.[1];
  if (name === undefined || name === user || words.some((it) => /^--(from|reference)/.test(it.raw)))
    return false;
  const isId = (it: string) => /^\d+$/.test(it);
  if (isId(name) === isId(user)) return true;
  const [one, other] = [idOfUser(name, stage), idOfUser(user, stage)];
  return one !== undefined && other !== undefined && one !== other;
}

/** Where `-g` installs to belongs to root in the official images (docker-node, docs/BestPractices.md, read 2026-11). */
function installsGlobally({ command, script, instruction, stage }: CommandCall): boolean {
  const words = command.arguments.map((it) => it.literal ?? it.raw);
  const verb = words.find((it) => !it.startsWith("-"));
  const isGlobal = words.some((it) => it === "-g" || it === "--global");
  if (!isGlobal || !/^(install|i|add)$/.test(verb ?? "") || words.some((it) => it.startsWith("--prefix")))
    return false;
  if (factsBelow(stage)?.name !== "node" || command.assignments.length > 0) return false;
  const state = stage.before(instruction);
  const names = ["NPM_CONFIG_PREFIX", "npm_config_prefix"];
  if (names.some((it) => state.isSet(it).is !== "no")) return false;
  if (!isLookedAt(stage)) return false;
  const above = [...stagesDownFrom(stage)].flatMap(({ instructions }) =>
    instructions.includes(instruction)
      ? instructions.slice(0, instructions.indexOf(instruction))
      : instructions,
  );
  const { text } = stage.model.file;
  const before = above.map((it) => text.slice(it.span.start, it.span.end)).join("\n");
  const own = script.commands.slice(0, script.commands.indexOf(command));
  const isMoved =
    /chown|chmod|prefix|npmrc/.test(before) ||
    own.some((it) => it.name?.literal === "npm" || it.name?.literal === "export");
  return !isMoved;
}

const isLookedAt = fewTimes(notedOnStage, 20);
