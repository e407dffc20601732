import type { Connection } from "vscode-languageserver/node";
import type { ServerInitializationOptions } from "../../../client/src/shared/server-messages.ts";
import { noSettings, type Settings } from "../workspace/configuration/settings.ts";
import { Disk } from "../workspace/disk.ts";
import { Documents, type Snapshot } from "../workspace/documents.ts";
import { isSideFile, kindOfFile } from "../workspace/languages.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { abilitiesOf, type ClientAbilities } from "./client-abilities.ts";
import type { ImageAsker } from "./image-asker.ts";
import { Positions } from "./positions.ts";
import type { ShellcheckAsker } from "./shellcheck-asker.ts";
import { pathOfUri } from "./uris.ts";

/** What an answer is made from: one snapshot, its evaluation, and the way back to the editor's positions. */
export interface Subject {
  readonly snapshot: Snapshot;
  readonly positions: Positions;
  readonly workspace: Workspace;
}

/** One connection to one editor. */
export class Session {
  readonly connection: Connection;
  readonly documents = new Documents();
  readonly disk = new Disk();
  client: ClientAbilities = abilitiesOf({});
  options: ServerInitializationOptions = {};
  folders: readonly string[] = [];
  /** Says again what opened and closed folders change. */
  foldersChanged: () => void = () => {};
  /** Environment files that Compose files name and that no name tells: absolute paths. */
  namedFiles: ReadonlySet<string> = new Set();
  /** Texts of the open files that say how others are checked, by URI. */
  readonly configurations = new Map<string, string>();
  /** Open documents that are too large for a file that somebody wrote: nothing is answered for them. */
  readonly tooLarge = new Set<string>();
  /** Absent until the documents are followed. */
  imageAsker: ImageAsker | undefined;
  shellcheckAsker: ShellcheckAsker | undefined;
  readonly #settings = new Map<string, Promise<Settings>>();
  readonly #knownSettings = new Map<string, Settings>();
  readonly #positions = new WeakMap<Snapshot, Positions>();
  readonly #fromDisk = new Map<string, Snapshot>();
  #settingsGeneration = 0;
  #workspace: Promise<Workspace> | undefined;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** A line in the editor's log; a connection that was closed meanwhile has none. */
  log(level: "warn" | "error", message: string): void {
    try {
      this.connection.console[level](message);
    } catch {
      // Nobody is left to tell.
    }
  }

  /** Loaded when the first document wants an answer, so that nothing heavy stands between start and `initialize`. */
  workspace(): Promise<Workspace> {
    this.#workspace ??= import("./load-workspace.ts").then(({ loadWorkspace }) => loadWorkspace(this));
    return this.#workspace;
  }

  /** An open Dockerfile or Compose file, its settings known; undefined for any other. */
  async subject(uri: string): Promise<Subject | undefined> {
    const kind = this.documents.get(uri)?.kind;
    return kind === undefined || isSideFile(kind) ? undefined : this.anySubject(uri);
  }

  /** As `subject`, of an environment file or ignore file too. */
  async anySubject(uri: string): Promise<Subject | undefined> {
    if (!this.documents.get(uri)) return undefined;
    const [workspace] = await Promise.all([this.workspace(), this.settingsOf(uri)]);
    const snapshot = this.documents.get(uri);
    return snapshot && { snapshot, positions: this.positionsOf(snapshot), workspace };
  }

  /** As `subject`, of a file that is not open too. */
  async subjectOnDisk(uri: string): Promise<Subject | undefined> {
    const open = await this.subject(uri);
    if (open) return open;
    const path = pathOfUri(uri);
    const kind = path === undefined ? undefined : kindOfFile(path);
    // It may be about to be built.
    const read = path === undefined ? undefined : this.disk.readNow(path);
    if (path === undefined || !kind || isSideFile(kind) || read?.kind !== "text") return undefined;
    const known = this.#fromDisk.get(uri);
    const snapshot = known?.text === read.text ? known : { uri, path, kind, version: 0, text: read.text };
    this.#fromDisk.set(uri, snapshot);
    const [workspace] = await Promise.all([this.workspace(), this.settingsOf(uri)]);
    return { snapshot, positions: this.positionsOf(snapshot), workspace };
  }

  positionsOf(snapshot: Snapshot): Positions {
    const positions = this.#positions.get(snapshot) ?? new Positions(snapshot.text);
    this.#positions.set(snapshot, positions);
    return positions;
  }

  /** Asked for once a document, and again after the editor said that something changed. */
  settingsOf(uri: string): Promise<Settings> {
    const known = this.#settings.get(uri);
    if (known) return known;
    const asked = this.#askSettings(uri).then((settings) => {
      // An answer to an older question says nothing any more.
      if (this.#settings.get(uri) === asked) this.#knownSettings.set(uri, settings);
      return settings;
    });
    this.#settings.set(uri, asked);
    return asked;
  }

  /** Settings that the editor has told; `subject` waits for them. */
  knownSettingsOf(uri: string): Settings {
    return this.#knownSettings.get(uri) ?? noSettings;
  }

  forgetSettings(uri?: string): void {
    this.#settingsGeneration++;
    if (uri === undefined) this.#settings.clear();
    else {
      this.#settings.delete(uri);
      this.#knownSettings.delete(uri);
    }
  }

  /** Changes when settings were forgotten. */
  get settingsGeneration(): number {
    return this.#settingsGeneration;
  }

  async #askSettings(uri: string): Promise<Settings> {
    // Knows the names of all rules, so it comes with them.
    const { readSettings } = await import("../workspace/configuration/read-settings.ts");
    if (!this.client.configuration) return readSettings(this.options.settings);
    try {
      const section: unknown = await this.connection.workspace.getConfiguration({
        scopeUri: uri,
        section: "plimsoll",
      });
      const settings = readSettings(section);
      for (const message of settings.invalid) this.log("warn", message);
      return settings;
    } catch (error) {
      this.log("warn", `The editor gave no settings: ${String(error)}`);
      return noSettings;
    }
  }
}
