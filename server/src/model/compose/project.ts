import type { VariableLookup } from "../../syntax/compose/interpolate.ts";
import type { ComposeFile, MappingEntry, MappingNode } from "../../syntax/compose/tree.ts";
import type { TextChange } from "../../text/change.ts";
import { type Noted, notebook } from "../../text/notes.ts";
import type { Span } from "../../text/span.ts";
import type { ImageFacts, ImageFactsSource } from "../image/facts.ts";
import type { DockerfileModel } from "../stage/dockerfile-model.ts";
import type { ImageReference, Stage } from "../stage/stage.ts";
import type { ImageBuilders } from "./builds/built-images.ts";
import type { CompositionProblem } from "./effective/tree.ts";
import type { ComposeInputs } from "./reading/inputs.ts";
import type { Mismatch } from "./specification/mismatches.ts";
import type { WholeProject } from "./whole/whole-project.ts";

/** A Compose file as the services it describes, short and long forms made one. */
export interface ComposeProject {
  readonly file: ComposeFile;
  readonly services: ReadonlyMap<string, Service>;
  readonly networks: ReadonlyMap<string, Resource>;
  readonly volumes: ReadonlyMap<string, Resource>;
  readonly secrets: ReadonlyMap<string, Resource>;
  readonly configs: ReadonlyMap<string, Resource>;
  /** False when a part of the project is elsewhere (include, extends from another file, override files): then "no such service" is not certain. */
  readonly complete: boolean;
  /** False when another file may be merged with this one, whoever starts Compose: then what it lacks may stand there. */
  readonly single: boolean;
  /** True when no other file is merged before this one: Compose holds it against the specification by itself. */
  readonly first: boolean;
  /** Where the file is not as the Compose specification says, in document order; worked out when first asked for. */
  readonly mismatches: readonly Mismatch[];
  /** What is wrong with how files make the project, be it told in this file or another; worked out when first asked for. */
  readonly composition: readonly CompositionProblem[];
  /** The project that this file makes with others, where all of that is known; worked out when first asked for. */
  readonly whole: WholeProject | undefined;
  readonly images: ImageFactsSource;
  /** Variables for interpolation that are known, from `.env` or the settings. */
  readonly variables: VariableLookup;
  /** Files around the project, paths as written in it. */
  readonly files: Pick<ComposeInputs, "directory" | "dockerfile" | "kindOf" | "list" | "readFile" | "shell">;
  /** Whether there is an `.env` beside the file. */
  readonly hasEnvFile: boolean;
  /** See `notedOnProject`; left out where nothing is kept of a project. */
  readonly notes?: unknown[];
  /** What the project of the next version of the file can take over. */
  readonly parts?: ProjectParts;
  /** How it came from the project before an edit; left out when it was read as a whole. */
  readonly edit?: ProjectEdit;
}

/** Makes questions whose answers are kept with a project. */
export const notedOnProject = notebook<Noted>();

/**
 * Makes questions whose answers are kept with a service as long as no edit changes it or what it extends. As an edit may move
 * it, an answer must hold no place, nor anything that does, and must depend on nothing outside of it but the inputs of its reading.
 * A service may not have been read yet (`later-service.ts`): it is asked, and never copied by spread.
 */
export const notedOnService = notebook<Service>();

/**
 * The same for questions about a service and what else the answer hangs on: it is kept as long as all of `on` are the same
 * objects or texts. What is known of another service is the same as long as its `notes` are.
 */
export function notedOnServiceWith<Answer, With>(
  find: (service: Service, more: With) => Answer,
): (service: Service, on: readonly unknown[], more: With) => Answer {
  const last = notedOnService(
    (): { known?: { readonly on: readonly unknown[]; readonly answer: Answer } } => ({}),
  );
  return (service, on, more) => {
    const noted = last(service);
    const { known } = noted;
    if (known?.on.length === on.length && known.on.every((it, at) => it === on[at])) return known.answer;
    const answer = find(service, more);
    noted.known = { on, answer };
    return answer;
  };
}

export interface ProjectParts {
  /** Services for themselves, without what they inherit by `extends`. */
  readonly own: ReadonlyMap<MappingEntry, Service>;
  /** Which services run what others build. */
  readonly builders: ImageBuilders;
  /** Services in which all is as the specification says; undefined when that was not asked yet. */
  fitting(): ReadonlySet<MappingEntry> | undefined;
  /** The last whole project that was asked for, of this version or one before it. */
  whole(): WholeProject | undefined;
}

export interface ProjectEdit {
  /** The text of the services that were read again, before and after. */
  readonly region: TextChange;
  /** Names of services that are as before, with all that they inherit, and do not stand beside that text. */
  readonly unchanged: ReadonlySet<string>;
  /** The notes of the project before. */
  readonly before: Noted;
}

/** A value with the place it was written at. */
export interface Placed<T> {
  readonly value: T;
  readonly span: Span;
}

/**
 * A text of the file after interpolation. `value` holds a `HOLE` (syntax/compose/interpolate.ts) for each part that cannot
 * be known; the rest of it is certain, e.g. the host in `postgres://${USER}@db/app`.
 */
export interface ResolvedText extends Placed<string> {
  /** False when `value` has a hole. */
  readonly known: boolean;
  /** It stands behind an alias or merge key, so an edit of its place is an edit of each service that uses it. */
  readonly shared: boolean;
  /** Where `value.slice(start, end)` is written; the place of the variable or the whole text where it is not written as such. */
  spanOf(start: number, end: number): Span;
}

export interface Resource {
  readonly name: Placed<string>;
  readonly external: boolean;
  /** From its name to the end of what is declared of it. */
  readonly span: Span;
}

/** Its parts are asked for one by one: after an edit it may be one that is read only then, of which no copy can be made with `...`. */
export interface Service {
  /** See `notedOnService`. */
  readonly notes: unknown[];
  readonly name: Placed<string>;
  /** From its name to the end of its mapping. */
  readonly span: Span;
  /** Undefined when the service is no mapping (yet). */
  readonly node: MappingNode | undefined;
  /** False when a part of it stands in another file (`extends`): then what it lacks here proves nothing. */
  readonly complete: boolean;
  readonly image: Placed<ImageReference> | undefined;
  readonly imageFacts: ImageFacts | undefined;
  /** What is written of it here. */
  readonly build: Build | undefined;
  /** The build of the image that it runs: its own, or that of another service with the same `image`. Then there are no facts of an image. */
  readonly imageBuild: Build | undefined;
  readonly dependsOn: readonly Dependency[];
  /** `environment` over the variables of `env_file`. */
  readonly environment: readonly EnvironmentEntry[];
  /** False when an `env_file` could not be read: then a missing variable proves nothing. */
  readonly environmentComplete: boolean;
  readonly command: ServiceCommand | undefined;
  readonly entrypoint: ServiceCommand | undefined;
  readonly restart: Placed<string> | undefined;
  /** `deploy.replicas` or `scale`; undefined where neither is written, or where it is not known. */
  readonly replicas: Placed<number> | undefined;
  readonly ports: readonly PortMapping[];
  readonly mounts: readonly Mount[];
  readonly networks: readonly NetworkUse[];
  /** False when the name of one is not known: then it may be any network. */
  readonly networksComplete: boolean;
  readonly networkMode: Placed<string> | undefined;
  readonly healthcheck: Healthcheck | undefined;
  readonly profiles: readonly Placed<string>[];
  readonly extraHosts: readonly Placed<string>[];
  readonly containerName: Placed<string> | undefined;
  readonly hostname: Placed<string> | undefined;
  /** Names by which `links` and `external_links` make other containers known to this one. */
  readonly links: readonly Placed<string>[];
  readonly secrets: readonly Grant[];
  readonly configs: readonly Grant[];
  /** False when the name of a secret or config is not known: then it may be any. */
  readonly grantsComplete: boolean;
}

/** `command` or `entrypoint`. */
export interface ServiceCommand {
  readonly span: Span;
  readonly form: "string" | "list";
  /** As the container is given them; with holes where variables are not known. Undefined where Compose cannot take them apart. */
  readonly words: readonly string[] | undefined;
  /** The whole text of the string form. */
  readonly text: ResolvedText | undefined;
  /** The string form as one, the list form word by word. */
  readonly texts: readonly ResolvedText[];
  /** Offset in `text` of the operator of a shell at which Compose stops reading (`&&`, `|`, `>` …). */
  readonly cutAt: number | undefined;
}

export interface Build {
  readonly span: Span;
  readonly context: Placed<string> | undefined;
  readonly dockerfile: Placed<string> | undefined;
  readonly target: Placed<string> | undefined;
  readonly args: readonly EnvironmentEntry[];
  /** Top-level secrets that the build may read. */
  readonly secrets: readonly Grant[];
  /** The Dockerfile that `context` and `dockerfile` point to, or that `dockerfile_inline` holds, evaluated; undefined when it cannot be read. */
  readonly model: DockerfileModel | undefined;
  /** Absolute path of that Dockerfile where it is a file of its own, and the place of the Compose file is known. */
  readonly file: string | undefined;
  /** The stage that is built: `target`, or the last one. */
  readonly stage: Stage | undefined;
}

export interface Dependency {
  readonly service: Placed<string>;
  /** `service_started` when not written. */
  readonly condition: Placed<string> | undefined;
  /** False when Compose goes on without the service (`required: false`), or may. */
  readonly required: boolean;
  readonly form: "short" | "long";
  /** It is a mapping entry of which nothing more is written: a short one of a project of several files looks so. */
  readonly isBare?: boolean;
  /** The list entry or the mapping entry. */
  readonly span: Span;
  /** See `ResolvedText.shared`. */
  readonly shared: boolean;
}

export interface EnvironmentEntry {
  readonly name: Placed<string>;
  /** Undefined when the value comes from the shell that runs Compose. */
  readonly value: ResolvedText | undefined;
  /** The default that it has where nobody sets the one variable that it is, as in `${NAME:-default}`. */
  readonly fallback?: ResolvedText | undefined;
  /** It stands in an `env_file`, whose path its places then show. */
  readonly inFile: boolean;
  readonly file?: EnvironmentFilePlace;
}

/** Where a variable of an `env_file` is written. */
export interface EnvironmentFilePlace {
  /** As the Compose file names it. */
  readonly path: string;
  readonly text: string;
  /** Where its value begins in `text`; undefined where it does not stand there as it is. */
  readonly valueAt: number | undefined;
}

export interface PortMapping {
  readonly span: Span;
  readonly hostAddress: string | undefined;
  /** First port when a range. Undefined when the engine picks one. */
  readonly published: number | undefined;
  /** Last port of a range, else the same as `published`. */
  readonly lastPublished: number | undefined;
  readonly target: number | undefined;
  readonly lastTarget: number | undefined;
  readonly protocol: string;
  /** The written port of the host, where it is a text of its own. */
  readonly publishedText: ResolvedText | undefined;
  /** False where a variable that is not known is in it. */
  readonly known: boolean;
  /** The whole of the short form. */
  readonly text: ResolvedText | undefined;
}

export interface Mount {
  readonly span: Span;
  readonly kind: "volume" | "bind" | "tmpfs" | "anonymous" | "unknown";
  /** Of a bind mount or volume; may have holes when the kind is `unknown`. */
  readonly source: ResolvedText | undefined;
  readonly target: ResolvedText;
  /** Undefined where a variable that is not known says so. */
  readonly readOnly: boolean | undefined;
  /** Which mounts made below it are seen on the other side (`rshared`, `rslave` …); undefined where nothing is said. */
  readonly propagation: Placed<string> | undefined;
}

export interface NetworkUse {
  readonly name: Placed<string>;
  readonly aliases: readonly Placed<string>[];
}

/** A secret or config that a service is given, by the name it has at the top. */
export interface Grant extends Placed<string> {
  /** As written: a name below the default folder, or an absolute path; the name itself where it is not written. Undefined when not known. */
  readonly target: string | undefined;
}

export interface Healthcheck {
  readonly span: Span;
  readonly disabled: boolean;
  /** False when a variable that is not known decides whether it is switched off. */
  readonly certain: boolean;
  /** The words of `test`, of its string form `CMD-SHELL` and the string; undefined when the image's own test is kept. */
  readonly test: readonly Placed<string>[] | undefined;
  /** What `test` runs: the words behind `CMD`, or the script. */
  readonly texts: readonly ResolvedText[];
  /** How `test` is written. */
  readonly form: "string" | "list" | undefined;
}
