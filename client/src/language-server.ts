import type { Diagnostic, Event, ExtensionContext, Uri } from "vscode";
import { loadBundle } from "./bundles.ts";
import type { ImageKnowledge } from "./engine/image-knowledge.ts";
import type {
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
  readonly language: string;
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

/** Starts the server once activation is over; what is asked before waits for it. `images` answers what it asks of the engine. */
export function startLanguageServer(
  context: ExtensionContext,
  images: ImageKnowledge,
  measured: MeasuredFindings,
): LanguageServer {
  const started = new Promise<LanguageServer>((resolve, reject) => {
    setImmediate(() => {
      try {
        const { connectLanguageServer } = loadBundle(context.extensionPath, "language-client");
        resolve(connectLanguageServer(context, images, measured));
      } catch (error) {
        reject(error);
      }
    });
  });
  return {
    stages: async (file) => (await started).stages(file),
    estimates: async (file) => (await started).estimates(file),
    effectiveCompose: async (file) => (await started).effectiveCompose(file),
    services: async (file) => (await started).services(file),
    serviceBuild: async (file, service) => (await started).serviceBuild(file, service),
    variants: async (file) => (await started).variants(file),
    ruleNames: async () => (await started).ruleNames(),
    imagesChanged: async () => (await started).imagesChanged(),
    stop: async () => (await started).stop(),
  };
}
