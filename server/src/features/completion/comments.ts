import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import { rules } from "../../rules/all.ts";
import { byteUnits } from "../../text/byte-size.ts";
import { directives } from "../knowledge/directives.ts";
import { type Candidate, candidatesFrom } from "./candidate.ts";

/** In a comment: parser directives at the top of the file, and our own `# plimsoll …` everywhere. */
export function completeComment({ file }: DockerfileModel, offset: number): Candidate[] {
  const line = file.lines.lineAt(offset);
  const written = file.text.slice(file.lines.startOf(line), offset).replace(/^\uFEFF?\s*#\s*/, "");

  const ignored = /^plimsoll:?\s+(?:(?:stage|global)\s+)?ignore\s*=\s*(?:.*[,\s])?([\w-]*)$/.exec(written);
  if (ignored) {
    const candidate = candidatesFrom(offset - (ignored[1] ?? "").length, offset);
    return rules
      .filter((it) => it.looksAt !== "compose")
      .map((it) => candidate(it.id, "rule", { detail: it.title }));
  }

  const otherIgnored = /^hadolint\s+(?:(?:stage|global)\s+)?ignore\s*=\s*(?:.*[,\s])?([\w-]*)$/.exec(written);
  if (otherIgnored) {
    const candidate = candidatesFrom(offset - (otherIgnored[1] ?? "").length, offset);
    return rules.flatMap((rule) =>
      rule.aliases
        .filter((it) => /^DL\d/.test(it))
        .map((it) => candidate(it, "rule", { detail: rule.title })),
    );
  }

  const sized = /^plimsoll:?\s.*\bmax-(?:size|transfer)\s*=\s*(\d[\d.]*)\s?[a-z]*$/i.exec(written);
  if (sized) {
    const [, number = ""] = sized;
    const candidate = candidatesFrom(offset - written.length + written.lastIndexOf(number), offset);
    return byteUnits.map((unit, rank) => candidate(`${number}${unit}`, "value", { rank }));
  }
  const setting = /^plimsoll:?\s+(?:.*\s)?([a-z][\w-]*)?$/i.exec(written);
  if (setting) {
    const candidate = candidatesFrom(offset - (setting[1] ?? "").length, offset);
    return (
      ownSettings
        // A comment that silences says nothing else.
        .filter(({ name }) => !written.includes(name) && !(name === "ignore=" && written.includes("=")))
        .map(({ name, summary }) => candidate(name, "keyword", { documentation: summary, continues: true }))
    );
  }

  const top = directivesMayStandAt(file.text, file.lines.startOf(line));
  const skipped = /^check\s*=\s*(?:.*;)?skip=(?:.*,)?(\w*)$/.exec(written);
  if (skipped && top) {
    const candidate = candidatesFrom(offset - (skipped[1] ?? "").length, offset);
    return rules.flatMap((rule) =>
      rule.aliases
        .filter((it) => /^[A-Z][a-z]+[A-Z]/.test(it))
        .map((it) => candidate(it, "rule", { detail: rule.title })),
    );
  }
  const checked = /^check\s*=\s*(?:.*;)?\s*error=(\w*)$/.exec(written);
  if (checked && top) {
    const candidate = candidatesFrom(offset - (checked[1] ?? "").length, offset);
    return ["true", "false"].map((it, rank) => candidate(it, "value", { rank }));
  }
  const [, name, value] = /^(\w+)\s*=\s*(\S*)$/.exec(written) ?? [];
  if (name !== undefined && value !== undefined && top) {
    const candidate = candidatesFrom(offset - value.length, offset);
    const directive = directives.find((it) => it.name === name.toLowerCase());
    return (directive?.values ?? []).map((it, rank) =>
      candidate(it.value, "value", { documentation: it.summary, rank }),
    );
  }
  if (!/^\w*$/.test(written)) return [];

  const candidate = candidatesFrom(offset - written.length, offset);
  const given = new Set(file.directives.map((it) => it.name));
  return [
    ...(top
      ? directives
          .filter((it) => !given.has(it.name))
          .map((it) => candidate(`${it.name}=`, "keyword", { documentation: it.summary, continues: true }))
      : []),
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
