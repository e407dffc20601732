import { dirname, resolve } from "node:path";
import { type NameTable, nameTable } from "../features/names/table.ts";
import { composeSymbols, type DocumentSymbol, dockerfileSymbols } from "../features/symbols.ts";
import type { EffectiveProject } from "../model/compose/effective/tree.ts";
import type { ComposeProject } from "../model/compose/project.ts";
import type { IgnoreFileModel } from "../model/context/ignore-file-model.ts";
import type { EnvironmentModel } from "../model/environment/environment-model.ts";
import { imagesNamedByCompose, imagesNamedByDockerfile } from "../model/image/named-images.ts";
import type { DockerfileModel } from "../model/stage/dockerfile-model.ts";
import { evaluateDockerfile } from "../model/stage/evaluate.ts";
import { checkDockerfile } from "../rules/check.ts";
import type { RuleFailure } from "../rules/check-options.ts";
import { checkEnvironmentFile, checkIgnoreFile } from "../rules/check-side-files.ts";
import type { Problem } from "../rules/rule.ts";
import type { Defaults, VariableLookup } from "../syntax/compose/interpolate.ts";
import { parseDockerfile } from "../syntax/dockerfile/parse.ts";
import type { ShellReader } from "../syntax/shell/script.ts";
import { checkComposeFile, checkFile, optionsOf } from "./check-file.ts";
import { buildsAround } from "./compose/builds-around.ts";
import { isPartOfProject } from "./compose/compose-parts.ts";
import { ComposeVersions } from "./compose/compose-versions.ts";
import { effectiveProjectAt, type ParsedFiles } from "./compose/effective-files.ts";
import { parsedFilesOf } from "./compose/parsed-files.ts";
import { mainFileOf } from "./compose/whole-projects.ts";
import { type Configured, configuredFor } from "./configuration/configuration-files.ts";
import type { Settings } from "./configuration/settings.ts";
import type { Disk } from "./disk.ts";
import type { Documents, Snapshot } from "./documents.ts";
import { textOfFile } from "./encoding.ts";
import { environmentOf } from "./environment/environment-files.ts";
import { ignoreFileAt } from "./ignore-files.ts";
import type { KnownImages } from "./known-images.ts";
import { isSideFile, kindOfFile } from "./languages.ts";
import { LastModels } from "./last-models.ts";
import {
  type ConfiguredArguments,
  folderBuiltIn,
  modelOfDockerfile,
  projectOfCompose,
  type Surroundings,
} from "./models.ts";
import { nameSourcesFor } from "./name-sources.ts";
import { shippedPackages } from "./package-names.ts";
import { Shellcheck } from "./shellcheck.ts";

export interface WorkspaceParts {
  readonly documents: Documents;
  readonly disk: Disk;
  readonly shell: ShellReader;
  readonly images: KnownImages;
  readonly folders: readonly string[];
  /** What the editor's settings say for a document, as far as it has told. */
  settingsOf(uri: string): Settings;
  readonly onRuleFailure: (failure: RuleFailure) => void;
}

/**
 * Snapshots, evaluated. Each is parsed and evaluated once and the answer kept as long as nothing that it was made from
 * has changed: the settings, for a Dockerfile the disk, what is known of images and what open Compose files say of its build,
 * for a Compose file other documents too.
 */
export class Workspace {
  readonly #parts: WorkspaceParts;
  readonly #around: Surroundings;
  readonly #dockerfiles = new WeakMap<Snapshot, Kept<DockerfileModel>>();
  readonly #lastModels = new LastModels<DockerfileModel>();
  readonly #composeVersions = new ComposeVersions();
  readonly #projects = new WeakMap<Snapshot, Kept<ComposeProject>>();
  readonly #effective = new WeakMap<Snapshot, Kept<EffectiveProject>>();
  readonly #parsed: ParsedFiles;
  readonly #environments = new WeakMap<Snapshot, Kept<EnvironmentModel>>();
  readonly #ignoreFiles = new WeakMap<Snapshot, Kept<IgnoreFileModel>>();
  readonly #problems = new WeakMap<Snapshot, Kept<readonly Problem[]>>();
  readonly #names = new WeakMap<Snapshot, { readonly state: string; readonly table: NameTable }>();
  /** By path: Dockerfiles that are not open, as far as their names go. */
  readonly #unopened = new Map<string, DockerfileModel>();
  readonly #outlines = new Map<
    string,
    { readonly text: string; readonly symbols: readonly DocumentSymbol[] }
  >();
  readonly #shellchecks = new Map<string, Shellcheck>();

  constructor(parts: WorkspaceParts) {
    this.#parts = parts;
    this.#parsed = parsedFilesOf(parts.disk);
    this.#around = {
      disk: parts.disk,
      shell: parts.shell,
      images: parts.images,
      packages: shippedPackages,
      get folders() {
        return parts.folders;
      },
      parsed: this.#parsed,
      textAt: (path) => this.textAt(path),
      composeGeneration: () => parts.documents.composeGeneration,
    };
  }

  /** Asks ShellCheck about a Dockerfile. Resolves to whether its problems may be others now; never rejects. */
  askShellcheck(snapshot: Snapshot): Promise<boolean> {
    const shellcheck = this.#shellcheckFor(snapshot);
    return shellcheck && snapshot.kind === "dockerfile"
      ? shellcheck.askAbout(this.dockerfile(snapshot))
      : Promise.resolve(false);
  }

  get images(): KnownImages {
    return this.#parts.images;
  }

  /** Images that the snapshot takes from outside, as an engine understands them. */
  imagesNamedBy(snapshot: Snapshot): ReadonlySet<string> {
    if (isSideFile(snapshot.kind)) return new Set();
    return snapshot.kind === "dockerfile"
      ? imagesNamedByDockerfile(this.dockerfile(snapshot))
      : imagesNamedByCompose(this.project(snapshot));
  }

  /** Text of an open document or of a file. */
  textAt(path: string): string | undefined {
    const open = this.#parts.documents.at(path);
    if (open) return open.text;
    return textOfFile(path, this.#parts.disk.read(path));
  }

  isFile(path: string): boolean {
    return this.#parts.disk.kindOf(path) === "file";
  }

  dockerfile(snapshot: Snapshot): DockerfileModel {
    return this.#keptOr(this.#dockerfiles, snapshot, () => {
      const { text, path } = snapshot;
      const outside = this.#outsideOf(snapshot);
      const before = this.#lastModels.before(snapshot, outside);
      const model = modelOfDockerfile(text, path, this.#around, this.#argumentsFor(snapshot), before);
      this.#lastModels.set(snapshot, outside, model);
      return model;
    });
  }

  /** The folder that a Dockerfile is built in; undefined where that is not known. */
  contextFolder(snapshot: Snapshot): string | undefined {
    const { path } = snapshot;
    return path === undefined ? undefined : folderBuiltIn(this.dockerfile(snapshot).file, path, this.#around);
  }

  /** The project as it is when the shell sets no variable. */
  project(snapshot: Snapshot): ComposeProject {
    return this.#keptOr(this.#projects, snapshot, () => this.#projectWith(snapshot, "taken"));
  }

  /** The project as it would be with another text in the place of a snapshot's. */
  projectOfText(snapshot: Snapshot, text: string): ComposeProject {
    return projectOfCompose(text, snapshot.path, this.#around, "taken", this.#argumentsFor(snapshot));
  }

  /** Everything that has a name in the files which share names with a document. */
  names(snapshot: Snapshot): NameTable {
    const { disk, documents } = this.#parts;
    const state = `${disk.generation}.${documents.generation}`;
    const kept = this.#names.get(snapshot);
    if (kept?.state === state) return kept.table;
    const read = snapshot.kind === "compose" && { project: this.project(snapshot) };
    const asked = { ...snapshot, id: idOf(snapshot), ...read };
    const table = nameTable(
      nameSourcesFor(asked, this.#around, (path, text) =>
        path === asked.id ? this.dockerfile(snapshot) : this.#dockerfileAt(path, text),
      ),
    );
    this.#names.set(snapshot, { state, table });
    return table;
  }

  #dockerfileAt(path: string, text: string): DockerfileModel {
    const open = this.#parts.documents.at(path);
    if (open?.kind === "dockerfile") return this.dockerfile(open);
    const known = this.#unopened.get(path);
    if (known?.file.text === text) return known;
    const { images, shell } = this.#parts;
    const model = evaluateDockerfile(parseDockerfile(text), {
      images,
      shell,
      context: undefined,
      buildArguments: {},
    });
    this.#unopened.set(path, model);
    return model;
  }

  /** The outline of a file that may not be open, without the keys of services; none where it cannot be read or is not ours. */
  outlineAt(path: string): readonly DocumentSymbol[] {
    const text = this.textAt(path);
    const open = this.#parts.documents.at(path);
    const kind = open?.kind ?? kindOfFile(path);
    if (text === undefined) return [];
    const known = this.#outlines.get(path);
    if (known?.text === text) return known.symbols;
    const symbols =
      kind === "compose"
        ? composeSymbols(open ? this.project(open) : { file: this.#parsed.read(path, text) }, { keys: false })
        : kind === "dockerfile"
          ? dockerfileSymbols(this.#dockerfileAt(path, text))
          : [];
    this.#outlines.set(path, { text, symbols });
    return symbols;
  }

  /** The project of all files that a Compose file belongs to; undefined for a text without a place. */
  effective(snapshot: Snapshot): EffectiveProject | undefined {
    return snapshot.path === undefined
      ? undefined
      : this.#keptOr(this.#effective, snapshot, () => this.#putTogether(snapshot, snapshot.path ?? ""));
  }

  /** As the function of that name. */
  isPartOfProject(path: string): boolean {
    return isPartOfProject(path, this.#around);
  }

  /** As `effective`, with variables of a shell before those of `.env`. */
  effectiveIn(snapshot: Snapshot, shell: VariableLookup): EffectiveProject | undefined {
    return snapshot.path === undefined ? undefined : this.#putTogether(snapshot, snapshot.path, shell);
  }

  /** As `effectiveIn`, but of the project that includes the file, where one does; `main` is the file that Compose is started with. */
  startedIn(
    snapshot: Snapshot,
    shell: VariableLookup,
  ): { readonly main: string; readonly project: EffectiveProject } | undefined {
    const { path } = snapshot;
    if (path === undefined) return undefined;
    const main = mainFileOf(path, this.#around) ?? path;
    const project = this.#putTogether(snapshot, path, shell, main);
    // An override file is found with the one that it overrides.
    const first = resolve(project.layers[0] ?? main);
    return { main: project.found && dirname(first) === dirname(main) ? first : main, project };
  }

  #putTogether(snapshot: Snapshot, path: string, shell?: VariableLookup, main = path): EffectiveProject {
    const { file } = this.project(snapshot);
    return effectiveProjectAt(main, { path, file }, this.#around, this.#parsed, shell);
  }

  environment(snapshot: Snapshot): EnvironmentModel {
    return this.#keptOr(this.#environments, snapshot, () =>
      environmentOf(snapshot.text, snapshot.path, this.#around),
    );
  }

  ignoreFile(snapshot: Snapshot): IgnoreFileModel {
    return this.#keptOr(this.#ignoreFiles, snapshot, () =>
      ignoreFileAt(snapshot.text, snapshot.path, this.#around),
    );
  }

  /** How a document is checked: by the configuration files around it and the settings. */
  configured(snapshot: Snapshot): Configured {
    return configuredFor(snapshot.path, this.#parts.settingsOf(snapshot.uri), this.#around);
  }

  problems(snapshot: Snapshot): readonly Problem[] {
    return this.#keptOr(this.#problems, snapshot, () => {
      const configured = this.configured(snapshot);
      if (configured.ignoredBy !== undefined) return [];
      const options = { ...optionsOf(configured), onFailure: this.#parts.onRuleFailure };
      if (snapshot.kind === "compose")
        return checkComposeFile(this.#projectToJudge(snapshot), snapshot.path, this.#around, options);
      if (snapshot.kind === "environment") return checkEnvironmentFile(this.environment(snapshot), options);
      if (snapshot.kind === "ignore") return checkIgnoreFile(this.ignoreFile(snapshot), options);
      const model = this.dockerfile(snapshot);
      const found = this.#shellcheckFor(snapshot)?.problemsOf(model) ?? [];
      return checkDockerfile(model, { ...options, found });
    });
  }

  /** Problems of another text in the place of a snapshot, e.g. of one that is half fixed. */
  problemsOfText(snapshot: Snapshot, text: string): readonly Problem[] {
    const configured = this.configured(snapshot);
    if (configured.ignoredBy !== undefined) return [];
    const options = { ...optionsOf(configured), onFailure: this.#parts.onRuleFailure };
    const { kind, path } = snapshot;
    const shellcheck = this.#shellcheckFor(snapshot);
    return checkFile(kind, text, path, this.#around, options, this.#argumentsFor(snapshot), shellcheck);
  }

  /** Names everything outside of the snapshot that its answers depend on, and its version. */
  stateOf(snapshot: Snapshot): string {
    return `${snapshot.version}.${this.#outsideOf(snapshot)}`;
  }

  #outsideOf(snapshot: Snapshot): string {
    const { kind, path } = snapshot;
    const { disk, documents, images } = this.#parts;
    const outside = `${disk.generation}.${images.generation}`;
    if (kind === "compose" || isSideFile(kind)) return `${outside}.${documents.generation}`;
    const builds = path === undefined ? 0 : buildsAround(path, this.#around).generation;
    return `${outside}.${builds}.${this.#shellcheckFor(snapshot)?.generation ?? 0}`;
  }

  /** One for each program that settings name. */
  #shellcheckFor({ uri }: Snapshot): Shellcheck | undefined {
    const { shellcheck: program } = this.#parts.settingsOf(uri);
    if (program === undefined) return undefined;
    const shellcheck = this.#shellchecks.get(program) ?? new Shellcheck(program);
    this.#shellchecks.set(program, shellcheck);
    return shellcheck;
  }

  #projectToJudge(snapshot: Snapshot): ComposeProject {
    return mayHaveDefaults(snapshot.text) ? this.#projectWith(snapshot, "open") : this.project(snapshot);
  }

  /** From the version before, where nothing else has changed. */
  #projectWith(snapshot: Snapshot, defaults: Defaults): ComposeProject {
    const { text, path, uri } = snapshot;
    const { disk, documents, images } = this.#parts;
    const outside = {
      state: `${disk.generation}.${images.generation}.${documents.generationBeside(snapshot)}`,
      settings: this.#parts.settingsOf(uri),
    };
    const configured = this.#argumentsFor(snapshot);
    return this.#composeVersions.project(snapshot, defaults, outside, (known, as) =>
      projectOfCompose(text, path, this.#around, as, configured, known),
    );
  }

  /** A Compose file's settings are those of the Dockerfiles that it builds, which may not be open. */
  #argumentsFor({ uri }: Snapshot): ConfiguredArguments {
    const settings = this.#parts.settingsOf(uri);
    return (path) => configuredFor(path, settings, this.#around).buildArguments;
  }

  #keptOr<T>(memory: WeakMap<Snapshot, Kept<T>>, snapshot: Snapshot, make: () => T): T {
    const state = this.stateOf(snapshot);
    const settings = this.#parts.settingsOf(snapshot.uri);
    const kept = memory.get(snapshot);
    if (kept?.state === state && kept.settings === settings) return kept.value;
    const value = make();
    memory.set(snapshot, { state, settings, value });
    return value;
  }
}

/** What a document is called among the files of its names. */
export function idOf({ path, uri }: Pick<Snapshot, "path" | "uri">): string {
  return path ?? uri;
}

/** Without one the reading is the same, whatever is done with defaults. */
function mayHaveDefaults(text: string): boolean {
  return /\$\{\w+:?-/.test(text);
}

interface Kept<T> {
  readonly state: string;
  readonly settings: Settings;
  readonly value: T;
}
