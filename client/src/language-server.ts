import {
  type Diagnostic,
  type Event,
  type ExtensionContext,
  languages,
  type TextDocument,
  type Uri,
  workspace,
} from "vscode";
import { loadBundle } from "./bundles.ts";
import type { ImageKnowledge } from "./engine/images/image-knowledge.ts";
import type {
  ComposeProjectResult,
  EffectiveComposeResult,
  EstimatesResult,
  RuleName,
  ServiceBuildResult,
  ServicesResult,
  StagesResult,
  VariantsResult,
} from "./shared/server-messages.ts";

/** What the rest of the client may ask the language server. Questions of a file are answered undefined when it is not of that kind. */
export interface LanguageServer {
  stages(file: Uri): Promise<StagesResult | undefined>;
  estimates(file: Uri): Promise<EstimatesResult | undefined>;
  services(file: Uri): Promise<ServicesResult | undefined>;
  /** Is a YAML file of any name a part of a Compose project? */
  isComposePart(file: Uri): Promise<boolean>;
  /** The project that Compose makes of a file and those that belong to it. */
  composeProject(file: Uri): Promise<ComposeProjectResult | undefined>;
  /** The project that a Compose file belongs to, as one file. */
  effectiveCompose(file: Uri): Promise<EffectiveComposeResult | undefined>;
  /** How Compose would build a service; undefined when it does not. */
  serviceBuild(file: Uri, service: string): Promise<ServiceBuildResult | undefined>;
  /** Its final stage on other bases. */
  variants(file: Uri): Promise<VariantsResult | undefined>;
  ruleNames(): Promise<readonly RuleName[]>;
  /** The engine, or what it has, may be another than before. */
  imagesChanged(): Promise<void>;
  stop(): Promise<void>;
}

/** What was measured of a file's image, to be said in what the server finds of the same mistakes. */
export interface MeasuredFindings {
  /** Takes the server's findings of a file, and answers them with what was measured. */
  addTo(file: Uri, found: Diagnostic[]): Diagnostic[];
  /** What was measured of a file is something else now. */
  readonly onDidChange: Event<Uri>;
}

/** A filter as both VS Code and the protocol understand it. */
export interface FileFilter {
  readonly scheme: string;
  readonly language?: string;
  readonly pattern?: string;
}

// Not `git:` and the like: a file shown in a comparison is not the one that is built.
const schemes = ["file", "untitled", "vscode-userdata", "vscode-vfs"];

export const dockerfiles: readonly FileFilter[] = schemes.map((scheme) => ({
  scheme,
  language: "dockerfile",
}));

/** Also plain YAML by its name, for when another extension or a setting has taken the language. */
export const composeFiles: readonly FileFilter[] = schemes.flatMap((scheme) => [
  { scheme, language: "dockercompose" },
  { scheme, language: "yaml", pattern: "**/*compose*.{yml,yaml}" },
]);

/**
 * Environment files and ignore files by name, whatever language the editor takes them for: `dotenv` and `ignore` are VS Code's own, with
 * its colours, and another extension or a setting may have chosen otherwise.
 */
export const sideFiles: readonly FileFilter[] = schemes.flatMap((scheme) => [
  { scheme, pattern: "**/{.env,*.env,.env.*}" },
  { scheme, pattern: "**/{.dockerignore,*.dockerignore,.containerignore}" },
]);

/** Files that say how others are checked: the server asks for them itself. */
const configurationFiles: readonly FileFilter[] = [
  { scheme: "file", pattern: "**/{.plimsoll,.hadolint}.{yaml,yml}" },
];

/**
 * Starts the server once activation is over and a file of ours is open, or something is asked, which then waits for it. A
 * `.gitignore` is of the language `ignore` too, and is no reason to start anything. `images` answers what the server asks of the engine.
 */
export function startLanguageServer(
  context: ExtensionContext,
  images: ImageKnowledge,
  measured: MeasuredFindings,
): LanguageServer {
  let started: Promise<LanguageServer> | undefined;
  const server = () => {
    started ??= connected(context, images, measured);
    return started;
  };
  const startFor = (document: TextDocument) => {
    // What went wrong is told to whoever asks.
    if (languages.match([...ourFiles, ...configurationFiles], document) > 0) server().catch(() => undefined);
  };
  for (const document of workspace.textDocuments) startFor(document);
  context.subscriptions.push(workspace.onDidOpenTextDocument(startFor));
  return {
    stages: async (file) => (await server()).stages(file),
    estimates: async (file) => (await server()).estimates(file),
    effectiveCompose: async (file) => (await server()).effectiveCompose(file),
    services: async (file) => (await server()).services(file),
    isComposePart: async (file) => (await server()).isComposePart(file),
    composeProject: async (file) => (await server()).composeProject(file),
    serviceBuild: async (file, service) => (await server()).serviceBuild(file, service),
    variants: async (file) => (await server()).variants(file),
    ruleNames: async () => (await server()).ruleNames(),
    imagesChanged: async () => (await started)?.imagesChanged(),
    stop: async () => (await started)?.stop(),
  };
}

/** All that the server answers for by language and name. */
export const ourFiles: readonly FileFilter[] = [...dockerfiles, ...composeFiles, ...sideFiles];

function connected(
  context: ExtensionContext,
  images: ImageKnowledge,
  measured: MeasuredFindings,
): Promise<LanguageServer> {
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        const { connectLanguageServer } = loadBundle(context.extensionPath, "language-client");
        resolve(connectLanguageServer(context, images, measured));
      } catch (error) {
        reject(error);
      }
    });
  });
}
