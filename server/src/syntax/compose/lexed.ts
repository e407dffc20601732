import { CST } from "yaml";

/** A lexical token of a YAML text at its place. */
export interface Lexed {
  /** `block` is the text of a block scalar, without its header. */
  readonly type: "plain" | "block" | CST.TokenType | undefined;
  readonly source: string;
  readonly offset: number;
}

/** The tokens of the `yaml` package's lexer at their places, without the marks that stand for no text. */
export function* lexed(tokens: readonly string[]): Generator<Lexed> {
  let offset = 0;
  let scalar: "plain" | "block" | undefined;
  let isHeader = false;
  for (const source of tokens) {
    if (source === CST.DOCUMENT || source === CST.FLOW_END) continue;
    if (source === CST.SCALAR && !scalar) {
      scalar = isHeader ? "block" : "plain";
      isHeader = false;
      continue;
    }
    const type = scalar ?? CST.tokenType(source) ?? undefined;
    yield { type, source, offset };
    scalar = undefined;
    if (type === "block-scalar-header") isHeader = true;
    offset += source.length;
  }
}
