import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { rules } from "../../../server/src/rules/all.ts";
import { generateCompose } from "../../bench/compose-corpus.ts";
import { readMarkers } from "../markers.ts";

const sound = new URL("../../fixtures/compose/sound/", import.meta.url);
const blog = new URL("../../../examples/blog/compose.yaml", import.meta.url);

/** What rules are shown as examples, and whole files. */
export const composeTexts: readonly string[] = [
  ...rules
    .filter((it) => it.looksAt === "compose")
    .flatMap(({ docs }) => [readMarkers(docs.bad).text, readMarkers(docs.good).text]),
  ...readdirSync(sound).map((it) => readFileSync(new URL(it, sound), "utf8")),
  readFileSync(blog, "utf8"),
  generateCompose(7),
  generateCompose(6, true),
];

/** One edit as somebody makes it: where, by which share of the text, and what. */
export interface ComposeTyped {
  readonly at: number;
  readonly what: "delete" | "double" | "line" | "join" | "letter" | "erase" | "colon" | "indent" | "paste";
  readonly line: string;
}

export const composeTyped: fc.Arbitrary<ComposeTyped> = fc.record({
  // Shares as doubles would nearly all be close to 0.
  at: fc.nat(9_999).map((it) => it / 10_000),
  what: fc.constantFrom("delete", "double", "line", "join", "letter", "erase", "colon", "indent", "paste"),
  line: fc.constantFrom(
    "# a comment",
    "  # a comment",
    "      # plimsoll ignore=unpinned-image",
    "# plimsoll global ignore=unpinned-image",
    "services:",
    "volumes:",
    "  data:",
    "networks: {}",
    "x-more: &more",
    "  other:",
    "  oth",
    "  api:",
    "  db: &db",
    "    image: nginx",
    "    image",
    "    image: redis",
    "    <<: *common",
    "    <<: *more",
    "    extends: api",
    "    depends_on: [db]",
    "    ports:",
    '      - "8080:80"',
    "    environment:",
    "      DATABASE_URL: postgres://app:secret@db:5432/app",
    "      - PASSWORD=secret",
    "    command: |",
    "    command: >+",
    "      - [a, b",
    '      - "a',
    "\tx: y",
    "    container_name: one",
    "    unknown_key: 1",
    "    networks: [back]",
    "    volumes: [data:/data]",
    "---",
    "...",
    "- a",
    " x: y",
    "   x: y",
    "    {a: b}",
    "? x",
    "  ? x",
    "    *common : x",
    "  !reset x: y",
    "    ports: !override []",
    "\u0007",
    "",
    "",
  ),
});

const LETTERS = "x: -#&*\"'[]{}|>!\t\n.$1";

export function typeInCompose(text: string, { at, what, line }: ComposeTyped): string {
  const lines = text.split("\n");
  const index = Math.floor(at * lines.length);
  const own = lines[index] ?? "";
  const offset = Math.floor(at * text.length);
  switch (what) {
    case "delete":
      lines.splice(index, 1);
      break;
    case "double":
      lines.splice(index, 0, own);
      break;
    case "line":
      lines.splice(index, 0, line);
      break;
    case "join":
      lines.splice(index, 2, own + (lines[index + 1] ?? ""));
      break;
    case "colon":
      lines[index] = own.replace(":", "");
      break;
    case "indent":
      lines[index] = line.length % 2 === 0 ? ` ${own}` : own.replace(/^ /, "");
      break;
    case "paste": {
      // Some lines once more, somewhere else.
      const from = (index * 7 + line.length) % lines.length;
      lines.splice(index, 0, ...lines.slice(from, from + 1 + (line.length % 12)));
      break;
    }
    case "letter":
      return (
        text.slice(0, offset) + (LETTERS[(offset + line.length) % LETTERS.length] ?? "") + text.slice(offset)
      );
    default:
      return text.slice(0, offset) + text.slice(offset + 1 + (line.length % 3));
  }
  return lines.join("\n");
}
