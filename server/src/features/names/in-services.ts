import { notedOnServiceWith, type Service } from "../../model/compose/project.ts";
import { type AnchorMark, anchorMarksIn } from "../../syntax/compose/anchors.ts";
import { entriesOf, valueAt } from "../../syntax/compose/find.ts";
import type { MappingEntry } from "../../syntax/compose/tree.ts";
import type { Span } from "../../text/span.ts";
import { hostPlaces, otherNames } from "./hosts.ts";
import type { Mention, Place } from "./name.ts";
import { profileMentions } from "./profiles.ts";
import { usedResources } from "./resources.ts";
import { serviceOf } from "./service-entries.ts";
import { serviceMentions } from "./services.ts";
import type { ComposeSource } from "./sources.ts";
import { traefikMentions } from "./traefik.ts";
import { variablesOfService } from "./variables.ts";

/** What one service of a Compose file names, as far as that hangs on nothing but itself. */
export interface NamesInService {
  readonly service: string;
  /** From its name to its end. */
  readonly span: Span;
  readonly mentions: readonly Mention[];
  /** See `hostPlaces`. */
  readonly hosts: readonly Place[];
  /** By which containers find it besides, in small letters. */
  readonly otherNames: readonly string[];
  readonly variables: readonly Place[];
  /** Undefined where the file's anchors cannot be read service by service. */
  readonly anchors: readonly AnchorMark[] | undefined;
}

/** Of all services in order. Those that no edit has changed are only moved to where they stand now. */
export function namesInServices(source: ComposeSource): readonly NamesInService[] {
  const on = [source.path, source.group];
  return entriesOf(valueAt(source.file.root, "services")).map((entry) => {
    const service = serviceOf(source, entry);
    const kept = service && keptNames(service, on, { source, entry });
    return kept ? movedBy(kept, entry.span.start) : read({ source, entry });
  });
}

interface Asked {
  readonly source: ComposeSource;
  readonly entry: MappingEntry;
}

/** With offsets from where the service begins; undefined where it has places elsewhere, by an alias. */
const keptNames = notedOnServiceWith((_: Service, asked: Asked): NamesInService | undefined => {
  const names = read(asked);
  const { start, end } = asked.entry.span;
  const isInside = ({ span }: { readonly span: Span }) => span.start >= start && span.end <= end;
  const { mentions, hosts, variables } = names;
  const places = [...mentions.map((it) => it.place), ...hosts, ...variables];
  return places.every(isInside) ? movedBy(names, -start) : undefined;
});

function read({ source, entry }: Asked): NamesInService {
  const { value } = entry;
  return {
    service: entry.key.value,
    span: entry.span,
    mentions: [
      ...serviceMentions(source, entry),
      ...usedResources(source, value),
      ...profileMentions(source, value),
      ...traefikMentions(source, value),
    ],
    hosts: hostPlaces(source, value),
    otherNames: otherNames(source, value).map((it) => it.text.toLowerCase()),
    variables: variablesOfService(source, entry),
    anchors: source.file.parts?.services && anchorMarksIn(source.file.text, entry.span),
  };
}

function movedBy(names: NamesInService, by: number): NamesInService {
  const { service, span, mentions, hosts, otherNames, variables, anchors } = names;
  return {
    service,
    span: spanMovedBy(span, by),
    mentions: mentions.map(({ kind, role, place, file, scope }) => ({
      kind,
      role,
      place: placeMovedBy(place, by),
      file,
      ...(scope !== undefined && { scope }),
    })),
    hosts: hosts.map((it) => placeMovedBy(it, by)),
    otherNames,
    variables: variables.map((it) => placeMovedBy(it, by)),
    anchors: anchors?.map(({ name, span, kind }) => ({ name, kind, span: spanMovedBy(span, by) })),
  };
}

function placeMovedBy({ text, span, rewrite, isPlain = false, isHost = false }: Place, by: number): Place {
  return { text, span: spanMovedBy(span, by), rewrite, isPlain, isHost };
}

function spanMovedBy({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
