import { removeEntry } from "../../model/compose/edit/remove-entry.ts";
import type { ComposeProject } from "../../model/compose/project.ts";
import type { Mismatch, Path } from "../../model/compose/specification/mismatches.ts";
import { misfitOf } from "../../model/compose/specification/scalar-fits.ts";
import type { ScalarShape } from "../../model/compose/specification/shape.ts";
import { isNull } from "../../syntax/compose/find.ts";
import type { ScalarNode } from "../../syntax/compose/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { scalarWanted, subjectOf, wantedBy } from "../writing/compose/specification-words.ts";

export const wrongType = composeRule({
  id: "wrong-type",
  title: "Value of a kind that Compose does not take there",
  severity: "error",
  tags: ["build"],
  aliases: ["invalid-schema"],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a list, mapping, number or nothing where the Compose specification has something else. Numbers and booleans in
      place of a text are told apart by YAML: \`user: 1000\` is a number, \`user: "1000"\` a text; \`2026-01-31\` is a date,
      which Compose takes nowhere. Values with variables that
      are not known are left alone.`,
    why: source`
      Compose refuses the whole file, and starts none of its services: "must be a string".`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          user: 1000
                ^^^^ wrong-type: \`user\` must be a text: 1000 is a number without quotes.
          ports: "8080:80"
                 ^^^^^^^^^ wrong-type: \`ports\` must be a list.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          user: "1000"
          ports: ["8080:80"]`,
  },

  check(project, report) {
    const once = reportOnce(report);
    let emptyAnyway: ReadonlySet<string> | undefined;
    for (const mismatch of project.mismatches) {
      if (mismatch.kind === "scalar" && mismatch.why === "not-text") {
        const { node, shape, path } = mismatch;
        const message = `${subjectOf(path)} must be ${scalarWanted(shape)}: ${node.value} is a ${node.type} without quotes.`;
        once(node.span, message, { fixes: quotes(node, shape) });
      }
      if (mismatch.kind === "scalar" && mismatch.why === "date") {
        const { node, shape, path } = mismatch;
        const message = `${subjectOf(path)} cannot be a date: without quotes ${node.value} is one.`;
        once(node.span, message, { fixes: quotes(node, shape) });
      }
      if (mismatch.kind !== "wrong-kind") continue;
      const { node, entry, path, shape } = mismatch;
      const isEmpty = node === undefined || (node.kind === "scalar" && node.type === "null");
      // The file before it may have put something there, though never in the place of an item of a list.
      if (isEmpty && !project.first && entry) {
        emptyAnyway ??= emptyInAll(project);
        if (!emptyAnyway.has(placeOf(path))) continue;
      }
      const span = isEmpty && entry ? entry.key.span : node?.span;
      if (!span) continue;
      const message = isEmpty
        ? `${subjectOf(path)} has no value: it must be ${wantedBy(shape)}.`
        : `${subjectOf(path)} must be ${wantedBy(shape)}.`;
      once(span, message, { fixes: isEmpty ? removal(project, mismatch) : asList(mismatch) });
    }
  },
});

/** What all files of a project together leave empty; nothing where they are not all known. */
function emptyInAll({ whole }: ComposeProject): ReadonlySet<string> {
  const mismatches = whole?.project.mismatches ?? [];
  return new Set(
    mismatches.filter((it) => it.kind === "wrong-kind" && isNull(it.node)).map((it) => placeOf(it.path)),
  );
}

function placeOf(path: Path): string {
  return path.join("\0");
}

type WrongKind = Extract<Mismatch, { kind: "wrong-kind" }>;

function quotes({ span, value, viaAlias, tag }: ScalarNode, shape: ScalarShape): readonly Fix[] {
  if (viaAlias || tag !== undefined || misfitOf(shape, { text: value, type: "string" })) return [];
  return [{ kind: "safe", title: "Put it in quotes", edits: [replace(span, `"${value}"`)] }];
}

/** One value in brackets is the list that was meant. */
function asList({ node, shape }: WrongKind): readonly Fix[] {
  const isOne =
    node?.kind === "scalar" && (node.style === "plain" || node.style === "double" || node.style === "single");
  if (!isOne || node.viaAlias || node.tag !== undefined || !shape.list?.items.scalar || shape.mapping)
    return [];
  // A list that a shell or a file would have written with commas or blanks is more than one.
  if (/[\s,[\]{}#]/.test(node.value)) return [];
  const written = node.style === "plain" ? `"${node.value}"` : JSON.stringify(node.value);
  return [{ kind: "safe", title: "Make it a list", edits: [replace(node.span, `[${written}]`)] }];
}

/** Without the key it is as if it had not been written. */
function removal({ file }: ComposeProject, { entry, mapping }: WrongKind): readonly Fix[] {
  const edits = entry && mapping && !entry.key.viaAlias ? removeEntry(file, mapping, entry) : undefined;
  return edits ? [{ kind: "unsafe", title: `Remove ${entry?.key.value}`, edits }] : [];
}
