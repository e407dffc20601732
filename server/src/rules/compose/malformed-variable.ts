import { type ComposeProject, notedOnService } from "../../model/compose/project.ts";
import { scalarsOf } from "../../model/compose/reading/scalars.ts";
import { scalarsIn } from "../../syntax/compose/find.ts";
import { parseTemplate, type TemplatePart } from "../../syntax/compose/interpolate.ts";
import { spanInside } from "../../syntax/compose/scalar-span.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const malformedVariable = composeRule({
  id: "malformed-variable",
  title: "Variable that Compose cannot read",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`\${\` that opens no variable as Compose writes them: \`\${NAME}\`, with \`:-\` or \`-\` and a default, \`:?\` or \`?\` and a
      message, \`:+\` or \`+\` and another value. What else a shell can do with a variable, Compose cannot.`,
    why: source`
      Compose refuses the whole file: "Invalid template". A dollar that is meant for the container is written twice.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          command: ["sh", "-c", "echo \${NAME%.*}"]
                                      ^^^^^^^^^^ malformed-variable: Compose cannot read this as a variable of its own.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          command: ["sh", "-c", "echo $\${NAME%.*}"]`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const scalar of scalarsOf(project, hasInvalid)) {
      if (!scalar.value.includes("${")) continue;
      for (const span of invalidParts(parseTemplate(scalar.value))) {
        const place = spanInside(project.file.text, scalar, span.start, span.end);
        once(place, "Compose cannot read this as a variable of its own.", { fixes: doubled(project, place) });
      }
    }
  },
});

const hasInvalid = notedOnService(({ node }) =>
  scalarsIn(node).some(({ value }) => value.includes("${") && invalidParts(parseTemplate(value)).length > 0),
);

/** Offsets in the template. */
function invalidParts(parts: readonly TemplatePart[]): readonly Span[] {
  return parts.flatMap((it) => {
    if (it.kind === "invalid") return [it.span];
    return it.kind === "variable" ? invalidParts(it.argument) : [];
  });
}

/** Where the place is not known to the character, the dollar is not either. */
function doubled({ file }: ComposeProject, { start }: Span): readonly Fix[] {
  if (!file.text.startsWith("${", start)) return [];
  return [{ kind: "unsafe", title: "Leave it to the container: $$", edits: [insert(start, "$")] }];
}
