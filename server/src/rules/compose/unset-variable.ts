import { type ComposeProject, notedOnService, type Service } from "../../model/compose/project.ts";
import { scalarsOf } from "../../model/compose/reading/scalars.ts";
import { scalarsIn } from "../../syntax/compose/find.ts";
import { parseTemplate, type TemplatePart } from "../../syntax/compose/interpolate.ts";
import { contentSpan, spanInside } from "../../syntax/compose/scalar-span.ts";
import type { ScalarNode } from "../../syntax/compose/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { isIncludedFromAbove, setInEnvFile } from "../knowledge/compose/set-in-env-file.ts";
import { isGivenByShell } from "../knowledge/shell/shell-variables.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { addToEnvFile } from "../writing/environment/env-file.ts";

export const unsetVariable = composeRule({
  id: "unset-variable",
  title: "Variable that .env does not set",
  severity: "info",
  tags: ["run"],
  aliases: ["S71"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a variable without a default that \`.env\` does not set, where there is such a file beside the Compose file or the one
      that includes it. Names that each shell sets, \`HOME\` for instance, are left alone.`,
    why: source`
      Unless the shell sets it, Compose puts in nothing and goes on with a warning: a password is empty, an image has no tag.
      \`\${NAME:?}\` makes it stop, \`\${NAME:-default}\` takes something else.`,
    bad: source`
      services:
        api:
          image: example/api:\${API_VERSION}
                             ^^^^^^^^^^^^^^ unset-variable: .env does not set API_VERSION, so it is empty unless the shell sets it.`,
    good: source`
      services:
        api:
          image: example/api:\${API_VERSION:?}`,
  },

  check(project, report) {
    const { whole } = project;
    if (whole ? !whole.hasEnvFile : !project.hasEnvFile || isIncludedFromAbove(project)) return;
    const once = reportOnce(report);
    const isSet = whole ? whole.isSet : setInEnvFile(project);
    const who = project.hasEnvFile ? ".env does not set" : "No .env of the project sets";
    const hasUnset = (service: Service) => plainVariables(service).some((it) => !isSet(it));
    for (const scalar of scalarsOf(project, hasUnset)) {
      if (!scalar.value.includes("$")) continue;
      for (const part of unsetIn(parseTemplate(scalar.value), isSet)) {
        const span = spanInside(project.file.text, scalar, part.span.start, part.span.end);
        once(span, `${who} ${part.name}, so it is empty unless the shell sets it.`, {
          fixes: [...intoEnvFile(project, part), ...mayBeEmpty(project, scalar, part)],
        });
      }
    }
  },
});

type Variable = Extract<TemplatePart, { kind: "variable" }>;

/** Names of those that are empty where nothing sets them. */
const plainVariables = notedOnService(({ node }): readonly string[] => [
  ...new Set(
    scalarsIn(node).flatMap(({ value }) =>
      value.includes("$") ? unsetIn(parseTemplate(value), () => false).map((it) => it.name) : [],
    ),
  ),
]);

/** Whoever writes a default or an alternative knows that a variable may be missing. */
function unsetIn(parts: readonly TemplatePart[], isSet: (name: string) => boolean): readonly Variable[] {
  return parts.flatMap((part) => {
    if (part.kind !== "variable" || part.operator !== undefined) return [];
    return isGivenByShell(part.name) || isSet(part.name) ? [] : [part];
  });
}

/** With an empty default, which is what it has now. `:?` is no fix: with it Compose refuses the project as it is. */
function mayBeEmpty({ file }: ComposeProject, scalar: ScalarNode, { span, name }: Variable): readonly Fix[] {
  const content = contentSpan(file.text, scalar);
  if (!content) return [];
  // A plain text in braces would end at the brace that the variable brings.
  const isBraced = scalar.value[span.start + 1] === "{" || scalar.style !== "plain";
  if (!isBraced) return [];
  const at = { start: content.start + span.start, end: content.start + span.end };
  const title = `Say that ${name} may be empty`;
  return [{ kind: "unsafe", title, edits: [replace(at, `\${${name}:-}`)] }];
}

/** Empty, as it is now, and in the place where the others are. */
function intoEnvFile(project: ComposeProject, { name }: Variable): readonly Fix[] {
  const change = addToEnvFile(project, `${name}=`);
  if (change?.kind !== "edit") return [];
  return [{ kind: "unsafe", title: `Add ${name} to .env`, edits: [], others: [change] }];
}
