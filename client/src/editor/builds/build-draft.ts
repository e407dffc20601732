import path from "node:path";
import type { BuilderChoice, BuildRequest, SecretSource } from "../../engine/build/build-types.ts";
import { isSecretPair, secretsIn } from "../../shared/secrets.ts";
import { suggestedTag } from "../images/image-name.ts";

/** What one can say about a build beforehand. Paths are absolute; a Dockerfile may also be a URI. */
export interface BuildAnswers {
  readonly dockerfile?: string;
  /** Built instead of what the Dockerfile holds. */
  readonly dockerfileText?: string;
  readonly context?: string;
  /** A stage's name; the final stage when absent. */
  readonly target?: string;
  /** With a tag nothing is asked, unless `confirm`. */
  readonly tag?: string;
  /** Names that the image gets besides. */
  readonly moreTags?: readonly string[];
  readonly buildArguments?: Readonly<Record<string, string>>;
  readonly platform?: string;
  /** By id. */
  readonly secrets?: Readonly<Record<string, SecretSource>>;
  /** By id: paths of private keys, none for the user's agent. */
  readonly ssh?: Readonly<Record<string, readonly string[]>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly noCache?: boolean;
  readonly pull?: boolean;
  readonly network?: string;
  readonly extraHosts?: Readonly<Record<string, string>>;
  readonly contexts?: Readonly<Record<string, string>>;
  readonly cacheFrom?: readonly string[];
  /** A builder of `docker buildx`; null for the engine although the setting or the last build names one. */
  readonly builder?: BuilderChoice | null;
  /** The Compose service that is built: what was answered for it is remembered apart. */
  readonly service?: string;
  /** Sentences that stand on the sheet. */
  readonly notes?: readonly string[];
  /** Shows the sheet although everything is known. */
  readonly confirm?: boolean;
}

/** A typed value is never remembered, only that there was one. */
export type ChosenSecret = SecretSource | { readonly kind: "ask" };

/** What was answered at the last build of one stage of one Dockerfile. Nothing that looks secret is in it. */
export interface RememberedAnswers {
  readonly tag: string;
  readonly context: string;
  readonly buildArguments: Readonly<Record<string, string>>;
  readonly platform: string | undefined;
  /** Absent in what was remembered before they could be answered. */
  readonly more?: RememberedMore;
}

interface RememberedMore {
  readonly moreTags: readonly string[];
  readonly secrets: Readonly<Record<string, Exclude<ChosenSecret, { kind: "value" }>>>;
  readonly ssh: Readonly<Record<string, readonly string[]>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly pull: boolean;
  readonly network: string | undefined;
  readonly extraHosts: Readonly<Record<string, string>>;
  readonly contexts: Readonly<Record<string, string>>;
  readonly cacheFrom: readonly string[];
  readonly builder: BuilderChoice | undefined;
}

/** The answers while the sheet is open. */
export interface BuildDraft {
  context: string;
  target: string | undefined;
  tag: string;
  moreTags: readonly string[];
  buildArguments: Record<string, string>;
  platform: string | undefined;
  secrets: Record<string, ChosenSecret>;
  ssh: Record<string, readonly string[]>;
  labels: Readonly<Record<string, string>>;
  noCache: boolean;
  pull: boolean;
  network: string | undefined;
  extraHosts: Readonly<Record<string, string>>;
  contexts: Readonly<Record<string, string>>;
  cacheFrom: readonly string[];
  builder: BuilderChoice | undefined;
}

/** Fills in what `answers` leaves open: from the last build, else with what one would expect. `builder` is the setting's. */
export function draftFor(
  dockerfile: string,
  target: string | undefined,
  answers: BuildAnswers,
  last: RememberedAnswers | undefined,
  builder: string | undefined,
): BuildDraft {
  const context = answers.context ?? last?.context ?? path.dirname(dockerfile);
  const before = last?.more;
  const chosen =
    builder === undefined ? undefined : { name: builder, output: "load" as const, platforms: [] };
  return {
    context,
    target,
    tag: answers.tag ?? last?.tag ?? suggestedTag(dockerfile, context, target),
    moreTags: answers.moreTags ?? before?.moreTags ?? [],
    buildArguments: { ...last?.buildArguments, ...answers.buildArguments },
    platform: answers.platform ?? last?.platform,
    secrets: { ...before?.secrets, ...answers.secrets },
    ssh: { ...before?.ssh, ...answers.ssh },
    labels: answers.labels ?? before?.labels ?? {},
    // Once is what one wants it for.
    noCache: answers.noCache ?? false,
    pull: answers.pull ?? before?.pull ?? false,
    network: answers.network ?? before?.network,
    extraHosts: answers.extraHosts ?? before?.extraHosts ?? {},
    contexts: answers.contexts ?? before?.contexts ?? {},
    cacheFrom: answers.cacheFrom ?? before?.cacheFrom ?? [],
    builder: answers.builder === undefined ? (before?.builder ?? chosen) : (answers.builder ?? undefined),
  };
}

/** What of a draft may be kept: values of what looks secret, and typed ones, are not. */
export function rememberedOf(draft: BuildDraft): RememberedAnswers {
  const { tag, context, platform } = draft;
  return {
    tag,
    context,
    platform,
    buildArguments: withoutSecrets(draft.buildArguments),
    more: {
      moreTags: draft.moreTags,
      secrets: Object.fromEntries(
        Object.entries(draft.secrets).map(([id, from]) => [
          id,
          from.kind === "value" ? { kind: "ask" } : from,
        ]),
      ),
      ssh: draft.ssh,
      labels: withoutSecrets(draft.labels),
      pull: draft.pull,
      network: draft.network,
      extraHosts: draft.extraHosts,
      contexts: withoutPasswords(draft.contexts),
      cacheFrom: draft.cacheFrom,
      builder: draft.builder,
    },
  };
}

/** What the engine is asked for. Secrets whose value was not typed in the end are left out. */
export function requestOf(
  dockerfile: string,
  draft: BuildDraft,
  dockerfileText: string | undefined,
): BuildRequest {
  const { context, target, platform, network, buildArguments, builder } = draft;
  const secrets = Object.entries(draft.secrets).flatMap(([id, from]) =>
    from.kind === "ask" ? [] : [{ id, from }],
  );
  const ssh = Object.entries(draft.ssh).map(([id, keys]) => ({ id, keys }));
  const hidden = Object.entries(buildArguments).flatMap(([name, value]) =>
    isSecretPair(name, value) ? [value, ...secretsIn(value)] : [],
  );
  hidden.push(...Object.values(draft.contexts).flatMap(secretsIn));
  return {
    context,
    dockerfile,
    tags: [draft.tag, ...draft.moreTags.filter((it) => it !== draft.tag)],
    buildArguments,
    ...(dockerfileText !== undefined && { dockerfileText }),
    ...(target !== undefined && { target }),
    ...(platform !== undefined && { platform }),
    ...(isFilled(draft.labels) && { labels: draft.labels }),
    ...(draft.noCache && { noCache: true }),
    ...(draft.pull && { pull: true }),
    ...(network !== undefined && { network }),
    ...(isFilled(draft.extraHosts) && { extraHosts: draft.extraHosts }),
    ...(isFilled(draft.contexts) && { contexts: draft.contexts }),
    ...(draft.cacheFrom.length > 0 && { cacheFrom: draft.cacheFrom }),
    ...(secrets.length > 0 && { secrets }),
    ...(ssh.length > 0 && { ssh }),
    ...(hidden.length > 0 && { hidden }),
    ...(builder !== undefined && { builder }),
  };
}

function withoutSecrets(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => !isSecretPair(name, value)));
}

/** Contexts by address: one with a password is named anew each time. */
function withoutPasswords(contexts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(contexts).filter(([, at]) => secretsIn(at).length === 0));
}

function isFilled(values: Readonly<Record<string, string>>): boolean {
  return Object.keys(values).length > 0;
}
