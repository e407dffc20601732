import { expect, test } from "vitest";
import { rules } from "../../../server/src/rules/all.ts";
import { checkDockerfile } from "../../../server/src/rules/check.ts";
import { parseDockerfile } from "../../../server/src/syntax/dockerfile/parse.ts";
import { applyEdits } from "../../../server/src/text/edit.ts";
import { readMarkers } from "../../support/markers.ts";
import { contextOf, modelOf } from "../../support/model.ts";
import { isAboutDockerfiles } from "../../support/rule-kinds.ts";

/** About how a RUN is written, or what only one of its forms has. */
const OTHERWISE = new Set(
  "consecutive-runs malformed-exec-form keyword-casing program-not-on-windows progress-slows-download".split(
    " ",
  ),
);

/** Each RUN of one line as a here-document that ends at its first failure. */
function asHereDocuments(text: string): string {
  const runs = parseDockerfile(text).instructions.filter(
    ({ name, exec, flags, hereDocuments, startLine, endLine }) =>
      name === "RUN" && !exec && flags.length === 0 && hereDocuments.length === 0 && startLine === endLine,
  );
  const edits = runs.flatMap(({ span, body }) =>
    /\|\||;|<<|\[/.test(body.text)
      ? []
      : [{ span, newText: `RUN <<EOF\nset -e\n${body.text.split(" && ").join("\n")}\nEOF` }],
  );
  return applyEdits(text, edits);
}

test.each(rules.filter((it) => isAboutDockerfiles(it) && !OTHERWISE.has(it.id)))(
  "$id finds the same in a here-document",
  (rule) => {
    const { text } = readMarkers(rule.docs.bad);
    const context = rule.docs.context ? contextOf(rule.docs.context) : undefined;
    const count = (it: string) =>
      checkDockerfile(modelOf(it, { context }), {
        rules: [rule],
        allRules: true,
        ...(rule.docs.policy && { policy: rule.docs.policy }),
      }).filter((found) => found.rule === rule.id).length;
    expect(count(asHereDocuments(text))).toBe(count(text));
  },
);
