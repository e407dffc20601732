import type { ComposeProject } from "../model/compose/project.ts";
import type { Defaults } from "../syntax/compose/interpolate.ts";
import { parseCompose } from "../syntax/compose/parse.ts";
import type { ComposeFile } from "../syntax/compose/tree.ts";
import type { Snapshot } from "./documents.ts";
import { LastModels } from "./last-models.ts";
import type { Settings } from "./settings.ts";

/** What a version of a Compose file was made from besides its text. */
export interface Outside {
  /** Names it, and its version. */
  readonly state: string;
  readonly settings: Settings;
}

/** What is already there to read a project from. */
export interface KnownCompose {
  readonly file: ComposeFile;
  /** The project of the version that `file` was read from, where nothing but the text has changed since. */
  readonly before: ComposeProject | undefined;
}

interface Read {
  readonly file: ComposeFile;
  readonly from: ComposeFile | undefined;
}

/** Versions of Compose files, each read from the one before it. */
export class ComposeVersions {
  readonly #read = new WeakMap<Snapshot, Read>();
  readonly #files = new LastModels<ComposeFile>();
  readonly #projects = { taken: new LastModels<Made>(), open: new LastModels<Made>() };

  /** Reads the project of a snapshot by `make`; `defaults` as there. */
  project(
    snapshot: Snapshot,
    defaults: Defaults,
    { state, settings }: Outside,
    make: (known: KnownCompose) => ComposeProject,
  ): ComposeProject {
    const { file, from } = this.#fileOf(snapshot);
    const last = this.#projects[defaults].before(snapshot, state);
    const isBefore = from !== undefined && last?.project.file === from && last.settings === settings;
    const project = make({ file, before: isBefore ? last.project : undefined });
    this.#projects[defaults].set(snapshot, state, { project, settings });
    return project;
  }

  #fileOf(snapshot: Snapshot): Read {
    const known = this.#read.get(snapshot);
    if (known) return known;
    const from = this.#files.before(snapshot, "");
    const read = { file: parseCompose(snapshot.text, from), from };
    this.#files.set(snapshot, "", read.file);
    this.#read.set(snapshot, read);
    return read;
  }
}

interface Made {
  readonly project: ComposeProject;
  readonly settings: Settings;
}
