import { LIBRARIES, type Library } from "../../image/facts.ts";
import type { Answer } from "../../known.ts";
import type { KnownFile, ProjectBuild } from "../state.ts";
import type { FileSource } from "./file-register.ts";
import type { Links } from "./links.ts";

/** Things an image has or lacks that may stand in several places: a CA bundle, a zone database, a library. */
export type Feature = SystemFeature | Library;

export type SystemFeature = "certificates" | "timeZones";

/** Is it a library that programs load, rather than something the system has? */
export function isLibrary(feature: string): feature is Library {
  return (LIBRARIES as readonly string[]).includes(feature);
}

/** Is this the name of something that images have beside programs: certificates, time zones or a library? */
export function isFeature(name: string): name is Feature {
  return name === "certificates" || name === "timeZones" || isLibrary(name);
}

/** What is in an image: one that is pulled, or a stage at some point. */
export interface ContentsView extends FileSource {
  hasUser(name: string): Answer;
  hasGroup(name: string): Answer;
  hasTool(name: string): Answer;
  hasFeature(feature: Feature): Answer;
  /** Have instructions put something at this path, whatever the image below has? */
  isBrought(path: string): Answer;
  /** Has something brought a program of this name since, whatever the image below has? Also where it is gone again. */
  isToolBrought(name: string): Answer;
  /** Symbolic links that lead to directories. */
  links(): Links;
  /** Builds of projects of which it is known where they write to, in order. */
  builds(): readonly ProjectBuild[];
  /** Paths that instructions are known to have written, in order. */
  files(): readonly KnownFile[];
}
