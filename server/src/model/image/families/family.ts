import { NO_PROJECTS, type SharedFacts } from "../operating-systems.ts";

/**
 * What all tags of an image of one kind share: only what has held for every release in use and is part of how the
 * image is built, so that it is as certain for `golang:1.22` as for a tag of the table. The first match counts.
 */
export interface ImageFamily {
  readonly image: RegExp;
  /** Matches a tag; no tag is asked about as `latest`. */
  readonly tag: RegExp;
  readonly facts: SharedFacts;
  readonly source: string;
  /** The day when it was written down, where that is another one than of most. */
  readonly date?: string;
}

export const ANY = /^/;
export const ALPINE_TAG = /(^|-)alpine/;
export const SLIM_TAG = /(^|-)slim(-|$)/;
/** Tags of images of Windows, beside those of Linux under one name. */
export const WINDOWS_TAG = /nanoserver|windowsservercore|windows/;

/** Nothing in the configuration but ENV and CMD, as images to build on have it. */
export const PLAIN: SharedFacts = {
  absent: NO_PROJECTS,
  entrypoint: null,
  exposedPorts: [],
  volumes: [],
  stopSignal: null,
  hasHealthcheck: false,
};
/** A system as it comes, and toolchains on one, start its shell, whatever its path is in the one or other version. */
export const SHELL: SharedFacts = { ...PLAIN, cmd: ["sh"] };
export const BASH: SharedFacts = { ...PLAIN, cmd: ["bash"] };
