import {
  type Contribution,
  contributionsTo,
  serviceInProject,
  sourceAt,
} from "../../model/compose/effective/contributions.ts";
import { type EffectiveProject, effectiveText, type Origin } from "../../model/compose/effective/tree.ts";
import type { ComposeProject } from "../../model/compose/project.ts";
import { entryAt, valueAt } from "../../syntax/compose/find.ts";
import { textOf } from "../../text/span.ts";
import { placeText } from "../effective-compose.ts";
import { code, plain } from "../markdown.ts";
import { type HideSecrets, hideText, usesSecret } from "./secrets.ts";

const MOST_LINES = 8;
const MOST_NAMES = 6;
const LONGEST_VALUE = 60;

/** Is it plain that all of a service stands in its own place? Then the files need not be put together to tell. */
export function isWhollyHere({ file, single, services }: ComposeProject, name: string): boolean {
  const service = services.get(name);
  if (!single || !service || valueAt(file.root, "include") || file.furtherDocuments > 0) return false;
  return !/[*]|extends/.test(textOf(file.text, service.span));
}

/**
 * What a service has that other files, or services that it extends, give it, as Markdown to stand below what is said of it; empty where
 * all of it stands in the file at `path`.
 */
export function serviceElsewhere(
  project: EffectiveProject | undefined,
  path: string | undefined,
  name: string,
  hide: HideSecrets,
): string {
  const source = project && path !== undefined ? sourceAt(project, path.replaceAll("\\", "/")) : undefined;
  const entry = source && entryAt(valueAt(source.file.root, "services"), name);
  const service = project && source && entry && serviceInProject(project, source, entry);
  const found = service ? contributionsTo(service) : [];
  if (found.length === 0) return "";
  const lines = found.slice(0, MOST_LINES).map((it) => `- ${lineOf(it, hide)}`);
  if (found.length > MOST_LINES) lines.push(`- and ${found.length - MOST_LINES} more`);
  return `\n\nIn the project also, from elsewhere:\n\n${lines.join("\n")}`;
}

function lineOf({ key, whole, names, origins }: Contribution, hide: HideSecrets): string {
  const value = whole && effectiveText(whole);
  const isSecret = whole?.kind === "scalar" && usesSecret(whole, hide);
  const shown = value === undefined || isSecret ? "" : `: ${code(shortened(hideText(value, key, hide)))}`;
  const more = names.length > MOST_NAMES ? " …" : "";
  const parts = names.length > 0 ? `: ${names.slice(0, MOST_NAMES).map(code).join(", ")}${more}` : "";
  return `${plain(key)}${shown}${parts} (${plain(placesText(origins))})`;
}

/** One place with its line, several by their files. */
function placesText(origins: readonly Origin[]): string {
  const [first] = origins;
  if (first && origins.length === 1) return placeText(first);
  return [...new Set(origins.map((it) => it.source.name))].join(", ");
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > LONGEST_VALUE ? `${line.slice(0, LONGEST_VALUE - 1)}…` : line;
}
