import { entriesOf, valueAt } from "../../syntax/compose/find.ts";
import type { ComposeEdit, ComposeFile, MappingEntry } from "../../syntax/compose/tree.ts";
import { compositionOfOne } from "./effective/effective-project.ts";
import type { CompositionProblem } from "./effective/tree.ts";
import { extendedBy, inheritServices } from "./inherit.ts";
import type { ComposeInputs } from "./inputs.ts";
import { usesOthers } from "./other-files.ts";
import type { ComposeProject, Service } from "./project.ts";
import { readService } from "./read-service.ts";
import { readResources } from "./section/resources.ts";
import { type Judged, judge } from "./specification/mismatches.ts";
import type { WholeProject } from "./whole/whole-project.ts";

/**
 * The project that a Compose file describes, as far as this one file tells. Any file gives a project. Services that the edit of
 * `file` left where they were are taken over from the project `before` it, read with the same inputs.
 */
export function readComposeProject(
  file: ComposeFile,
  inputs: ComposeInputs,
  before?: ComposeProject,
): ComposeProject {
  const reading = { text: file.text, inputs };
  const kept = before && file.edit?.kept;
  const own = new Map<MappingEntry, Service>();
  for (const entry of entriesOf(valueAt(file.root, "services"))) {
    const isThere = kept?.get(entry) === entry;
    own.set(entry, (isThere && before?.parts?.own.get(entry)) || readService(entry, reading));
  }
  const services = inheritServices(new Map([...own].map(([{ key }, it]) => [key.value, it])));
  const fitted = before?.parts?.fitting();
  const fitsAsBefore = (entry: MappingEntry) => {
    const was = kept?.get(entry);
    return was !== undefined && fitted?.has(was) === true;
  };
  let judged: Judged | undefined;
  let composition: readonly CompositionProblem[] | undefined;
  let whole: { readonly is: WholeProject | undefined } | undefined;
  const wholeBefore = before?.parts?.whole();
  return {
    file,
    services,
    networks: readResources(file.root, "networks", reading),
    volumes: readResources(file.root, "volumes", reading),
    secrets: readResources(file.root, "secrets", reading),
    configs: readResources(file.root, "configs", reading),
    complete: inputs.alone && isWhole(file, services),
    single: inputs.single,
    get mismatches() {
      judged ??= judge(file.root, inputs.variables, fitsAsBefore);
      return judged.mismatches;
    },
    get composition() {
      composition ??= mayBeWrong(file, services) ? (inputs.composition ?? compositionOfOne)(file) : [];
      return composition;
    },
    get whole() {
      whole ??= { is: inputs.whole?.(file, wholeBefore) };
      return whole.is;
    },
    images: inputs.images,
    variables: inputs.variables,
    files: inputs,
    hasEnvFile: inputs.readFile(".env") !== undefined,
    notes: [],
    parts: { own, fitting: () => judged?.fitting, whole: () => (whole ? whole.is : wholeBefore) },
    ...(before?.notes &&
      file.edit?.of === "services" && {
        edit: {
          region: file.edit.region,
          unchanged: unchangedServices(own, file.edit),
          before: { notes: before.notes },
        },
      }),
  };
}

/** Services that were not read again, nor those that they extend. */
function unchangedServices(
  own: ReadonlyMap<MappingEntry, Service>,
  { kept, beside }: ComposeEdit,
): ReadonlySet<string> {
  const unchanged = new Map<string, Service>();
  for (const [entry, service] of own)
    if (kept.has(entry) && !beside.has(entry)) unchanged.set(entry.key.value, service);
  // One that extends a changed service is changed, and so is whoever extends that.
  const extending = new Map<string, string[]>();
  const changed: string[] = [];
  for (const [name, service] of unchanged) {
    const base = extendedBy(service);
    if (base === undefined || base === "elsewhere") continue;
    extending.set(base, [...(extending.get(base) ?? []), name]);
    if (!unchanged.has(base)) changed.push(name);
  }
  for (let name = changed.pop(); name !== undefined; name = changed.pop())
    if (unchanged.delete(name)) changed.push(...(extending.get(name) ?? []));
  return new Set(unchanged.keys());
}

/** A service of a circle is not complete, nor is one that extends a service of another file; most files have neither. */
function mayBeWrong(file: ComposeFile, services: ReadonlyMap<string, Service>): boolean {
  return (
    usesOthers(file) && (!!valueAt(file.root, "include") || [...services.values()].some((it) => !it.complete))
  );
}

/** False when the file itself shows that something is elsewhere, or cannot be read to its end. */
function isWhole(file: ComposeFile, services: ReadonlyMap<string, Service>): boolean {
  if (file.furtherDocuments > 0 || file.problems.some((it) => it.severity === "error")) return false;
  if (valueAt(file.root, "include")) return false;
  // A service with nothing to run is refused by Compose, unless another file is merged under it.
  return [...services.values()].every((it) => it.complete && hasSomethingToRun(it));
}

function hasSomethingToRun({ node, build, image }: Service): boolean {
  return (
    build !== undefined ||
    image !== undefined ||
    ["image", "build", "provider", "extends"].some((it) => valueAt(node, it))
  );
}
