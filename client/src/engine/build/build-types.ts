/** What to build. Paths are absolute. */
export interface BuildRequest {
  readonly context: string;
  readonly dockerfile: string;
  /** Built instead of what the Dockerfile holds on disk; the ignore file beside `dockerfile` counts all the same. */
  readonly dockerfileText?: string;
  readonly tags: readonly string[];
  readonly target?: string;
  readonly buildArguments: Readonly<Record<string, string>>;
  /** `linux/amd64`; the engine's own when not given. */
  readonly platform?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly noCache?: boolean;
  readonly pull?: boolean;
  /** Network of RUN steps, e.g. `host`. */
  readonly network?: string;
  /** Addresses by host name, as RUN steps shall see them; `host-gateway` is the engine's host. */
  readonly extraHosts?: Readonly<Record<string, string>>;
  /** What FROM and `--from` find under a name: an absolute path of a folder, or an address (`docker-image://…`, `https://…`). */
  readonly contexts?: Readonly<Record<string, string>>;
  /** Images whose layers may be used as a cache. */
  readonly cacheFrom?: readonly string[];
  /** What `RUN --mount=type=secret` may read. Values go to the engine when a step asks, and nowhere else. */
  readonly secrets?: readonly BuildSecret[];
  /** What `RUN --mount=type=ssh` may use. */
  readonly ssh?: readonly SshForward[];
  /** Values besides those of the secrets that no event and no error may repeat. */
  readonly hidden?: readonly string[];
  /** A builder of `docker buildx` that does it instead of the engine. */
  readonly builder?: BuilderChoice;
}

export interface BuildSecret {
  readonly id: string;
  readonly from: SecretSource;
}

/** Where the value of a secret comes from. `path` is absolute. */
export type SecretSource =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "environment"; readonly variable: string }
  | { readonly kind: "value"; readonly value: string };

export interface SshForward {
  /** As `--mount=type=ssh,id=…` names it; `default` where it does not. */
  readonly id: string;
  /** Absolute paths of private keys, or of the socket of one agent; the user's agent when there are none. */
  readonly keys: readonly string[];
}

export interface BuilderChoice {
  /** As `docker buildx ls` shows it. */
  readonly name: string;
  /** `load` brings the image into the engine, for one platform; `push` sends it to the registries of its tags. */
  readonly output: "load" | "push";
  /** All that are built; `platform` of the request when there are none. */
  readonly platforms: readonly string[];
}

export interface BuildStep {
  /** Stable within one build. */
  readonly id: string;
  /** As BuildKit names it: `[builder 3/5] RUN go build`. */
  readonly name: string;
  /** Stage and position read from the name; undefined for internal steps. `stage` is `stage-0` when unnamed. */
  readonly stage: string | undefined;
  readonly position: number | undefined;
  readonly of: number | undefined;
  /** The instruction's text behind the bracket. */
  readonly instruction: string;
  /** Podman's: `position` counts every instruction of the stage, FROM included. */
  readonly countsAll?: true;
}

/** How far a step has come with one thing that it fetches or sends. */
export interface StepTransfer {
  /** `sha256:…` of a layer, `transferring context:`, `extracting sha256:…`. Stable within its step. */
  readonly item: string;
  /** Bytes so far. */
  readonly current: number;
  /** Bytes in all; undefined where the engine does not know. */
  readonly total: number | undefined;
}

export type BuildEvent =
  /** A step that the build consists of, told before it begins; not every builder tells. */
  | { readonly kind: "planned"; readonly step: BuildStep }
  /**
   * Of the files that the engine asked for; `sentBytes` are those that it had not from an earlier build. Not told when no
   * instruction copies any.
   */
  | { readonly kind: "context"; readonly files: number; readonly bytes: number; readonly sentBytes: number }
  | { readonly kind: "started"; readonly step: BuildStep }
  | {
      readonly kind: "completed";
      readonly step: BuildStep;
      readonly cached: boolean;
      readonly milliseconds: number;
    }
  /**
   * A completed step has more to do: BuildKit first looks whether what FROM names, or the context, has changed, and only then fetches it.
   * `milliseconds` is undefined as that begins, and that of both when it is over.
   */
  | { readonly kind: "again"; readonly step: BuildStep; readonly milliseconds: number | undefined }
  | { readonly kind: "failed"; readonly step: BuildStep; readonly error: string }
  /** Comes as often as the engine tells, the last perhaps when the step is over. */
  | { readonly kind: "transfer"; readonly step: BuildStep; readonly transfer: StepTransfer }
  | { readonly kind: "log"; readonly step: BuildStep | undefined; readonly text: string }
  /** A check of the engine's own; lines are 1-based. */
  | {
      readonly kind: "warning";
      readonly message: string;
      readonly url: string | undefined;
      readonly startLine: number | undefined;
      readonly endLine: number | undefined;
    }
  | { readonly kind: "finished"; readonly imageId: string; readonly milliseconds: number };
