import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import { rules } from "../../rules/all.ts";
import { byteUnits } from "../../text/byte-size.ts";
import { directives } from "../knowledge/directives.ts";
import { type Candidate, candidatesFrom } from "./candidate.ts";

/** In a comment: parser directives at the top of the file, and our own `# plimsoll …` everywhere. */
export function completeComment({ file }: DockerfileModel, offset: number): Candidate[] {
  const line = file.lines.lineAt(offset);
  const start = file.lines.startOf(line);
  const written = file.text.slice(start, offset).replace(/^\uFEFF?\s*#\s*/, "");
  const isAtTop = directivesMayStandAt(file.text, start);
  const comment: Comment = { written, offset };
  return (
    valueOfOurs(comment) ??
    (isAtTop ? valueOfDirective(comment) : undefined) ??
    (/^\w*$/.test(written) ? beginnings(comment, isAtTop ? file.directives : undefined) : [])
  );
}

/** A comment as it is written up to the cursor, without `#`. */
interface Comment {
  readonly written: string;
  readonly offset: number;
}

/** What may follow in a comment of ours or of hadolint's; undefined where it is none of them. */
function valueOfOurs({ written, offset }: Comment): Candidate[] | undefined {
  const ignored = /^plimsoll:?\s+(?:(?:stage|global)\s+)?ignore\s*=\s*(?:.*[,\s])?([\w-]*)$/.exec(written);
  if (ignored) {
    const candidate = candidatesFrom(offset - (ignored[1] ?? "").length, offset);
    return rules
      .filter((it) => it.looksAt !== "compose")
      .map((it) => candidate(it.id, "rule", { detail: it.title }));
  }
  const otherIgnored = /^hadolint\s+(?:(?:stage|global)\s+)?ignore\s*=\s*(?:.*[,\s])?([\w-]*)$/.exec(written);
  if (otherIgnored) return aliasesLike(/^DL\d/, otherIgnored[1], offset);

  const sized = /^plimsoll:?\s.*\bmax-(?:size|transfer)\s*=\s*(\d[\d.]*)\s?[a-z]*$/i.exec(written);
  if (sized) {
    const [, number = ""] = sized;
    const candidate = candidatesFrom(offset - written.length + written.lastIndexOf(number), offset);
    return byteUnits.map((unit, rank) => candidate(`${number}${unit}`, "value", { rank }));
  }
  const setting = /^plimsoll:?\s+(?:.*\s)?([a-z][\w-]*)?$/i.exec(written);
  if (!setting) return undefined;
  const candidate = candidatesFrom(offset - (setting[1] ?? "").length, offset);
  return (
    ownSettings
      // A comment that silences says nothing else.
      .filter(({ name }) => !written.includes(name) && !(name === "ignore=" && written.includes("=")))
      .map(({ name, summary }) => candidate(name, "keyword", { documentation: summary, continues: true }))
  );
}

/** What a parser directive may be; undefined where none is written. */
function valueOfDirective({ written, offset }: Comment): Candidate[] | undefined {
  const skipped = /^check\s*=\s*(?:.*;)?skip=(?:.*,)?(\w*)$/.exec(written);
  if (skipped) return aliasesLike(/^[A-Z][a-z]+[A-Z]/, skipped[1], offset);
  const checked = /^check\s*=\s*(?:.*;)?\s*error=(\w*)$/.exec(written);
  if (checked) {
    const candidate = candidatesFrom(offset - (checked[1] ?? "").length, offset);
    return ["true", "false"].map((it, rank) => candidate(it, "value", { rank }));
  }
  const [, name, value] = /^(\w+)\s*=\s*(\S*)$/.exec(written) ?? [];
  if (name === undefined || value === undefined) return undefined;
  const candidate = candidatesFrom(offset - value.length, offset);
  const directive = directives.find((it) => it.name === name.toLowerCase());
  return (directive?.values ?? []).map((it, rank) =>
    candidate(it.value, "value", { documentation: it.summary, rank }),
  );
}

/** Other linters' names of our rules. */
function aliasesLike(pattern: RegExp, typed: string | undefined, offset: number): Candidate[] {
  const candidate = candidatesFrom(offset - (typed ?? "").length, offset);
  return rules.flatMap((rule) =>
    rule.aliases.filter((it) => pattern.test(it)).map((it) => candidate(it, "rule", { detail: rule.title })),
  );
}

/** How a comment may begin. `given` are the directives that the file has; undefined where none may stand. */
function beginnings(
  { written, offset }: Comment,
  given: DockerfileModel["file"]["directives"] | undefined,
): Candidate[] {
  const candidate = candidatesFrom(offset - written.length, offset);
  const open = given ? directives.filter(({ name }) => !given.some((it) => it.name === name)) : [];
  return [
    ...open.map((it) => candidate(`${it.name}=`, "keyword", { documentation: it.summary, continues: true })),
    ...ownSettings.map(({ name, summary }) =>
      candidate(`${name === "ignore=" ? "plimsoll" : "plimsoll:"} ${name}`, "keyword", {
        documentation: summary,
        continues: true,
        rank: 2,
      }),
    ),
    candidate("hadolint ignore=", "keyword", {
      documentation: "Silences rules of hadolint for the instruction below, here and in hadolint.",
      continues: true,
      rank: 3,
    }),
  ].filter((it) => it.label.startsWith(written.toLowerCase()));
}

/** What our own comments may say. */
const ownSettings = [
  { name: "ignore=", summary: "Silences rules for the instruction below." },
  { name: "max-size=", summary: "What the image of the stage below may weigh on disk, for example `25MB`." },
  {
    name: "max-transfer=",
    summary:
      "What the image of the stage below may weigh compressed, as a registry has it, for example `10MB`.",
  },
] as const;

/** Directives stand before everything else: a line above that is none ends them. */
function directivesMayStandAt(text: string, lineStart: number): boolean {
  const above = text
    .slice(0, lineStart)
    .replace(/^\uFEFF/, "")
    .split("\n")
    .slice(0, -1);
  return above.every((line) => /^\s*#\s*\w+\s*=/.test(line));
}
