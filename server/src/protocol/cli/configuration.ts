import { join, relative, resolve } from "node:path";
import { problemOfSyntax } from "../../rules/syntax-problem.ts";
import {
  type ConfigurationFile,
  type Configured,
  configurationAt,
  configuredFor,
} from "../../workspace/configuration/configuration-files.ts";
import { noSettings } from "../../workspace/configuration/settings.ts";
import type { Surroundings } from "../../workspace/models.ts";
import { type Finding, findingsOf } from "./finding.ts";
import type { Input } from "./inputs.ts";
import { printable, type Terminal } from "./terminal.ts";
import { type FlagSpec, UsageError } from "./usage.ts";

/** The flags of a command whose files are configured, see `configurationFor`. */
export const configurationFlags: readonly FlagSpec[] = [
  {
    name: "config",
    summary: "Use this configuration instead of those around the files.",
    value: { placeholder: "FILE" },
  },
  { name: "no-config", summary: "Use no configuration file." },
];

/** How a file is checked: by the configurations around it, by the one that is named, or by none. */
export function configurationFor(
  switches: ReadonlySet<string>,
  named: string | undefined,
  around: Surroundings,
  terminal: Terminal,
): (path: string | undefined) => Configured {
  if (named !== undefined && switches.has("no-config"))
    throw new UsageError("--config and --no-config cannot be given together.");
  if (switches.has("no-config")) return (path) => configuredFor(path, noSettings, around, []);
  // What comes on standard input without a name is taken to be in the folder.
  const unnamed = join(terminal.folder, "Dockerfile");
  if (named === undefined) return (path) => configuredFor(path ?? unnamed, noSettings, around);
  const file = configurationAt(resolve(terminal.folder, named), terminal.folder, around);
  if (!file) throw new UsageError(`--config: there is no file ${printable(named)}.`);
  if (file.problems.some((it) => it.code === "configuration-unreadable"))
    throw new UsageError(`--config: ${printable(named)} cannot be read.`);
  return (path) => configuredFor(path, noSettings, around, [file]);
}

/** What is wrong in a configuration, as findings in it. */
export function configurationFindings(
  { path, text, problems }: ConfigurationFile,
  terminal: Terminal,
  textAt: Surroundings["textAt"],
): readonly Finding[] {
  return findingsOf({ name: shownPath(path, terminal), text }, problems.map(problemOfSyntax), textAt);
}

/** A line for the user about a file that was named but is not to be checked. */
export function ignoredNote({ name }: Input, by: string, terminal: Terminal): string {
  return `${printable(name)}: not checked, as ${printable(shownPath(by, terminal))} says.\n`;
}

/** A path as the user would name it from where they are. */
function shownPath(path: string, { folder }: Terminal): string {
  const inside = relative(folder, path);
  return inside.startsWith("..") ? path : inside;
}
