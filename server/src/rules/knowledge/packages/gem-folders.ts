import { resolvePath } from "../../../model/stage/paths.ts";
import { notedOnStage } from "../../../model/stage/stage.ts";
import { says } from "../../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";

/** Where `bundle install` of a stage puts gems. */
export interface GemFolder {
  readonly path: string;
  /** It is named after Ruby's version, below a folder of Bundler's own; else it is GEM_HOME, which all versions share. */
  readonly isOfVersion: boolean;
  /** The RUN. */
  readonly installedBy: Instruction;
}

/**
 * In BUNDLE_PATH, else in the official images' GEM_HOME (docker-library/ruby; bundle-config(1), `path`; read 2026-11). Undefined where the
 * stage installs none.
 */
export const gemFolder = notedOnStage((stage): GemFolder | undefined => {
  const { result, instructions } = stage;
  const installedBy = instructions.find((it) => it.name === "RUN" && says(/\bbundle\b/, it));
  if (!installedBy) return undefined;
  const told = result.variable("BUNDLE_PATH");
  const workdir = result.workdir.known ? result.workdir.value : undefined;
  const own = told.known && told.value !== "" ? resolvePath(workdir, told.value) : undefined;
  return own === undefined || own === GEM_HOME
    ? { path: GEM_HOME, isOfVersion: false, installedBy }
    : { path: own, isOfVersion: true, installedBy };
});

const GEM_HOME = "/usr/local/bundle";
