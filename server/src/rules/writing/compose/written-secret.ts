import type { ComposeProject, EnvironmentEntry, Service } from "../../../model/compose/project.ts";
import type { EntryPlace } from "./entry-place.ts";

/**
 * How the password that a service is given is written anew for `entry` of another one: by the variable that it comes from, so that no
 * secret gets into the file, else as it stands in the file, where that needs no escape. Undefined where neither can be.
 */
export function writtenSecret(
  project: ComposeProject,
  { environment, command }: Service,
  password: string,
  entry: EnvironmentEntry,
  place: EntryPlace,
): string | undefined {
  if (!PLAIN.test(password)) return undefined;
  const inCommand = (command?.texts ?? []).flatMap((it) => {
    const at = it.value.lastIndexOf(password);
    return at < 0 ? [] : [it.spanOf(at, at + password.length)];
  });
  const spans = [
    ...environment.flatMap(({ value, inFile }) =>
      value?.value === password && !inFile ? [value.spanOf(0, value.value.length)] : [],
    ),
    ...inCommand,
  ];
  const texts = spans.map((it) => project.file.text.slice(it.start, it.end));
  const variable = texts.flatMap((it) => VARIABLE.exec(it)?.slice(1).find(Boolean) ?? [])[0];
  if (variable !== undefined)
    return entry.inFile || !standsAlone(project, place) ? undefined : `\${${variable}}`;
  return texts.includes(password) ? password : undefined;
}

const PLAIN = /^[\w.~-]+$/;

/** One that has to be set, or whose value is known. */
const VARIABLE = /^\$(?:(\w+)|\{(\w+)(?::?\?[^{}]*)?\})$/;

/** Braces need no quotes in a line of its own. */
function standsAlone({ file }: ComposeProject, { span }: EntryPlace): boolean {
  const line = file.text.slice(file.lines.startOf(file.lines.lineAt(span.start)), span.start);
  return /^\s*(?:-\s+["']?[\w.]+=|["']?[\w.]+["']?:\s+["']?)[^\s{}[\],#'"]*$/.test(line);
}
