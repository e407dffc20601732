import type { ComposeFile } from "../../syntax/compose/tree.ts";
import type { Span } from "../../text/span.ts";
import type { DockerfileModel } from "../stage/dockerfile-model.ts";
import type { ImageFacts, ImageFactsSource } from "../image/facts.ts";
import type { ImageReference } from "../stage/stage.ts";

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
  readonly images: ImageFactsSource;
}

/** A value with the place it was written at. */
export interface Placed<T> {
  readonly value: T;
  readonly span: Span;
}

export interface Resource {
  readonly name: Placed<string>;
  readonly external: boolean;
}

export interface Service {
  readonly name: Placed<string>;
  readonly span: Span;
  readonly image: Placed<ImageReference> | undefined;
  readonly imageFacts: ImageFacts | undefined;
  readonly build: Build | undefined;
  readonly dependsOn: readonly Dependency[];
  readonly environment: readonly EnvironmentEntry[];
  readonly ports: readonly PortMapping[];
  readonly mounts: readonly Mount[];
  readonly networks: readonly NetworkUse[];
  readonly networkMode: Placed<string> | undefined;
  readonly healthcheck: Healthcheck | undefined;
  readonly profiles: readonly Placed<string>[];
  readonly extraHosts: readonly Placed<string>[];
  readonly containerName: Placed<string> | undefined;
  readonly hostname: Placed<string> | undefined;
  readonly links: readonly Placed<string>[];
}

export interface Build {
  readonly span: Span;
  readonly context: Placed<string> | undefined;
  readonly dockerfile: Placed<string> | undefined;
  readonly target: Placed<string> | undefined;
  readonly args: readonly EnvironmentEntry[];
  /** The Dockerfile that `context` and `dockerfile` point to, evaluated; undefined when it cannot be read. */
  readonly model: DockerfileModel | undefined;
}

export interface Dependency {
  readonly service: Placed<string>;
  /** `service_started` when not written. */
  readonly condition: Placed<string> | undefined;
  readonly form: "short" | "long";
  /** The list entry or the mapping entry. */
  readonly span: Span;
}

export interface EnvironmentEntry {
  readonly name: Placed<string>;
  /** Undefined when the value comes from the shell that runs Compose. */
  readonly value: Placed<string> | undefined;
}

export interface PortMapping {
  readonly span: Span;
  readonly hostAddress: string | undefined;
  /** First port when a range. Undefined when the engine picks one. */
  readonly published: number | undefined;
  readonly target: number | undefined;
  readonly protocol: string;
}

export interface Mount {
  readonly span: Span;
  readonly kind: "volume" | "bind" | "tmpfs" | "anonymous" | "unknown";
  readonly source: Placed<string> | undefined;
  readonly target: Placed<string>;
}

export interface NetworkUse {
  readonly name: Placed<string>;
  readonly aliases: readonly Placed<string>[];
}

export interface Healthcheck {
  readonly span: Span;
  readonly disabled: boolean;
  readonly test: readonly Placed<string>[] | undefined;
}
