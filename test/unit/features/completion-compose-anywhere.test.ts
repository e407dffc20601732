import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { completeCompose } from "../../../server/src/features/completion/compose.ts";
import { judge } from "../../../server/src/model/compose/specification/mismatches.ts";
import { parseCompose } from "../../../server/src/syntax/compose/parse.ts";
import { textWith } from "../../support/compose/complete-compose.ts";
import { composeOf } from "../../support/compose.ts";

const folder = join(import.meta.dirname, "../../fixtures/compose/sound");
const dockerfile =
  "ARG GO=1.26\nFROM golang:1.26 AS build\nFROM alpine:3.22 AS final\nEXPOSE 8080\nUSER 1000\n";
const around = {
  dockerfiles: { Dockerfile: dockerfile, "api/Dockerfile": dockerfile },
  files: { ".env": "PORT=8080\n", "web/nginx.conf": "" },
};

/** What is wrong with a text: what YAML refuses, and keys that the specification does not know. */
function wrongWith(text: string): readonly string[] {
  const file = parseCompose(text);
  const keys = judge(file.root, () => undefined).mismatches.filter(
    (it) => it.kind === "unknown-key" || it.kind === "bad-name",
  );
  return [
    ...file.problems.map((it) => `${it.code} ${it.message}`),
    ...keys.map((it) => `${it.kind} ${it.path.join(".")}`),
  ];
}

/** Of candidates that are written alike one is enough: every eleventh place, another one in each file. */
const EACH = 11;

describe("any candidate, taken at any place of a sound file, leaves it sound", { timeout: 60_000 }, () => {
  test.each(readdirSync(folder).map((it, at) => [it, at] as const))("%s", (name, number) => {
    const text = readFileSync(join(folder, name), "utf8");
    const project = composeOf(text, around);
    let tried = 0;
    for (let offset = number % EACH; offset <= text.length; offset += EACH) {
      const seen = new Set<string>();
      for (const candidate of completeCompose(project, offset)) {
        // One of each form.
        const form = `${candidate.kind} ${candidate.snippet} ${candidate.edit.newText.replace(/[\w./-]+/g, "a")}`;
        if (seen.has(form)) continue;
        seen.add(form);
        tried++;
        const after = textWith(text, candidate);
        const known = new Set(wrongWith(text));
        const wrong = wrongWith(after).filter((it) => !known.has(it) && !isRenamed(candidate.edit, text));
        expect(wrong, `${candidate.label} at ${offset}:\n${after}`).toEqual([]);
      }
    }
    expect(tried).toBeGreaterThan(0);
  });
});

/** A key that is there already gets another name, and what stands below it is of the old one. */
function isRenamed(
  { span, newText }: { readonly span: { readonly end: number }; readonly newText: string },
  text: string,
): boolean {
  return /^["']?[ \t]*:/.test(text.slice(span.end)) && !newText.includes(":");
}

describe("lists are the same while they are typed", () => {
  test("no candidate is there twice, and each replaces what is on its line around the cursor", () => {
    for (const name of readdirSync(folder)) {
      const text = readFileSync(join(folder, name), "utf8");
      const project = composeOf(text, around);
      for (let offset = 0; offset <= text.length; offset += 3) {
        const found = completeCompose(project, offset);
        expect(new Set(found.map((it) => it.label)).size, `${name} ${offset}`).toBe(found.length);
        for (const { edit } of found) {
          expect(edit.span.start).toBeLessThanOrEqual(offset);
          expect(edit.span.end).toBeGreaterThanOrEqual(offset);
          expect(text.slice(edit.span.start, edit.span.end)).not.toContain("\n");
        }
      }
    }
  });
});
