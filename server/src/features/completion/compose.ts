import type { ComposeProject, Service } from "../../model/compose/project.ts";
import type { Shape } from "../../model/compose/specification/shape.ts";
import { shapeAt } from "../../model/compose/specification/shape-at.ts";
import { valueAt } from "../../syntax/compose/find.ts";
import type { YamlNode } from "../../syntax/compose/tree.ts";
import { imageSummary } from "../hover/image-text.ts";
import { suggestionsFor } from "../knowledge/compose-values.ts";
import { stageTitle } from "../stage-text.ts";
import { globalArguments } from "../variables.ts";
import { type Candidate, candidatesFrom, escapeSnippet } from "./candidate.ts";
import { type ComposeCursor, composeCursorIn } from "./compose-cursor.ts";
import { completeImage } from "./images.ts";

/** What can be written at `offset` of a Compose file. */
export function completeCompose(project: ComposeProject, offset: number): Candidate[] {
  const cursor = composeCursorIn(project.file, offset);
  if (!cursor) return [];
  const names = completeName(project, cursor);
  const keys = cursor.at === "key" || cursor.path.at(-1) === "[]" ? completeKey(project, cursor) : [];
  return [...names, ...keys, ...completeValue(cursor)];
}

function completeKey(project: ComposeProject, cursor: ComposeCursor): Candidate[] {
  const candidate = candidatesFrom(cursor.offset - cursor.typed.length, cursor.offset);
  const given = new Set(keysOf(nodeAt(project, cursor.path)));
  const keys = Object.entries(shapeAt(cursor.path)?.mapping?.keys ?? {});
  return keys
    .filter(([name]) => !given.has(name))
    .map(([name, { summary, shape, deprecated }]) => {
      const opening = openings[usualForm(shape)];
      return candidate(name, "keyword", {
        documentation: summary,
        text: `${name}:${opening}`,
        snippet: opening.includes("$"),
        continues: true,
        ...(deprecated && { deprecated: true, rank: 9 }),
      });
    });
}

/** What the editor writes behind a key; it adds the line's own indentation. */
const openings = { scalar: " ", list: "\n  - $0", mapping: "\n  $0" } as const;

/** Of several forms the one that is mostly written. */
function usualForm({ scalar, list, mapping, empty }: Shape): keyof typeof openings {
  // Commands stand on the key's line; other texts that may be lists mostly are.
  if (scalar && list && empty) return "scalar";
  // Names with more behind them are mostly written without it.
  if (list && mapping) return mapping.named?.mapping ? "list" : "mapping";
  if (list) return "list";
  return mapping ? "mapping" : "scalar";
}

function completeValue(cursor: ComposeCursor): Candidate[] {
  const candidate = candidatesFrom(cursor.offset - cursor.typed.length, cursor.offset);
  if (cursor.at !== "value") return [];
  return suggestionsFor(shapeAt(cursor.path)).map((value, rank) => candidate(value, "value", { rank }));
}

/** Names that are declared elsewhere: in this file, or in the Dockerfile that a service is built from. */
function completeName(project: ComposeProject, cursor: ComposeCursor): Candidate[] {
  const [section, own = "", ...inside] = cursor.path;
  if (section !== "services" || own === "") return [];
  const complete = places.find((it) => it.at === cursor.at && it.inside.join(" ") === inside.join(" "));
  const service = project.services.get(own);
  const others = [...project.services.values()].filter((it) => it.name.value !== own);
  return complete ? complete.candidates({ project, cursor, service, others }) : [];
}

interface Asked {
  readonly project: ComposeProject;
  readonly cursor: ComposeCursor;
  readonly service: Service | undefined;
  readonly others: readonly Service[];
}

interface Place {
  /** The path below the service. */
  readonly inside: readonly string[];
  readonly at: ComposeCursor["at"];
  readonly candidates: (asked: Asked) => Candidate[];
}

const make = ({ offset, typed }: ComposeCursor) => candidatesFrom(offset - typed.length, offset);

const services = ({ cursor, others }: Asked): Candidate[] =>
  others.map((it) => make(cursor)(it.name.value, "service", { detail: serviceDetail(it), rank: 0 }));

const declared =
  (kind: "networks" | "volumes" | "secrets" | "configs") =>
  ({ project, cursor }: Asked): Candidate[] =>
    [...project[kind].keys()].map((name) => make(cursor)(name, "resource", { rank: 0 }));

const places: readonly Place[] = [
  { inside: ["depends_on", "[]"], at: "value", candidates: services },
  {
    inside: ["depends_on"],
    at: "key",
    candidates: ({ cursor, others }) =>
      others.map((it) =>
        make(cursor)(it.name.value, "service", {
          detail: serviceDetail(it),
          text: `${escapeSnippet(it.name.value)}:\n  condition: ${it.healthcheck && !it.healthcheck.disabled ? "service_healthy" : "service_started"}$0`,
          snippet: true,
          rank: 0,
        }),
      ),
  },
  { inside: ["links", "[]"], at: "value", candidates: services },
  { inside: ["volumes_from", "[]"], at: "value", candidates: services },
  { inside: ["extends", "service"], at: "value", candidates: services },
  { inside: ["extends"], at: "value", candidates: services },
  {
    inside: ["network_mode"],
    at: "value",
    candidates: ({ cursor, others }) =>
      others.map((it) => make(cursor)(`service:${it.name.value}`, "service", { rank: 2 })),
  },
  { inside: ["networks", "[]"], at: "value", candidates: declared("networks") },
  {
    inside: ["networks"],
    at: "key",
    candidates: (asked) => declared("networks")(asked).map((it) => asKey(it)),
  },
  { inside: ["secrets", "[]"], at: "value", candidates: declared("secrets") },
  { inside: ["configs", "[]"], at: "value", candidates: declared("configs") },
  { inside: ["volumes", "[]"], at: "value", candidates: mounts },
  {
    inside: ["image"],
    at: "value",
    candidates: ({ project, cursor }) => completeImage(project.images, cursor.offset, cursor.typed),
  },
  { inside: ["build", "target"], at: "value", candidates: targets },
  {
    inside: ["build", "args"],
    at: "key",
    candidates: (asked) => buildArguments(asked).map((it) => asKey(it, " ")),
  },
  {
    inside: ["build", "args", "[]"],
    at: "value",
    candidates: (asked) => buildArguments(asked).map((it) => asText(it, `${it.label}=`)),
  },
  { inside: ["ports", "[]"], at: "value", candidates: ports },
];

function asKey(candidate: Candidate, behind = ""): Candidate {
  return asText(candidate, `${candidate.label}:${behind}`);
}

function asText(candidate: Candidate, newText: string): Candidate {
  return { ...candidate, edit: { ...candidate.edit, newText } };
}

function targets({ cursor, service }: Asked): Candidate[] {
  return (service?.build?.model?.stages ?? [])
    .filter((it) => it.name !== undefined)
    .map((it) => make(cursor)(it.name ?? "", "stage", { detail: stageTitle(it), rank: it.index }));
}

function buildArguments({ cursor, service }: Asked): Candidate[] {
  const model = service?.build?.model;
  if (!model) return [];
  const inStages = model.stages.flatMap((it) =>
    it.instructions
      .filter(({ name }) => name === "ARG")
      .flatMap(({ pairs }) => pairs.map(({ name }) => name.raw)),
  );
  const given = new Set(service?.build?.args.map((it) => it.name.value));
  const names = new Set([...globalArguments(model).map((it) => it.name), ...inStages]);
  return [...names]
    .filter((it) => !given.has(it))
    .map((it) => make(cursor)(it, "variable", { detail: "ARG of the Dockerfile" }));
}

/** A declared volume, at the place where the image keeps its data when that is known. */
function mounts({ project, cursor, service }: Asked): Candidate[] {
  const paths = service?.imageFacts?.volumes ?? [];
  return [...project.volumes.keys()].flatMap((name) => [
    ...paths.map((path) =>
      make(cursor)(`${name}:${path}`, "resource", { detail: "where the image keeps its data", rank: 0 }),
    ),
    make(cursor)(`${name}:`, "resource", { detail: "volume", rank: 1 }),
  ]);
}

function ports({ cursor, service }: Asked): Candidate[] {
  const built = service?.build?.stage?.result.ports;
  const exposed = built ? (built.known ? built.value : []) : (service?.imageFacts?.exposedPorts ?? []);
  return exposed.map((it) => {
    const port = it.replace(/\/tcp$/, "");
    const number = port.replace(/\/.*$/, "");
    return make(cursor)(`"${number}:${port}"`, "value", { detail: "exposed by the image" });
  });
}

function serviceDetail({ image, imageFacts, build }: Service): string {
  if (build) return build.context ? `build ${build.context.value}` : "build";
  return [image?.value.text, imageFacts && imageSummary(imageFacts)].filter(Boolean).join(" · ");
}

function nodeAt(project: ComposeProject, path: readonly string[]): YamlNode | undefined {
  let node: YamlNode | undefined = project.file.root;
  for (const key of path) node = key === "[]" ? undefined : valueAt(node, key);
  return node;
}

function keysOf(node: YamlNode | undefined): string[] {
  return node?.kind === "mapping" ? node.entries.map((it) => it.key.value) : [];
}
