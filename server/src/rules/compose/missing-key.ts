import { appendEntry } from "../../model/compose/edit/append-entry.ts";
import { isPathSource } from "../../model/compose/section/mounts.ts";
import type { Mismatch, Path } from "../../model/compose/specification/mismatches.ts";
import { scalarAt } from "../../syntax/compose/find.ts";
import type { ComposeFile, MappingNode } from "../../syntax/compose/tree.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { subjectOf } from "../writing/compose/specification-words.ts";

export const missingKey = composeRule({
  id: "missing-key",
  title: "Key that Compose needs",
  severity: "error",
  tags: ["build"],
  aliases: ["invalid-schema"],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a mapping without a key that the Compose specification demands: \`condition\` of a dependency, \`type\` of a mount,
      \`service\` of \`extends\`, \`path\` and \`action\` of a watch, and some more. Nothing is said of a file that others may be
      merged with.`,
    why: source`
      Compose refuses the whole file, and starts none of its services: "missing property".`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          depends_on:
            db:
            ^^ missing-key: \`db\` of \`depends_on\` needs \`condition\`.
              restart: true
        db:
          image: example/db:2.1`,
    good: source`
      services:
        api:
          image: example/api:1.4
          depends_on:
            db:
              condition: service_started
              restart: true
        db:
          image: example/db:2.1`,
  },

  check(project, report) {
    if (!project.first) return;
    const once = reportOnce(report);
    for (const mismatch of project.mismatches) {
      if (mismatch.kind !== "missing-key") continue;
      const { key, mapping, missing, path } = mismatch;
      once(key?.span ?? firstKey(mapping), `${ownerOf(path)} needs \`${missing}\`.`, {
        fixes: addition(project.file, mismatch),
      });
    }
  },
});

type MissingKey = Extract<Mismatch, { kind: "missing-key" }>;

/** An entry of a list has no name that could be underlined: its first key has to do. */
function firstKey(mapping: MappingNode): Span {
  return mapping.entries[0]?.key.span ?? mapping.span;
}

function ownerOf(path: Path): string {
  const above = path.at(-2);
  const isNamed = path.length > 2 && typeof path.at(-1) === "string" && above !== undefined;
  return isNamed && named.has(String(above)) ? `\`${path.at(-1)}\` of \`${above}\`` : subjectOf(path);
}

/** Keys below which names are the user's. */
const named: ReadonlySet<string> = new Set(["depends_on", "ulimits"]);

/** What is nearly always meant; where that cannot be told, there is no fix. */
function addition(file: ComposeFile, { mapping, missing, path }: MissingKey): readonly Fix[] {
  const value =
    missing === "condition" ? "service_started" : missing === "type" ? mountType(mapping, path) : undefined;
  const edits = value === undefined ? undefined : appendEntry(file, mapping, { key: missing, value });
  return edits ? [{ kind: "unsafe", title: `Add ${missing}: ${value}`, edits }] : [];
}

function mountType(mapping: MappingNode, path: Path): string | undefined {
  if (path.at(-2) !== "volumes") return undefined;
  const mount = scalarAt(mapping, "source");
  if (!mount) return undefined;
  return isPathSource(mount.value) ? "bind" : "volume";
}
