import type { Span } from "../../text/span.ts";
import type { ComposeSource } from "./sources.ts";

/** What a name is the name of. */
export type NameKind =
  | "service"
  | "network"
  | "volume"
  | "secret"
  | "config"
  | "model"
  | "profile"
  | "router"
  | "backend"
  | "middleware"
  | "anchor"
  | "variable"
  | "stage"
  | "argument"
  | "environment"
  | "here-document";

/** One thing that has a name. Two of the same kind, scope and text are the same. */
export interface Name {
  readonly kind: NameKind;
  readonly text: string;
  /** What else of this kind may not be called so: the files that Compose merges, an `.env` file, a Dockerfile, a stage. */
  readonly scope: string;
}

/** What a rename does at a place: writes the new name, has nothing to do, or must not be, with the reason as a sentence. */
export type Rewrite = "name" | "nothing" | { readonly refused: string };

/** A place in a file that has a name. */
export interface Place {
  readonly text: string;
  readonly span: Span;
  readonly rewrite: Rewrite;
  /** The place is a whole value or key of YAML without quotes, so that another name may need some. */
  readonly isPlain?: boolean;
  /** It is the host of an address, so the name has to be one that a host can have. */
  readonly isHost?: boolean;
}

/** A place with what it names. */
export interface Occurrence {
  readonly name: Name;
  /** Absolute path; the URI of a document without one. */
  readonly file: string;
  readonly span: Span;
  readonly role: "declaration" | "use";
  readonly rewrite: Rewrite;
  readonly isPlain: boolean;
  readonly isHost: boolean;
}

/** The same before it is known what is declared where. */
export interface Mention {
  readonly kind: NameKind;
  readonly role: Occurrence["role"];
  readonly place: Place;
  /** As in `Occurrence`. */
  readonly file: string;
  /** Missing where the files of the project say: own ones first, then included ones, then those that include this one. */
  readonly scope?: string;
  /** The Compose file that the place is read for, where it stands in another one. */
  readonly from?: ComposeSource;
}
