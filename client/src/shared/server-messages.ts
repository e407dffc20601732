import type { ImageReading } from "../../../server/src/model/image/image-reading.ts";

/**
 * Requests between client and server that LSP does not have. Types only: the server imports nothing of the
 * client that runs. Lines are 0-based and columns UTF-16, as everywhere in LSP.
 */

/** The requests by method. The answer is null when the file is not of this kind or cannot be read. */
export interface ServerRequests {
  /** Every rule with the names that other linters have for it. */
  readonly "plimsoll/ruleNames": { readonly params: undefined; readonly result: readonly RuleName[] };
  /** What a Dockerfile describes. */
  readonly "plimsoll/stages": { readonly params: FileParams; readonly result: StagesResult | null };
  /** What a Dockerfile's stages will weigh, as far as that is known before they are built. Null also where the settings want none. */
  readonly "plimsoll/estimates": { readonly params: FileParams; readonly result: EstimatesResult | null };
  /** What a Compose file describes. */
  readonly "plimsoll/services": { readonly params: FileParams; readonly result: ServicesResult | null };
  /** Is a file that is not called as one a part of a Compose project: included, extended, or named by `COMPOSE_FILE`? */
  readonly "plimsoll/isComposePart": { readonly params: FileParams; readonly result: boolean };
  /** The project that Compose makes of a file, with those that belong to it. Null also for a document without a place. */
  readonly "plimsoll/composeProject": {
    readonly params: FileParams;
    readonly result: ComposeProjectResult | null;
  };
  /** How Compose would build a service. Null also when there is no such service, or it has no build section. */
  readonly "plimsoll/serviceBuild": {
    readonly params: ServiceBuildParams;
    readonly result: ServiceBuildResult | null;
  };
  /** The project of all files that a Compose file belongs to, as one file. Null also for a document without a place. */
  readonly "plimsoll/effectiveCompose": {
    readonly params: FileParams;
    readonly result: EffectiveComposeResult | null;
  };
  /** A Dockerfile with its final stage on other bases. */
  readonly "plimsoll/variants": { readonly params: FileParams; readonly result: VariantsResult | null };
}

/** What the server asks its client, when this one said at `initialize` that it answers. */
export interface ClientRequests {
  /** What the engine has under a name that a document uses. Null when it has no such image, or may not be asked. */
  readonly "plimsoll/imageFacts": {
    readonly params: ImageFactsParams;
    readonly result: ImageFactsResult | null;
  };
  /** Names of the images that the engine has, newest first. None when there is no engine, or it may not be asked. */
  readonly "plimsoll/imageNames": { readonly params: null; readonly result: readonly string[] };
}

/** What the client tells the server without being asked. */
export interface ClientNotifications {
  /** The engine's images may be others than before: it was found, something was built or pulled, a setting changed. */
  readonly "plimsoll/imagesChanged": null;
}

export interface ImageFactsParams {
  /** As FROM, `COPY --from` and `image` name it, variables expanded: `golang:1.27`, `alpine@sha256:…`. */
  readonly reference: string;
}

export interface ImageFactsResult {
  readonly reading: ImageReading;
  /** False when no engine answers, and this is what was read when one did. */
  readonly isHere: boolean;
}

/** What the client tells the server at `initialize`, all of it optional. */
export interface ServerInitializationOptions {
  /** URI of the folder with one page a rule, `<id>.md`; codes link to it. No links when absent. */
  readonly rulePages?: string;
  /** Settings for clients that answer no `workspace/configuration`, under the names of the `plimsoll` section. */
  readonly settings?: unknown;
  /** True when the client answers `plimsoll/imageFacts`. */
  readonly imageFacts?: boolean;
  /** True when the client answers `plimsoll/imageNames`. */
  readonly imageNames?: boolean;
  /** True when another extension completes `.plimsoll.yaml` by its schema. */
  readonly schemasElsewhere?: boolean;
}

export interface RuleName {
  readonly id: string;
  readonly aliases: readonly string[];
}

export interface FileParams {
  /** An open document or a file on disk. */
  readonly uri: string;
}

export interface EffectiveComposeResult {
  /** Name of the project's main file. */
  readonly name: string;
  /** YAML, with what looks secret hidden. */
  readonly text: string;
  /** Where what begins on a line was written, in order; several of one line say the outer one first. */
  readonly places: readonly EffectivePlace[];
  /** All files that the text depends on, also those that were looked for and are not there. */
  readonly files: readonly string[];
}

export interface EffectivePlace {
  readonly line: number;
  readonly uri: string;
  readonly targetLine: number;
  readonly targetColumn: number;
}

export interface LinePlace {
  readonly line: number;
  readonly endLine: number;
}

export interface StagesResult {
  readonly uri: string;
  readonly stages: readonly StageInfo[];
}

export interface StageInfo extends LinePlace {
  readonly index: number;
  /** Lower case; null without AS. */
  readonly name: string | null;
  /** What FROM names, its variables expanded with their defaults when they have one: `alpine:3.22`, `build`, `scratch`. */
  readonly base: string;
  readonly isFinal: boolean;
  /** `8080/tcp`, the base's included when they are known. */
  readonly ports: readonly string[];
  /** What `--build-arg` can set for this stage: the arguments before the first FROM, and those of this stage and of the stages it is built from. */
  readonly arguments: readonly ArgumentInfo[];
  /** What `--secret` can give to its RUN instructions and to those of all stages that it needs. */
  readonly secrets: readonly SecretInfo[];
  /** What `--ssh` can give them: ids. */
  readonly ssh: readonly string[];
  /**
   * The instructions that make the stage's image, oldest first, those of the stages it is built from included.
   * They correspond to the entries of the image's history that its base image did not bring.
   */
  readonly chain: readonly ChainInstruction[];
  /** What its image may weigh: of those that are about it the first of each measure counts. */
  readonly budgets: readonly BudgetInfo[];
}

/** A size budget: of a comment above the FROM, of a configuration file, or of the settings. */
export interface BudgetInfo {
  /** `disk`: all layers unpacked. `transfer`: compressed, as a registry has it. */
  readonly of: "disk" | "transfer";
  readonly bytes: number;
  /** How it is told when it is not kept. */
  readonly severity: "error" | "warning" | "info" | "hint";
  /** What the image's reference has to fit for it to count; null where any does. */
  readonly image: string | null;
  readonly from:
    | { readonly kind: "comment"; readonly line: number }
    /** `path` is that of the configuration file; null for the settings. */
    | { readonly kind: "configuration"; readonly path: string | null; readonly pattern: string }
    /** Of the command line. */
    | { readonly kind: "flag"; readonly name: string };
}

export interface EstimatesResult {
  /** Of stages that something can be said of. */
  readonly stages: readonly StageEstimateInfo[];
}

/** Bytes on disk; what RUN and the others of `missing` bring comes on top. */
export interface StageEstimateInfo {
  readonly stage: number;
  readonly bytes: number;
  readonly base: { readonly name: string; readonly bytes: number; readonly origin: string };
  /** What COPY and ADD bring. */
  readonly files: { readonly files: number; readonly bytes: number };
  /** How many RUN instructions, and how many sources of COPY and ADD. */
  readonly missing: {
    readonly runs: number;
    readonly fromStages: number;
    readonly downloads: number;
    readonly archives: number;
  };
}

export interface ArgumentInfo {
  readonly name: string;
  /** As written, quotes taken off; null when it has none. */
  readonly default: string | null;
  readonly line: number;
}

export interface SecretInfo {
  readonly id: string;
  /** The build fails without it. */
  readonly required: boolean;
}

export interface ChainInstruction extends LinePlace {
  readonly keyword: string;
  /** The whole instruction as written, keyword and here-documents included. */
  readonly text: string;
  readonly stage: number;
}

export interface ServicesResult {
  readonly uri: string;
  /** The project's name as written; null when the file gives none. */
  readonly name: string | null;
  readonly services: readonly ServiceInfo[];
}

/** A project as Compose sees it when it is started beside its main file, with the variables of the server's process over those of `.env`. */
export interface ComposeProjectResult {
  /** URI of the file that Compose is started with; an included file is brought in by another. */
  readonly main: string;
  /** URIs of the files that are laid over one another, the one that counts most last. */
  readonly files: readonly string[];
  /** Whether Compose comes to them without `-f`. */
  readonly found: boolean;
  /** Null where a variable decides it that is not known to be set. */
  readonly name: string | null;
  /** Of all files, included ones among them. */
  readonly services: readonly ProjectServiceInfo[];
  /** Profiles that `COMPOSE_PROFILES` turns on; `*` for all. */
  readonly usualProfiles: readonly string[];
}

export interface ProjectServiceInfo {
  readonly name: string;
  readonly profiles: readonly string[];
  /** Whether it says what `docker compose watch` does for it (`develop.watch`). */
  readonly watches: boolean;
}

export interface ServiceInfo extends LinePlace {
  readonly name: string;
  /** As written; null when the service has none. */
  readonly image: string | null;
  readonly build: ServiceBuildInfo | null;
  readonly profiles: readonly string[];
  /** Whether it says what `docker compose watch` does for it (`develop.watch`). */
  readonly watches: boolean;
}

export interface ServiceBuildInfo {
  /** As written, relative to the Compose file; `.` when absent. */
  readonly context: string;
  /** As written, relative to the context; `Dockerfile` when absent. */
  readonly dockerfile: string;
  /** URI of the Dockerfile that the two name; null when it cannot be read: not there, or the context is no local folder. */
  readonly dockerfileUri: string | null;
  readonly target: string | null;
  readonly arguments: readonly ArgumentInfo[];
}

export interface ServiceBuildParams extends FileParams {
  readonly service: string;
}

/** All that Compose gives a build, variables replaced. Paths are absolute. */
export interface ServiceBuildResult {
  readonly image: string;
  readonly tags: readonly string[];
  readonly context: string;
  /** The context is an address and no folder. */
  readonly isRemote: boolean;
  readonly dockerfile: string | null;
  /** The text of a Dockerfile that stands in the Compose file. */
  readonly inline: string | null;
  readonly target: string | null;
  /** Null where the shell should give the value and does not. */
  readonly args: Readonly<Record<string, string | null>>;
  /** Where each comes from: a file or an environment variable. */
  readonly secrets: readonly {
    readonly id: string;
    readonly file: string | null;
    readonly environment: string | null;
  }[];
  /** `path` of a socket or a key; null for the user's agent. */
  readonly ssh: readonly { readonly id: string; readonly path: string | null }[];
  readonly labels: Readonly<Record<string, string>>;
  readonly contexts: Readonly<Record<string, string>>;
  readonly extraHosts: Readonly<Record<string, string>>;
  readonly cacheFrom: readonly string[];
  readonly platforms: readonly string[];
  readonly network: string | null;
  readonly pull: boolean;
  readonly noCache: boolean;
  /** Keys of the section that are left out of the above, and `secrets.NAME` for those without a source. */
  readonly others: readonly string[];
  /** Variables without a value; Compose takes them for empty. */
  readonly unset: readonly string[];
}

export interface VariantsResult {
  readonly uri: string;
  /** What the document held: the variants are of this text. */
  readonly text: string;
  /** Why there are none; null when there are. A sentence. */
  readonly why: string | null;
  /** The Dockerfile as it is comes first, as `current`. */
  readonly variants: readonly VariantInfo[];
  /** Bases that were thought of and cannot be taken. */
  readonly refused: readonly { readonly name: string; readonly base: string; readonly reason: string }[];
}

export interface VariantInfo {
  /** `current`, `scratch`, `distroless`, `alpine`, `slim`; once each. */
  readonly name: string;
  /** What the final FROM names. */
  readonly base: string;
  /** The whole Dockerfile. */
  readonly text: string;
  /** What was done besides naming another base, a sentence each. */
  readonly changes: readonly string[];
  /** What has to be looked at, a sentence each. */
  readonly checks: readonly string[];
  /** What a container does without. */
  readonly lacks: readonly string[];
}
