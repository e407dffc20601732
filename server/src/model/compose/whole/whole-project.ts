import { entryAt, valueAt } from "../../../syntax/compose/find.ts";
import { parseCompose } from "../../../syntax/compose/parse.ts";
import { firstWhere } from "../../../text/sorted.ts";
import type { Span } from "../../../text/span.ts";
import type { EffectiveProject, Origin, SourceFile } from "../effective/tree.ts";
import type { ComposeProject } from "../project.ts";
import type { ComposeInputs } from "../reading/inputs.ts";
import { readComposeProject } from "../reading/read-project.ts";
import { placeInside } from "./place-inside.ts";
import { wholeText } from "./whole-text.ts";

/** The project of several files that one of them belongs to, where all of it is known. */
export interface WholeProject {
  /** All files as one, which nobody wrote: a place in it is shown by `placeOf`. */
  readonly project: ComposeProject;
  /** The file that asked. */
  readonly own: SourceFile;
  /** Whether there is an `.env` for one of its files. */
  readonly hasEnvFile: boolean;
  /** Whether the own file is given a variable. */
  isSet(name: string): boolean;
  /** Where a range of the text of `project` is written; undefined where that says nothing. */
  placeOf(span: Span): WholePlace | undefined;
}

export interface WholePlace extends Origin {
  /**
   * Where the own file brings it in, if it is written in a file that is no part of the project but for what services of others
   * extend: the `extends` of the service to which it belongs.
   */
  readonly broughtIn: Span | undefined;
}

/**
 * The files of an effective project as one project, read as any other Compose file is. Undefined where something of it is not known or
 * wrong, where it has only the file at `path`, and where that one is only extended by others: then it is no part by itself. What an edit
 * left as it was is taken over from the one `before`.
 */
export function readWholeProject(
  effective: EffectiveProject,
  path: string,
  inputs: ComposeInputs,
  before?: WholeProject,
): WholeProject | undefined {
  const own = effective.sources.find((it) => it.path === path);
  const isSure = effective.certain && effective.problems.length === 0 && effective.sources.length > 1;
  const written = own && isSure && effective.members.has(path) ? wholeText(effective) : undefined;
  if (!own || !written) return undefined;
  const { text, lines } = written;
  const file = parseCompose(text, before?.project.file);
  return {
    project: readComposeProject(file, inputs, before?.project),
    own,
    hasEnvFile: effective.hasEnvFile,
    isSet: (name) => effective.isSetIn(path, name),
    placeOf(span) {
      const at = firstWhere(lines, (it) => it.start > span.start);
      const line = lines[at - 1];
      if (!line) return undefined;
      const { source } = line.origin;
      const isOwn = source.path === path;
      const service = serviceOf(own, line.service);
      const isPart = effective.members.has(source.path);
      // What a service extends comes first, so that the place of the whole is that of the service that is extended.
      const isName = line.service !== undefined && line.key === line.service && (isOwn || !isPart);
      if (service && isName && /^ {2}"/.test(text.slice(line.start, line.start + 3)))
        return { source: own, span: service.key.span, broughtIn: undefined };
      const broughtIn = isPart || !service ? undefined : entryAt(service.value, "extends")?.span;
      return { ...placeInside(line, span, text, lines[at]?.start), broughtIn };
    },
  };
}

function serviceOf({ file }: SourceFile, name: string | undefined) {
  return name === undefined ? undefined : entryAt(valueAt(file.root, "services"), name);
}
