import { contains } from "../../text/span.ts";
import { anchorMentions } from "./anchors.ts";
import { argumentMentions } from "./arguments.ts";
import { buildMentions, buildsIn } from "./builds.ts";
import { hereDocumentMentions } from "./here-documents.ts";
import { hostMentions } from "./hosts.ts";
import type { Mention, Name, NameKind, Occurrence } from "./name.ts";
import { profileMentions, profilesStarted } from "./profiles.ts";
import { resourceMentions } from "./resources.ts";
import { Scopes } from "./scopes.ts";
import { mountedSecretMentions, secretPathMentions } from "./secret-places.ts";
import { serviceMentions } from "./services.ts";
import type { ComposeSource, NameSources } from "./sources.ts";
import { stageMentions } from "./stages.ts";
import { traefikMentions } from "./traefik.ts";
import { variableMentions } from "./variables.ts";

/** All names of the files of a project, with the places that have them. */
export interface NameTable {
  readonly sources: NameSources;
  /** What is named at an offset of a file; the shortest place where several are, and of one place each name that it may mean. */
  at(file: string, offset: number): readonly Occurrence[];
  /** In the order of the file; where several are at one place each of them. */
  inFile(file: string): readonly Occurrence[];
  /** All places of a name: declarations first, then file by file in order. */
  of(name: Name): readonly Occurrence[];
  isDeclared(name: Name): boolean;
  /** Names of one kind and scope that are declared or used somewhere. */
  named(kind: NameKind, scope: string): ReadonlySet<string>;
}

/** Who names what, worked out when it is first asked. Linear in the size of the files. */
export function nameTable(sources: NameSources): NameTable {
  let known: Collected | undefined;
  const collected = () => {
    known ??= collect(sources);
    return known;
  };
  const inFile = (file: string) => collected().byFile.get(file) ?? [];
  const find = ({ kind, scope, text }: Name) =>
    collected().byName.get(`${kind} ${scope}`)?.get(text)?.occurrences ?? [];
  return {
    sources,
    at(file, offset) {
      const found = inFile(file).filter((it) => contains(it.span, offset));
      const shortest = Math.min(...found.map((it) => it.span.end - it.span.start));
      return found.filter((it) => it.span.end - it.span.start === shortest);
    },
    inFile,
    of: find,
    isDeclared: (name) => find(name)[0]?.role === "declaration",
    named: (kind, scope) => new Set(collected().byName.get(`${kind} ${scope}`)?.keys()),
  };
}

/** All occurrences, in their orders. */
interface Collected {
  readonly byFile: ReadonlyMap<string, readonly Occurrence[]>;
  readonly byName: Entries;
}

function collect(sources: NameSources): Collected {
  const byFile = new Map<string, Occurrence[]>();
  const byName: Entries = new Map();
  for (const occurrence of occurrencesIn(sources)) {
    const { name, file, span } = occurrence;
    const entry = entryOf(byName, name);
    const places = placesIn(entry, file);
    // What stands behind an alias is met once for each.
    if (places.has(span.start)) continue;
    places.add(span.start);
    listIn(byFile, file).push(occurrence);
    entry.occurrences.push(occurrence);
  }
  for (const it of byFile.values()) it.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const order = (it: Occurrence) => (it.role === "declaration" ? 0 : 1);
  for (const names of byName.values())
    for (const { occurrences } of names.values())
      occurrences.sort(
        (a, b) =>
          order(a) - order(b) || (a.file < b.file ? -1 : a.file > b.file ? 1 : a.span.start - b.span.start),
      );
  return { byFile, byName };
}

/** By kind and scope, then by text: few of the former, and short texts of the latter. */
type Entries = Map<string, Map<string, Entry>>;

interface Entry {
  readonly occurrences: Occurrence[];
  /** Where they start, by file. */
  readonly places: Map<string, Set<number>>;
}

function entryOf(entries: Entries, { kind, scope, text }: Name): Entry {
  const key = `${kind} ${scope}`;
  const names = entries.get(key) ?? new Map<string, Entry>();
  entries.set(key, names);
  const entry = names.get(text) ?? { occurrences: [], places: new Map() };
  names.set(text, entry);
  return entry;
}

function placesIn({ places }: Entry, file: string): Set<number> {
  const known = places.get(file) ?? new Set();
  places.set(file, known);
  return known;
}

function* occurrencesIn(sources: NameSources): Generator<Occurrence> {
  const { compose, dockerfiles, env } = sources;
  const byPath = new Map(compose.map((it) => [it.path, it]));
  const inCompose = compose.flatMap((source) => [
    ...serviceMentions(source, (path) => byPath.get(path)?.group),
    ...resourceMentions(source),
    ...profileMentions(source),
    ...anchorMentions(source),
    ...traefikMentions(source),
  ]);
  const scopes = new Scopes();
  for (const it of inCompose) if (it.role === "declaration") scopes.declare(it);
  const isService = (host: string, source: ComposeSource) =>
    scopes.of("service", host, source).some((it) => scopes.has("service", it, host));

  const mentions = [
    ...inCompose,
    ...hostMentions(sources, isService),
    ...secretPathMentions(compose),
    ...env.flatMap((it) => inEachGroup(profilesStarted(it), it.path, compose)),
    ...variableMentions(sources),
    ...dockerfiles.flatMap((it) => [
      ...stageMentions(it),
      ...argumentMentions(it),
      ...hereDocumentMentions(it),
    ]),
    ...buildMentions(compose, dockerfiles),
    ...mountedSecretMentions(buildsIn(compose), dockerfiles, (name, source) =>
      scopes.of("secret", name, source),
    ),
  ];
  for (const mention of mentions) {
    const { kind, place, role, file } = mention;
    const { text, span, rewrite, isPlain = false, isHost = false } = place;
    const source = mention.from ?? byPath.get(file);
    const among = mention.scope !== undefined ? [mention.scope] : source ? scopes.of(kind, text, source) : [];
    for (const scope of among)
      yield { name: { kind, text, scope }, file, span, role, rewrite, isPlain, isHost };
  }
}

/** An `.env` starts what all Compose files beside it call so. */
function inEachGroup(
  mentions: readonly Mention[],
  path: string,
  compose: readonly ComposeSource[],
): readonly Mention[] {
  const groups = new Set(compose.filter((it) => it.envFiles[0] === path).map((it) => it.group));
  return mentions.flatMap((it) => [...groups].map((scope) => ({ ...it, scope })));
}

function listIn<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
