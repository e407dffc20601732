import { contains } from "../../text/span.ts";
import { anchorMentions } from "./anchors.ts";
import { argumentMentions } from "./arguments.ts";
import { buildMentions, buildsIn } from "./builds.ts";
import { hereDocumentMentions } from "./here-documents.ts";
import { hostMentions } from "./hosts.ts";
import { namesInServices } from "./in-services.ts";
import type { Mention, Name, NameKind, Occurrence } from "./name.ts";
import { profilesStarted } from "./profiles.ts";
import { declaredResources } from "./resources.ts";
import { Scopes } from "./scopes.ts";
import { mountedSecretMentions, secretPathMentions } from "./secret-places.ts";
import { extendedElsewhere } from "./services.ts";
import type { ComposeSource, NameSources } from "./sources.ts";
import { stageMentions } from "./stages.ts";
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
  const collected = once(() => collect(sources));
  const byText = once(() => listedByText(collected().byFile));
  const found = new Map<string, readonly Occurrence[]>();
  const inFile = (file: string) => collected().byFile.get(file) ?? [];
  return {
    sources,
    at(file, offset) {
      const found = inFile(file).filter((it) => contains(it.span, offset));
      const shortest = Math.min(...found.map((it) => it.span.end - it.span.start));
      return found.filter((it) => it.span.end - it.span.start === shortest);
    },
    inFile,
    of({ kind, scope, text }) {
      const key = `${kind} ${scope}\n${text}`;
      const known =
        found.get(key) ??
        inOrder((byText().get(text) ?? []).filter(({ name }) => name.kind === kind && name.scope === scope));
      found.set(key, known);
      return known;
    },
    isDeclared: ({ kind, scope, text }) => collected().declared.has(kind, scope, text),
    named: (kind, scope) =>
      new Set(
        [...byText()].flatMap(([text, places]) =>
          places.some(({ name }) => name.kind === kind && name.scope === scope) ? [text] : [],
        ),
      ),
  };
}

interface Collected {
  /** In the order of each file. */
  readonly byFile: ReadonlyMap<string, readonly Occurrence[]>;
  readonly declared: Scopes;
}

function collect(sources: NameSources): Collected {
  const all = new Map<string, Occurrence[]>();
  const declared = new Scopes();
  for (const occurrence of occurrencesIn(sources)) {
    const { name, file, role } = occurrence;
    listIn(all, file).push(occurrence);
    if (role === "declaration") declared.declare(name.kind, name.scope, name.text);
  }
  const byFile = new Map<string, readonly Occurrence[]>();
  for (const [file, it] of all) {
    it.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
    byFile.set(file, oncePerPlace(it));
  }
  return { byFile, declared };
}

/** What stands behind an alias is met once for each. The occurrences are in the order of the file. */
function oncePerPlace(occurrences: readonly Occurrence[]): readonly Occurrence[] {
  return occurrences.filter(({ name, span }, at) => {
    for (let before = at - 1; before >= 0; before--) {
      const other = occurrences[before];
      if (other?.span.start !== span.start) break;
      if (other.name.text === name.text && other.name.kind === name.kind && other.name.scope === name.scope)
        return false;
    }
    return true;
  });
}

function listedByText(byFile: Collected["byFile"]): ReadonlyMap<string, readonly Occurrence[]> {
  const lists = new Map<string, Occurrence[]>();
  for (const occurrences of byFile.values())
    for (const it of occurrences) listIn(lists, it.name.text).push(it);
  return lists;
}

/** Declarations first, then file by file; within a file they are in its order already. */
function inOrder(occurrences: readonly Occurrence[]): readonly Occurrence[] {
  const order = (it: Occurrence) => (it.role === "declaration" ? 0 : 1);
  return occurrences.toSorted(
    (a, b) =>
      order(a) - order(b) || (a.file < b.file ? -1 : a.file > b.file ? 1 : a.span.start - b.span.start),
  );
}

function once<T>(make: () => T): () => T {
  let known: { readonly is: T } | undefined;
  return () => {
    known ??= { is: make() };
    return known.is;
  };
}

function* occurrencesIn(sources: NameSources): Generator<Occurrence> {
  const { compose, dockerfiles, env } = sources;
  const byPath = new Map(compose.map((it) => [it.path, it]));
  const inServices = new Map(compose.map((it) => [it, namesInServices(it)]));
  const servicesOf = (source: ComposeSource) => inServices.get(source) ?? [];
  const inCompose = compose.flatMap((source) => [
    ...servicesOf(source).flatMap((it) => it.mentions),
    ...extendedElsewhere(source, (path) => byPath.get(path)?.group),
    ...declaredResources(source),
    ...anchorMentions(source, servicesOf(source)),
  ]);
  const scopes = new Scopes();
  for (const { role, kind, scope = "", place } of inCompose)
    if (role === "declaration") scopes.declare(kind, scope, place.text);
  const isService = (host: string, source: ComposeSource) => scopes.knows("service", host, source);

  const mentions = [
    ...inCompose,
    ...hostMentions(sources, servicesOf, isService),
    ...secretPathMentions(compose),
    ...env.flatMap((it) => inEachGroup(profilesStarted(it), it.path, compose)),
    ...variableMentions(sources, (source) => servicesOf(source).flatMap((it) => it.variables)),
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
