import type { Span } from "../text/span.ts";

/** Something in a text that its grammar does not allow. The reader goes on behind it. */
export interface SyntaxProblem {
  /** Stable name in kebab-case, e.g. `unknown-instruction`; the id under which the user sees and silences it. */
  readonly code: string;
  readonly message: string;
  readonly span: Span;
  /** `error` if the reference implementation refuses the file, `warning` if it goes on, `info` where something is only told. */
  readonly severity: "error" | "warning" | "info";
  /** Set for what YAML allows and only the reader of Compose files refuses. */
  readonly ofCompose?: true;
  /** What should stand in place of `span`, when one name is near enough to be meant. */
  readonly suggestion?: string;
}
