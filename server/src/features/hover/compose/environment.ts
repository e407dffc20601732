import type { ComposeProject, Service } from "../../../model/compose/project.ts";
import { HOLE, interpolate, parseTemplate } from "../../../syntax/compose/interpolate.ts";
import { parseDotenv } from "../../../syntax/dotenv/parse.ts";
import { contains } from "../../../text/span.ts";
import { settingsOfImage } from "../../knowledge/image-settings.ts";
import { holdsSecret, shownLookup, shownValue } from "../../knowledge/shown-value.ts";
import { bold, code } from "../../markdown.ts";

/** A variable of a service: what the image makes of it, and what it is once variables are filled in. */
export function environmentText(
  project: ComposeProject,
  service: Service | undefined,
  offset: number,
): string | undefined {
  const entry = service?.environment.find(
    (it) => !it.inFile && (contains(it.name.span, offset) || (it.value && contains(it.value.span, offset))),
  );
  if (!service || !entry) return undefined;
  const { name, value } = entry;
  const lines: string[] = [];
  const variables = service.imageBuild ? [] : (settingsOfImage(service.image?.value.name)?.variables ?? []);
  const known = variables.find((it) => it.name === name.value);
  const ofFile = variables.find((it) => it.fromFile && `${it.name}_FILE` === name.value);
  if (known) lines.push(known.summary);
  if (ofFile) lines.push(`File that holds ${code(ofFile.name)}: ${ofFile.summary}`);
  if (!value) lines.push("Taken from the shell that runs Compose, or from `.env`.");
  else {
    const written = project.file.text.slice(value.span.start, value.span.end);
    const { text } = interpolate(written, shownLookup(project.variables));
    // The default of a secret is one, too.
    const isDefault = parseTemplate(written).some(
      (it) => it.kind === "variable" && holdsSecret(it.name) && project.variables(it.name) === undefined,
    );
    if (written.includes("$") && text !== written && !isDefault)
      lines.push(`Here: ${code(shownValue(name.value, text.replaceAll(HOLE, "…")))}.`);
  }
  return lines.length === 0 ? undefined : `${bold(name.value)}\n\n${lines.join("\n\n")}`;
}

/** How many variables a file brings, and which; never their values. */
export function environmentFileText(project: ComposeProject, path: string): string | undefined {
  const text = project.files.readFile(path);
  if (text === undefined)
    return project.files.kindOf(path) === "absent" ? `${bold(path)}\n\nThere is no such file.` : undefined;
  const names = parseDotenv(text).entries.map((it) => it.name);
  const MOST = 12;
  const shown = names.slice(0, MOST).map(code).join(", ");
  const more = names.length > MOST ? ` and ${names.length - MOST} more` : "";
  const count = names.length === 1 ? "One variable" : `${names.length} variables`;
  return `${bold(path)}\n\n${names.length === 0 ? "No variables." : `${count}: ${shown}${more}.`}`;
}
