import type { VariableLookup } from "../../../syntax/compose/interpolate.ts";
import type { ComposeFile } from "../../../syntax/compose/tree.ts";
import type { Span } from "../../../text/span.ts";

/** A file that is part of a project. */
export interface SourceFile {
  /** Absolute, with `/` between its parts. */
  readonly path: string;
  /** As seen from the project's folder: `compose.override.yaml`, `../shared/base.yaml`. */
  readonly name: string;
  readonly file: ComposeFile;
}

/** Where a value is written: its entry from the key on, or the item of a list. */
export interface Origin {
  readonly source: SourceFile;
  readonly span: Span;
}

/**
 * What Compose makes of all files of a project, with where each value comes from. Forms of one meaning are made one: `environment`
 * and the like are mappings, `dns` and the like lists, `build`, `networks` and `depends_on` mappings. Entries of `ports`, `volumes`,
 * `secrets` and `configs` stay as they are written.
 */
export type EffectiveNode = EffectiveMapping | EffectiveSequence | EffectiveScalar;

interface EffectiveBase {
  readonly origin: Origin;
  /** What stood here in other places and was replaced, the last one first; some of many. */
  readonly overrode: readonly Origin[];
  /** `!reset` is a gap that takes away what is merged with it later; both are gone in a finished project. */
  readonly tag: "!reset" | "!override" | undefined;
  /** True for what nobody wrote: the condition of a short `depends_on`. */
  readonly implied: boolean;
}

export interface EffectiveMapping extends EffectiveBase {
  readonly kind: "mapping";
  readonly entries: ReadonlyMap<string, EffectiveNode>;
  /** It is a list for Compose, `- NAME=value`, so that `!reset` of one of its entries does nothing. */
  readonly fromList?: true;
}

export interface EffectiveSequence extends EffectiveBase {
  readonly kind: "sequence";
  readonly items: readonly EffectiveNode[];
}

export interface EffectiveScalar extends EffectiveBase {
  readonly kind: "scalar";
  /** After interpolation, a variable that is not set taken for empty as Compose does. */
  readonly value: string;
  /** `null` also for nothing behind a key. */
  readonly type: "string" | "number" | "boolean" | "null";
  /** Set where the value is written with variables; joined they are the value. */
  readonly parts: readonly TextPart[] | undefined;
}

/** A piece of a text after interpolation. */
export interface TextPart {
  readonly text: string;
  /** Variables that decided it, the outer one first; none for what is written as such. */
  readonly variables: readonly string[];
  /** As it is written, for a variable that is not known to be set and has no default. */
  readonly unset: string | undefined;
  /** A variable decided it that is not known to be set, so that another shell may make something else of it. */
  readonly open?: true;
}

/** What is wrong with how files make a project. */
export interface CompositionProblem {
  readonly kind:
    | "missing-file"
    | "missing-service"
    | "include-cycle"
    | "extends-cycle"
    | "conflict"
    | "not-read"
    | "unreadable";
  readonly message: string;
  readonly origin: Origin;
  /** What leads there: each `include` on the way, the outer one first, or the other `extends` of a circle. */
  readonly via: readonly Origin[];
  /** Other places that it is about: of a conflict both that declare the name. */
  readonly places: readonly Origin[];
  /** Set where a variable that is not known to be set decides whether it is wrong. */
  readonly open?: true;
}

/** The project that several files make together. */
export interface EffectiveProject {
  /** The first of the files; undefined when it cannot be read. */
  readonly main: SourceFile | undefined;
  /** Paths of the files that are laid over one another, the main one first: not those that they include or extend. */
  readonly layers: readonly string[];
  /** Whether Compose comes to them by itself when it is started in the main file's folder, without `-f`. */
  readonly found: boolean;
  /** Paths of these and of all that are included: not of files from which services are only extended. */
  readonly members: ReadonlySet<string>;
  /** All files that were read for it, the main one first. */
  readonly sources: readonly SourceFile[];
  /** All paths that were looked at, also those with nothing there. */
  readonly paths: readonly string[];
  readonly root: EffectiveMapping | undefined;
  /** As its containers and images are called after it. */
  readonly name: string;
  /** A variable of the project: of the shell, else of its `.env`. */
  readonly variable: VariableLookup;
  /** Whether there is a file that gives it variables: an `.env`, or what `include` names. */
  readonly hasEnvFile: boolean;
  /** Whether a variable is set for the file at a path, which sees more of them where it is included. */
  isSetIn(path: string, name: string): boolean;
  readonly problems: readonly CompositionProblem[];
  /** False when a variable that is not known to be set decided which files and services belong to it. */
  readonly certain: boolean;
}

/** The entry of a mapping; undefined where there is none or it is empty. */
export function effectiveAt(
  node: EffectiveNode | undefined,
  ...keys: readonly string[]
): EffectiveNode | undefined {
  let at = node;
  for (const key of keys) at = at?.kind === "mapping" ? at.entries.get(key) : undefined;
  return at;
}

/** Is it not there, or null? */
export function isEmpty(node: EffectiveNode | undefined): boolean {
  return node === undefined || (node.kind === "scalar" && node.type === "null");
}

/** The text of a scalar; undefined for anything else. */
export function effectiveText(node: EffectiveNode | undefined): string | undefined {
  return node?.kind === "scalar" && node.type !== "null" ? node.value : undefined;
}
