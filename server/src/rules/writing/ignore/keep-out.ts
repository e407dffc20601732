import type { BuildContext } from "../../../model/context/build-context.ts";
import type { DockerfileModel } from "../../../model/stage/dockerfile-model.ts";
import { baseName } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import { parseIgnoreFile } from "../../../syntax/dockerignore/ignore-file.ts";
import { pathMatcher } from "../../../syntax/dockerignore/pattern.ts";
import { commandsIn, speaksOf } from "../../knowledge/files/build-text.ts";
import { contextNeeds, keepsNeededOut } from "../../knowledge/files/context-needs.ts";
import { contextSources } from "../../knowledge/files/context-sources.ts";
import { type NeedlessEntry, needlessEntries } from "../../knowledge/files/needless-entries.ts";
import { isShipped } from "../../knowledge/stages/shipped.ts";
import type { Fix, OtherFileChange } from "../../rule.ts";
import { changeIgnoreFile, ignoreFileAfter, ignoreTextOf, type Section } from "./ignore-file.ts";

/**
 * Keeps the needless of these entries out of the build. A new ignore file is made where there is none, else the patterns go
 * to its end. Undefined where nothing is to be kept out.
 */
export function keepOutNeedless(model: DockerfileModel, entries: readonly NeedlessEntry[]): Fix | undefined {
  const { context } = model.inputs;
  if (!context) return undefined;
  const kinds = entries
    .filter(({ need, kind }) => need === "needless" && fits([kind.pattern], model, context))
    .map((it) => it.kind);
  const patternsOf = (chosen: typeof kinds) => [...new Set(chosen.map((it) => it.pattern))];
  return changeIgnoreFile(context, [
    { ...surroundings, patterns: patternsOf(kinds.filter((it) => !it.madeBy)) },
    { ...made, patterns: patternsOf(kinds.filter((it) => it.madeBy)) },
  ]);
}

/**
 * Keeps a folder that the image makes anew out of the build, and with a new ignore file what else no image needs. Undefined
 * where the Dockerfile takes something of it by name.
 */
export function keepOutMade(model: DockerfileModel, path: string): Fix | undefined {
  const { context } = model.inputs;
  if (!context) return undefined;
  const entries = needlessEntries(model, context);
  const entry = entries.find((it) => it.name === path && it.kind.madeBy);
  const pattern = entry?.kind.pattern ?? patternOf(path);
  if (!contextNeeds(model, context).complete || !fits([pattern], model, context)) return undefined;
  if (entry?.need === "needless" && context.ignoreFile.kind === "none")
    return keepOutNeedless(model, entries);
  return changeIgnoreFile(context, [{ ...made, patterns: [pattern] }]);
}

/** Keeps all of these secrets out of the build. Undefined where the Dockerfile takes one of them by name or reads it. */
export function keepOutSecrets(model: DockerfileModel, paths: readonly string[]): Fix | undefined {
  const { context } = model.inputs;
  const patterns = paths.map(patternOf);
  if (!context || !fits(patterns, model, context) || paths.some((it) => isRead(it, model))) return undefined;
  const fix = changeIgnoreFile(context, [{ ...secrets, patterns }]);
  const after = fix && ignoreFileAfter(fix);
  return after && paths.every((it) => after.ignoredBy(it) !== undefined) ? fix : undefined;
}

/**
 * What keeps a secret out of the images of a Dockerfile, which is about to be written and which COPY or ADD would take in with the folder
 * that it is in. Undefined where nothing takes it, or nothing can be done about it.
 */
export function keepOutNewSecret(model: DockerfileModel, path: string): OtherFileChange | undefined {
  const { context } = model.inputs;
  if (context?.isIgnored(path).is !== "no" || isForDefaults(path, context)) return undefined;
  const takesIt = (copy: Instruction, stage: Stage) =>
    !copy.flags.some((it) => it.name === "exclude") &&
    contextSources(copy, stage).some(
      (it) => it.path === "" || (it.isPattern && pathMatcher(it.path)?.(path)),
    );
  const isTaken = model.stages.some(
    (stage) => isShipped(stage) && stage.instructions.some((it) => COPIES.has(it.name) && takesIt(it, stage)),
  );
  return isTaken ? keepOutSecrets(model, [path])?.others?.[0] : undefined;
}

const COPIES: ReadonlySet<string> = new Set(["COPY", "ADD"]);

/**
 * Whoever keeps `.env.local` out lets `.env` in: with Symfony, Next.js, Vite and others it holds the defaults that all share,
 * and is in Git; what is secret stands in the other one (symfony.com/doc, Configuration; vite.dev, Env Variables; read 2026-11).
 */
export function isForDefaults(path: string, context: BuildContext): boolean {
  if (!/(^|\/)\.env$/.test(path)) return false;
  const { is, by } = context.isIgnored(`${path}.local`);
  return is === "yes" && by?.pattern.includes(".local") === true;
}

/** The comments are written in a new file only. */
const secrets: Section = { comment: "# Secrets stay out of the image.", patterns: [] };
const surroundings: Section = {
  comment: "# What only people and tools around the build need.",
  patterns: [],
};
const made: Section = { comment: "# Installed or built anew inside the image.", patterns: [] };

/** A path as a pattern that matches nothing else. A `/` in front takes the meaning from `#` and `!`. */
function patternOf(path: string): string {
  const plain = path.replace(/[\\*?[\]]/g, "\\$&");
  return /^[#!]/.test(plain) ? `/${plain}` : plain;
}

/** Do these keep nothing out that the Dockerfile takes by name, nor what the ignore file makes an exception of? */
function fits(patterns: readonly string[], model: DockerfileModel, context: BuildContext): boolean {
  const text = ignoreTextOf(context);
  if (text === undefined) return false;
  const before = parseIgnoreFile(text);
  const after = parseIgnoreFile([text, ...patterns].join("\n"));
  if (after.problems.length > 0 || keepsNeededOut(before, after, contextNeeds(model, context))) return false;
  const exceptions = before.patterns.filter((it) => it.exception && !before.ignoredBy(it.path));
  return exceptions.every((it) => after.ignoredBy(it.path) === undefined);
}

/** npm and its like read the one `.npmrc` without being told. */
function isRead(path: string, model: DockerfileModel): boolean {
  const name = baseName(path);
  if (speaksOf(name, model)) return true;
  return name === ".npmrc" && commandsIn(model).some((it) => NODE.test(it.name?.literal ?? ""));
}

const NODE = /^(npm|npx|yarn|pnpm|pnpx|bun|bunx|corepack)$/;
