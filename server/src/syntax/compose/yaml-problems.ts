import type { ErrorCode, YAMLError } from "yaml";
import type { Span } from "../../text/span.ts";
import type { SyntaxProblem } from "../problem.ts";

/** What a YAML error means to somebody who writes a Compose file, by the name the reader gives it. */
const WORDS: Partial<Record<ErrorCode, { readonly code: string; readonly message: string }>> = {
  ALIAS_PROPS: { code: "yaml-alias", message: "An alias takes no tag and no anchor of its own." },
  BAD_ALIAS: { code: "yaml-alias", message: "This is no valid name of an anchor or alias." },
  BAD_COLLECTION_TYPE: { code: "yaml-tag", message: "This tag does not fit what follows it." },
  BAD_DIRECTIVE: { code: "yaml-directive", message: "This YAML directive is not valid." },
  BAD_DQ_ESCAPE: {
    code: "yaml-escape",
    message: "Double quotes do not know this escape: write the backslash twice, or use single quotes.",
  },
  BAD_INDENT: { code: "yaml-indent", message: "This line is not indented as its neighbours are." },
  BAD_PROP_ORDER: { code: "yaml-tag", message: "An anchor or tag has to stand directly before its value." },
  BAD_SCALAR_START: {
    code: "yaml-quote",
    message: "A plain value cannot start with this character: put it in quotes.",
  },
  BLOCK_AS_IMPLICIT_KEY: {
    code: "yaml-nested-mapping",
    message:
      "A second `key: value` on the same line: put it on a line of its own, or quote the value if it holds `: `.",
  },
  BLOCK_IN_FLOW: {
    code: "yaml-flow",
    message: "Inside brackets a value cannot be written as an indented block.",
  },
  KEY_OVER_1024_CHARS: { code: "yaml-key", message: "A key can have at most 1024 characters." },
  MULTILINE_IMPLICIT_KEY: {
    code: "yaml-key",
    message: "A key has to stand on one line, with `: ` behind it.",
  },
  MULTIPLE_ANCHORS: { code: "yaml-anchor", message: "A value can have one anchor only." },
  MULTIPLE_TAGS: { code: "yaml-tag", message: "A value can have one tag only." },
  TAB_AS_INDENT: { code: "yaml-tab", message: "YAML is indented with blanks: a tab is not allowed here." },
  RESOURCE_EXHAUSTION: { code: "yaml-nesting", message: "This is nested too deep to be read." },
};

/** Errors that share a code and are told apart by what the reader says of them (`yaml` 2.9). */
const WORDS_BY_MESSAGE: readonly {
  readonly says: RegExp;
  readonly code: string;
  readonly message: string;
}[] = [
  {
    says: /closing ["']quote/,
    code: "yaml-unclosed",
    message: "The closing quote of this value is missing.",
  },
  { says: /end with a \]/, code: "yaml-unclosed", message: "The `]` that closes this list is missing." },
  { says: /end with a \}/, code: "yaml-unclosed", message: "The `}` that closes this mapping is missing." },
  { says: /Missing , /, code: "yaml-comma", message: "A comma is missing between these items." },
  { says: /Missing space after :/, code: "yaml-colon", message: "A blank is missing behind this `:`." },
  { says: /followed by map values/, code: "yaml-colon", message: "This key has no `:` behind it." },
  { says: /without - indicator/, code: "yaml-list", message: "This list item does not start with `- `." },
  {
    says: /Tags and anchors must/,
    code: "yaml-anchor",
    message: "A blank is missing behind this tag or anchor.",
  },
  {
    says: /directives-end|doc-start/,
    code: "yaml-directive",
    message: "A `---` line has to follow the YAML directives.",
  },
  {
    says: /Unexpected ,/,
    code: "yaml-comma",
    message: "There is nothing between this comma and what is before it.",
  },
];

/** The reader's error in plain words; none for what Compose's own reader takes. */
export function problemOf(error: YAMLError, text: string): readonly SyntaxProblem[] {
  // `"a"#b` is fine with docker compose 2.40 (tried 2026-11).
  if (error.message.startsWith("Comments must be separated")) return [];
  const { code, message } = WORDS_BY_MESSAGE.find((it) => it.says.test(error.message)) ??
    WORDS[error.code] ?? { code: "yaml-unexpected", message: "YAML cannot have this here." };
  return [{ code, message, severity: "error", span: visible(error.pos, text) }];
}

/** A span with something to underline: on one line, and where an error is at the end of a value, its last character. */
function visible([from, to]: readonly [number, number], text: string): Span {
  const start = Math.max(0, Math.min(from, text.length));
  const lineEnd = text.indexOf("\n", start);
  const end = Math.min(to, lineEnd < 0 ? text.length : lineEnd);
  if (end > start) return { start, end };
  let last = start;
  while (last > 0 && /\s/.test(text[last - 1] ?? "")) last--;
  return last > 0 ? { start: last - 1, end: last } : { start, end: start };
}
