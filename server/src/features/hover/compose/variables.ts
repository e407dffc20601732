import type { ComposeProject } from "../../../model/compose/project.ts";
import { interpolate, parseTemplate, type TemplatePart } from "../../../syntax/compose/interpolate.ts";
import { parseDotenv } from "../../../syntax/dotenv/parse.ts";
import type { Span } from "../../../text/span.ts";
import { shownValue } from "../../knowledge/shown-value.ts";
import { bold, code, plain } from "../../markdown.ts";
import type { Hover } from "../hover.ts";

type Variable = Extract<TemplatePart, { kind: "variable" }>;

/** A variable that is named as a whole, without `$`: its value and where that comes from. */
export function variableNamed(project: ComposeProject, name: string): string {
  const variable = { kind: "variable", name, operator: undefined, argument: [] } as const;
  return `${bold(name)}\n\n${variableText(project, variable).join("\n\n")}`;
}

/** The variable under the cursor in a text that is interpolated: its value and where that comes from; never a secret's. */
export function hoverVariable(project: ComposeProject, within: Span, offset: number): Hover | undefined {
  const raw = project.file.text.slice(within.start, within.end);
  if (!raw.includes("$")) return undefined;
  const at = offset - within.start;
  const dollars = [...raw.matchAll(/\$\$/g)].find((it) => it.index <= at && at < it.index + 2);
  const found = innermost(parseTemplate(raw), at);
  if (!found) {
    if (!dollars) return undefined;
    const start = within.start + dollars.index;
    return {
      span: { start, end: start + 2 },
      markdown: "**$$**\n\nOne dollar sign: Compose hands it on to the container and looks for no variable.",
    };
  }
  const span = { start: within.start + found.span.start, end: within.start + found.span.end };
  return { span, markdown: `${bold(found.name)}\n\n${variableText(project, found).join("\n\n")}` };
}

function innermost(parts: readonly TemplatePart[], at: number): Variable | undefined {
  for (const part of parts) {
    if (part.kind !== "variable" || at < part.span.start || at >= part.span.end) continue;
    return innermost(part.argument, at) ?? part;
  }
  return undefined;
}

function variableText(
  project: ComposeProject,
  { name, operator, argument }: Pick<Variable, "name" | "operator" | "argument">,
): readonly string[] {
  const origin = originOf(project, name);
  const value = project.variables(name);
  const isEmpty = value === "";
  const counts = origin !== undefined && !(isEmpty && operator?.startsWith(":"));
  const lines: string[] = [];
  if (origin)
    lines.push(
      `${isEmpty ? "Empty" : value === undefined ? "Set" : code(shownValue(name, value))}, from ${origin}.`,
    );
  if (!origin) lines.push("Not in `.env`: the shell that runs Compose may set it.");
  if (operator === ":-" || operator === "-") {
    const text = writtenOut(argument, project, name);
    lines.push(counts ? `Without it: ${text}.` : `Else ${text}, by default.`);
  } else if (operator === ":?" || operator === "?") {
    const message = argument.map((it) => (it.kind === "text" ? it.text : "…")).join("");
    lines.push(
      `Compose refuses the file when it is not set${operator === ":?" ? " or empty" : ""}${message ? `: “${plain(message)}”` : ""}.`,
    );
  } else if (operator === ":+" || operator === "+") {
    lines.push(
      `When it is set${operator === ":+" ? " and not empty" : ""}, this stands here: ${writtenOut(argument, project, name)}.`,
    );
  } else if (!origin) lines.push("Without it Compose warns and puts nothing in its place.");
  if (origin) lines.push("*A variable of the shell goes before `.env`.*");
  return lines;
}

function writtenOut(argument: readonly TemplatePart[], project: ComposeProject, name: string): string {
  let text = "";
  for (const part of argument) {
    if (part.kind === "text") text += part.text;
    else if (part.kind === "variable") {
      const value = interpolate(`\${${part.name}}`, project.variables);
      text += value.known ? shownValue(part.name, value.text) : `\${${part.name}}`;
    }
  }
  return text === "" ? "nothing" : code(shownValue(name, text));
}

/** `.env`, line 3`: where a variable is set beside the file; undefined where it is not. */
function originOf({ files, variables }: ComposeProject, name: string): string | undefined {
  const text = files.readFile(".env");
  if (text !== undefined) {
    const env = parseDotenv(text);
    const entry = env.entries.findLast((it) => it.name === name);
    if (entry) return `\`.env\`, line ${env.lines.lineAt(entry.nameSpan.start) + 1}`;
  }
  return variables(name) === undefined ? undefined : "the settings";
}
