import type { ComposeProject, Service } from "../../../model/compose/project.ts";
import type { Shape } from "../../../model/compose/specification/shape.ts";
import { shapeAt } from "../../../model/compose/specification/shape-at.ts";
import type { TextEdit } from "../../../text/edit.ts";
import type { CandidateKind } from "../candidate.ts";
import type { ComposeCursor } from "./cursor.ts";

/** What is asked for: the place of a cursor, and what is known around it. */
export interface Asked {
  readonly project: ComposeProject;
  readonly cursor: ComposeCursor;
  /** Where the place counts as: a block of the user's own as the place that takes it over. */
  readonly path: readonly string[];
  /** The service that the place is in, as far as it can be read yet. */
  readonly service: Service | undefined;
}

/** Something that can be written at a place, before it is known in which form. */
export interface Proposal {
  readonly label: string;
  readonly kind: CandidateKind;
  readonly detail?: string | undefined;
  readonly documentation?: string | undefined;
  /** Smaller comes first; 1 when not said. */
  readonly rank?: number;
  readonly continues?: boolean;
  /** The scalar; the label when not said. Quotes are added where YAML needs them. */
  readonly text?: string;
  /** YAML as it is, in place of a scalar. */
  readonly yaml?: string;
  /** `text` or `yaml` holds placeholders of the LSP snippet syntax. */
  readonly snippet?: boolean;
  /** So many of the typed characters stay, since the scalar is written part by part. */
  readonly keep?: number;
  /** So many characters behind the cursor are replaced; all of the word when not said. */
  readonly ahead?: number;
  /** Edits elsewhere in the file. */
  readonly also?: readonly TextEdit[] | undefined;
}

/** A key that can be written at a place. */
export interface KeyProposal extends Omit<Proposal, "text" | "yaml" | "keep" | "ahead" | "kind"> {
  readonly kind?: CandidateKind;
  /** The key; the label when not said. */
  readonly name?: string;
  /** What is written behind its colon: nothing, a value on the line, or lines below. */
  readonly behind:
    | { readonly kind: "nothing" | "value" | "list" | "mapping" }
    | { readonly kind: "text"; readonly yaml: string }
    /** Lines with the indentation that they have below the key, `\t` for each step. */
    | { readonly kind: "lines"; readonly lines: readonly string[] };
  readonly deprecated?: boolean;
}

export const shapeOf = ({ path }: Pick<Asked, "path">): Shape | undefined => shapeAt(path);

/** The way below the service, e.g. `build.target`; undefined elsewhere. */
export function insideService({ path }: Pick<Asked, "path">): string | undefined {
  return path[0] === "services" && path.length > 1 ? path.slice(2).join(".") : undefined;
}

/** Services but the one that the place is in. */
export function otherServices({ project, path }: Asked): readonly Service[] {
  const own = path[0] === "services" ? path[1] : undefined;
  return [...project.services.values()].filter((it) => it.name.value !== own);
}
