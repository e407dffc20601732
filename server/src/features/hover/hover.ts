import type { Span } from "../../text/span.ts";

/** What is known of the thing under the cursor. */
export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}
