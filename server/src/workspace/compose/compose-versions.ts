import type { ComposeProject } from "../../model/compose/project.ts";
import type { Defaults } from "../../syntax/compose/interpolate.ts";
import { parseCompose } from "../../syntax/compose/parse.ts";
import type { ComposeFile } from "../../syntax/compose/tree.ts";
import type { Settings } from "../configuration/settings.ts";
import type { Snapshot } from "../documents.ts";
import { LastModels } from "../last-models.ts";

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

type MakeProject = (known: KnownCompose, defaults: Defaults) => ComposeProject;

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
  project(snapshot: Snapshot, defaults: Defaults, outside: Outside, make: MakeProject): ComposeProject {
    const read = this.#fileOf(snapshot);
    const other = defaults === "taken" ? "open" : "taken";
    // Asked for one of them only, a version would be a gap in the line of the other, which would be read as a whole then.
    if (this.#before(snapshot, other, outside, read)) this.#next(snapshot, other, outside, read, make);
    return this.#next(snapshot, defaults, outside, read, make);
  }

  #next(
    snapshot: Snapshot,
    defaults: Defaults,
    outside: Outside,
    read: Read,
    make: MakeProject,
  ): ComposeProject {
    const { state, settings } = outside;
    const last = this.#projects[defaults].before(snapshot, state);
    if (last?.project.file === read.file && last.settings === settings) return last.project;
    const project = make(
      { file: read.file, before: this.#before(snapshot, defaults, outside, read) },
      defaults,
    );
    this.#projects[defaults].set(snapshot, state, { project, settings });
    return project;
  }

  /** The project of the version that the file was read from. */
  #before(
    snapshot: Snapshot,
    defaults: Defaults,
    { state, settings }: Outside,
    { from }: Read,
  ): ComposeProject | undefined {
    const last = this.#projects[defaults].before(snapshot, state);
    return from !== undefined && last?.project.file === from && last.settings === settings
      ? last.project
      : undefined;
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
