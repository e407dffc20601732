import { entriesOf, valueAt } from "../../../syntax/compose/find.ts";
import type { ComposeEdit, ComposeFile, MappingEntry } from "../../../syntax/compose/tree.ts";
import { type ImageBuilders, imageBuilders, withBuiltImages } from "../builds/built-images.ts";
import { compositionOfOne } from "../effective/effective-project.ts";
import type { CompositionProblem } from "../effective/tree.ts";
import { type ComposeProject, notedOnService, type Service } from "../project.ts";
import { readResources } from "../section/resources.ts";
import { isWrongInLayer, type Judged, judge, type Mismatch, type Path } from "../specification/mismatches.ts";
import type { WholeProject } from "../whole/whole-project.ts";
import { extendedBy, inheritServices, mayInherit } from "./inherit.ts";
import type { ComposeInputs } from "./inputs.ts";
import { LaterService } from "./later-service.ts";
import { readService } from "./read-service.ts";
import { keyName, type Reading } from "./reading.ts";

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
  const edit = before && file.edit;
  const kept = edit?.kept;
  const own = new Map<MappingEntry, Service>();
  for (const entry of entriesOf(valueAt(file.root, "services")))
    own.set(entry, takenOver(entry, reading, kept?.get(entry), before) ?? readService(entry, reading));
  const byName = new Map([...own].map(([{ key }, it]) => [key.value, it]));
  const builders = imageBuilders(byName.values());
  const unchanged = edit && unchangedServices(own, edit, before.parts?.own);
  if (unchanged) withoutChangedBuilds(unchanged, builders, before?.parts?.builders);
  const notesOf = (name: string) => (unchanged?.has(name) ? before?.services.get(name)?.notes : undefined);
  const services = withBuiltImages(inheritServices(byName, notesOf), builders, notesOf);
  const fitted = before?.parts?.fitting();
  const fitsAsBefore = (entry: MappingEntry) => {
    const was = kept?.get(entry);
    return was !== undefined && fitted?.has(was) === true;
  };
  let judged: Judged | undefined;
  let further: readonly Mismatch[] | undefined;
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
    first: inputs.single || inputs.first === true,
    get mismatches() {
      // With tabs for blanks a reader has to guess what stands in what.
      if (file.problems.some((it) => it.code === "yaml-tab" && !it.ofCompose)) return [];
      judged ??= judge(file.root, inputs.variables, fitsAsBefore);
      const first = judged.mismatches.filter((it) => isWrongInLayer(it) || !liesOverOther(it.path, services));
      if (file.furtherRoots.length === 0) return first;
      further ??= file.furtherRoots.flatMap((it) =>
        judge(it, inputs.variables).mismatches.filter(isWrongInLayer),
      );
      return [...first, ...further];
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
    parts: { own, builders, fitting: () => judged?.fitting, whole: () => (whole ? whole.is : wholeBefore) },
    ...(before?.notes &&
      unchanged &&
      edit?.of === "services" && {
        edit: { region: edit.region, unchanged, before: { notes: before.notes } },
      }),
  };
}

/** Compose holds a service against the specification together with what it extends (docker compose 2.40, tried 2026-11). */
function liesOverOther([section, name, key]: Path, services: ReadonlyMap<string, Service>): boolean {
  if (section !== "services" || name === undefined || key === undefined || key === "extends") return false;
  return mayInherit(String(name), String(key), services);
}

/** A service that the edit left as it was, at another place maybe: what is known of it stays so. */
function takenOver(
  entry: MappingEntry,
  reading: Reading,
  was: MappingEntry | undefined,
  before: ComposeProject | undefined,
): Service | undefined {
  const service = was && before?.parts?.own.get(was);
  if (!service || was === entry) return service;
  const { key, value, span } = entry;
  return new LaterService({
    name: keyName(key, reading),
    span,
    node: value?.kind === "mapping" ? value : undefined,
    notes: service.notes,
    read: () => readService(entry, reading),
  });
}

/**
 * Services that were not read again, nor those that they extend. What one of a circle is hangs on where the file comes upon the
 * circle, so that none of them counts.
 */
function unchangedServices(
  own: ReadonlyMap<MappingEntry, Service>,
  { kept, beside }: ComposeEdit,
  before: ReadonlyMap<MappingEntry, Service> | undefined,
): Set<string> {
  const unchanged = new Set<string>();
  const extending = new Map<string, string[]>();
  for (const [entry, service] of own) {
    const was = kept.get(entry);
    // The second of a name did not count while the first was there.
    if (!was || !before?.has(was) || beside.has(entry)) continue;
    const name = entry.key.value;
    const base = extendedBy(service);
    if (base === undefined || base === "elsewhere") unchanged.add(name);
    else {
      const names = extending.get(base);
      if (names) names.push(name);
      else extending.set(base, [name]);
    }
  }
  const bases = [...extending.keys()].filter((it) => unchanged.has(it));
  for (let base = bases.pop(); base !== undefined; base = bases.pop())
    for (const name of extending.get(base) ?? []) {
      unchanged.add(name);
      bases.push(name);
    }
  return unchanged;
}

/** Takes out those that run what another service builds, unless the same ones build it as before and are as they were. */
function withoutChangedBuilds(
  unchanged: Set<string>,
  now: ImageBuilders,
  before: ImageBuilders | undefined,
): void {
  const changed = [...new Set([...now.keys(), ...(before?.keys() ?? [])])].filter((name) => {
    const of = now.get(name) ?? [];
    const was = before?.get(name) ?? [];
    return of.length !== was.length || of.some((it, at) => it !== was[at] || !unchanged.has(it));
  });
  for (const name of changed) unchanged.delete(name);
}

/** A service of a circle is not complete, nor is one that extends a service of another file; most files have neither. */
function mayBeWrong(file: ComposeFile, services: ReadonlyMap<string, Service>): boolean {
  return !!valueAt(file.root, "include") || !every(services, isComplete);
}

/** False when the file itself shows that something is elsewhere, or cannot be read to its end. */
function isWhole(file: ComposeFile, services: ReadonlyMap<string, Service>): boolean {
  if (file.furtherDocuments > 0 || file.problems.some((it) => it.severity === "error")) return false;
  if (valueAt(file.root, "include")) return false;
  // A service with nothing to run is refused by Compose, unless another file is merged under it.
  return every(services, (it) => isComplete(it) && hasSomethingToRun(it));
}

function every(services: ReadonlyMap<string, Service>, holds: (service: Service) => boolean): boolean {
  for (const it of services.values()) if (!holds(it)) return false;
  return true;
}

const isComplete = notedOnService((it) => it.complete);

const hasSomethingToRun = notedOnService(
  ({ node, build, image }) =>
    build !== undefined ||
    image !== undefined ||
    ["image", "build", "provider", "extends"].some((it) => valueAt(node, it)),
);
