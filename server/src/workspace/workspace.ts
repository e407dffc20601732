import type { ComposeProject } from "../model/compose/project.ts";
import { imagesNamedByCompose, imagesNamedByDockerfile } from "../model/image/named-images.ts";
import type { DockerfileModel } from "../model/stage/dockerfile-model.ts";
import { checkCompose, checkDockerfile, type RuleFailure } from "../rules/check.ts";
import type { Problem } from "../rules/rule.ts";
import type { ShellReader } from "../syntax/shell/script.ts";
import { checkFile } from "./check-file.ts";
import type { Disk } from "./disk.ts";
import type { Documents, Snapshot } from "./documents.ts";
import type { KnownImages } from "./known-images.ts";
import { modelOfDockerfile, projectOfCompose, type Surroundings } from "./models.ts";
import type { Settings } from "./settings.ts";

export interface WorkspaceParts {
  readonly documents: Documents;
  readonly disk: Disk;
  readonly shell: ShellReader;
  readonly images: KnownImages;
  readonly folders: readonly string[];
  readonly onRuleFailure: (failure: RuleFailure) => void;
}

/**
 * Snapshots, evaluated. Each is parsed and evaluated once and the answer kept as long as nothing that it was made from
 * has changed: for a Dockerfile the disk and what is known of images, for a Compose file other documents too.
 */
export class Workspace {
  readonly #parts: WorkspaceParts;
  readonly #around: Surroundings;
  readonly #dockerfiles = new WeakMap<Snapshot, Kept<DockerfileModel>>();
  readonly #projects = new WeakMap<Snapshot, Kept<ComposeProject>>();
  readonly #problems = new WeakMap<
    Snapshot,
    Kept<{ readonly settings: Settings; readonly problems: readonly Problem[] }>
  >();

  constructor(parts: WorkspaceParts) {
    this.#parts = parts;
    this.#around = {
      disk: parts.disk,
      shell: parts.shell,
      images: parts.images,
      folders: parts.folders,
      textAt: (path) => this.textAt(path),
    };
  }

  get images(): KnownImages {
    return this.#parts.images;
  }

  /** Images that the snapshot takes from outside, as an engine understands them. */
  imagesNamedBy(snapshot: Snapshot): ReadonlySet<string> {
    return snapshot.kind === "dockerfile"
      ? imagesNamedByDockerfile(this.dockerfile(snapshot))
      : imagesNamedByCompose(this.project(snapshot));
  }

  /** Text of an open document or of a file. */
  textAt(path: string): string | undefined {
    const open = this.#parts.documents.at(path);
    if (open) return open.text;
    const read = this.#parts.disk.read(path);
    return read.kind === "text" ? read.text : undefined;
  }

  dockerfile(snapshot: Snapshot): DockerfileModel {
    return keptOr(this.#dockerfiles, snapshot, this.stateOf(snapshot), () =>
      modelOfDockerfile(snapshot.text, snapshot.path, this.#around),
    );
  }

  /** The project as it is when the shell sets no variable. */
  project(snapshot: Snapshot): ComposeProject {
    return keptOr(this.#projects, snapshot, this.stateOf(snapshot), () =>
      projectOfCompose(snapshot.text, snapshot.path, this.#around, "taken"),
    );
  }

  problems(snapshot: Snapshot, settings: Settings): readonly Problem[] {
    const state = this.stateOf(snapshot);
    const before = this.#problems.get(snapshot);
    if (before?.state === state && before.value.settings === settings) return before.value.problems;
    const options = this.#optionsOf(settings);
    const problems =
      snapshot.kind === "dockerfile"
        ? checkDockerfile(this.dockerfile(snapshot), options)
        : checkCompose(this.#projectToJudge(snapshot), options);
    this.#problems.set(snapshot, { state, value: { settings, problems } });
    return problems;
  }

  /** Problems of another text in the place of a snapshot, e.g. of one that is half fixed. */
  problemsOfText({ kind, path }: Snapshot, text: string, settings: Settings): readonly Problem[] {
    return checkFile(kind, text, path, this.#around, this.#optionsOf(settings));
  }

  /** Names everything outside of the snapshot that its answers depend on, and its version. */
  stateOf({ kind, version }: Snapshot): string {
    const { disk, documents, images } = this.#parts;
    const outside = `${disk.generation}.${images.generation}`;
    return kind === "compose" ? `${version}.${outside}.${documents.generation}` : `${version}.${outside}`;
  }

  #projectToJudge(snapshot: Snapshot): ComposeProject {
    return mayHaveDefaults(snapshot.text)
      ? projectOfCompose(snapshot.text, snapshot.path, this.#around, "open")
      : this.project(snapshot);
  }

  #optionsOf({ severities }: Settings) {
    return { severities, onFailure: this.#parts.onRuleFailure };
  }
}

/** Without one the reading is the same, whatever is done with defaults. */
function mayHaveDefaults(text: string): boolean {
  return /\$\{\w+:?-/.test(text);
}

interface Kept<T> {
  readonly state: string;
  readonly value: T;
}

function keptOr<T>(memory: WeakMap<Snapshot, Kept<T>>, snapshot: Snapshot, state: string, make: () => T): T {
  const kept = memory.get(snapshot);
  if (kept?.state === state) return kept.value;
  const value = make();
  memory.set(snapshot, { state, value });
  return value;
}
