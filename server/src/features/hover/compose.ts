import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { keyAt, shapeAt } from "../../model/compose/specification/shape-at.ts";
import { endOfLifeOf } from "../../model/image/end-of-life.ts";
import { contains, type Span } from "../../text/span.ts";
import { valueIn } from "../../text/value-in.ts";
import { countsAs } from "../completion/compose/anchors.ts";
import { type ComposePlace, composePlaceAt } from "../compose-path.ts";
import { suggestionsFor, valuesAt } from "../knowledge/compose-values.ts";
import { bold, code } from "../markdown.ts";
import { stageSummary, stageTitle } from "../stage-text.ts";
import { environmentFileText, environmentText } from "./compose/environment.ts";
import { hoverMark } from "./compose/marks.ts";
import { amountText } from "./compose/scalars.ts";
import {
  buildText,
  mountText,
  portText,
  profileText,
  resourceText,
  serviceText,
  testText,
} from "./compose/services.ts";
import { hoverVariable, variableNamed } from "./compose/variables.ts";
import type { Hover } from "./hover.ts";
import { imageText } from "./image-text.ts";

/** Where a service is named in a longer text, e.g. as the host of an address. */
export interface ServiceInText {
  readonly service: string;
  readonly span: Span;
}

/**
 * What is known of the word at `offset` of a Compose file; undefined for nothing. `others` says in Markdown what other files make of a
 * service, `namedAt` what service the text at an offset names.
 */
export function hoverCompose(
  project: ComposeProject,
  offset: number,
  others: (service: string) => string = () => "",
  namedAt: (offset: number) => ServiceInText | undefined = () => undefined,
): Hover | undefined {
  const mark = hoverMark(project.file, offset);
  if (mark) return mark;
  const found = composePlaceAt(project.file, offset);
  if (!found) return undefined;
  const place = { ...found, path: countsAs(project.file, found.path) };
  const variable = place.onKey ? undefined : hoverVariable(project, place.span, offset);
  if (variable) return variable;
  const named = place.onKey ? undefined : namedAt(offset);
  const other = named && project.services.get(named.service);
  if (named && other && named.span.end - named.span.start < place.span.end - place.span.start)
    return { span: named.span, markdown: serviceText(other) + others(named.service) };
  const meant = meaning(project, place, offset);
  const service = serviceNamed(project, place);
  if (meant !== undefined)
    return { span: place.span, markdown: `${meant}${service === undefined ? "" : others(service)}` };
  const markdown = place.onKey ? keyText(place) : valueText(place);
  return markdown === undefined ? undefined : { span: place.span, markdown };
}

/** What the specification says of a key. */
function keyText({ path }: ComposePlace): string | undefined {
  const known = keyAt(path);
  if (!known) return undefined;
  const values = suggestionsFor(known.shape);
  const lines = [`**${path.at(-1)}**`, known.summary];
  if (values.length > 0)
    lines.push(`${known.shape.scalar?.values ? "One of" : "For example"} ${values.map(code).join(", ")}.`);
  if (known.deprecated) lines.push("Nothing reads it any more, or something else does the same.");
  return lines.join("\n\n");
}

/** What a value of few means, or an amount comes to. */
function valueText({ path, value }: ComposePlace): string | undefined {
  if (value === undefined) return undefined;
  const summary = valuesAt(path).find((it) => it.value === value)?.summary;
  if (summary !== undefined) return `**${value}**\n\n${summary}`;
  const scalar = shapeAt(path)?.scalar;
  return scalar && amountText(scalar, value);
}

/** What the word is in this project. */
function meaning(project: ComposeProject, place: ComposePlace, offset: number): string | undefined {
  const { path, onKey, value } = place;
  const [section, name = ""] = path;
  const word = value ?? (onKey ? path.at(-1) : undefined);
  if (word === undefined) return undefined;
  if (path.length === 2 && onKey && isSection(section)) return resourceText(project, section, word);
  if (
    !onKey &&
    ["secrets", "configs"].includes(section ?? "") &&
    path.length === 3 &&
    path[2] === "environment"
  )
    return variableNamed(project, word);
  const service = section === "services" ? project.services.get(name) : undefined;
  if (path.length === 2 && onKey && service) return serviceText(service);
  if (section !== "services" || path.length < 3) return undefined;
  const asked: Asked = { project, service, place, word, offset };
  const inside = path.slice(2);
  return valueIn(byWay, inside.join("."))?.(asked) ?? valueIn(byKey, inside[0] ?? "")?.(asked);
}

/** The service whose name the word is: its own, or in `depends_on`. */
function serviceNamed({ services }: ComposeProject, place: ComposePlace): string | undefined {
  const { path, onKey, value } = place;
  const isName = path[2] === "depends_on" ? path.length === 4 : path.length === 2 && onKey;
  const name = value ?? (onKey ? path.at(-1) : undefined);
  return path[0] === "services" && isName && name !== undefined && services.has(name) ? name : undefined;
}

function isSection(
  name: string | undefined,
): name is "networks" | "volumes" | "secrets" | "configs" | "models" {
  return name !== undefined && ["networks", "volumes", "secrets", "configs", "models"].includes(name);
}

interface Asked {
  readonly project: ComposeProject;
  readonly service: Service | undefined;
  readonly place: ComposePlace;
  readonly word: string;
  readonly offset: number;
}

type Tell = (asked: Asked) => string | undefined;

const onValue =
  (tell: Tell): Tell =>
  (asked) =>
    asked.place.onKey ? undefined : tell(asked);
const otherService: Tell = ({ project, word }) => {
  const other = project.services.get(word.replace(/^service:/, "").replace(/:.*$/, ""));
  return other && serviceText(other);
};
const built: Tell = ({ service }) => service?.build && buildText(service.build);

/** By the whole way below the service. */
const byWay: Readonly<Record<string, Tell>> = {
  image: onValue(({ service }) => {
    if (!service?.image) return undefined;
    const { imageFacts, image } = service;
    const ended = endOfLifeOf(image.value);
    const age =
      ended && `- Without updates: ${ended.what}, since ${ended.end}${ended.isEarlier ? " or earlier" : ""}`;
    if (!imageFacts) return age && `${bold(image.value.text)}\n\n${age}`;
    const { hasHealthcheck: has } = imageFacts;
    const more = [age, has === undefined ? undefined : `- Health check: ${has ? "yes" : "none"}`].filter(
      Boolean,
    );
    // Below the other facts, above where they are from.
    const facts = imageText(imageFacts).replace("\n\n*", `${["", ...more].join("\n")}\n\n*`);
    return `${bold(image.value.text)}\n\n${facts}`;
  }),
  build: (asked) => {
    const text = built(asked);
    return asked.place.onKey && text !== undefined ? `${keyText(asked.place) ?? ""}\n\n${text}` : text;
  },
  "build.context": onValue(built),
  "build.dockerfile": onValue(built),
  "build.target": onValue(({ service }) => {
    const stage = service?.build?.stage;
    return stage && `${bold(stageTitle(stage))}\n\n${stageSummary(stage)}`;
  }),
  extends: onValue(otherService),
  "extends.service": onValue(otherService),
  network_mode: onValue(otherService),
  "links.[]": otherService,
  "volumes_from.[]": otherService,
  "depends_on.[]": otherService,
  "networks.[]": ({ project, word }) => resourceText(project, "networks", word),
  "secrets.[]": ({ project, word }) => resourceText(project, "secrets", word),
  "secrets.[].source": onValue(({ project, word }) => resourceText(project, "secrets", word)),
  "configs.[]": ({ project, word }) => resourceText(project, "configs", word),
  "configs.[].source": onValue(({ project, word }) => resourceText(project, "configs", word)),
  "models.[]": ({ project, word }) => resourceText(project, "models", word),
  "profiles.[]": ({ project, word }) => profileText(project, word),
  env_file: onValue(({ project, word }) => environmentFileText(project, word)),
  "env_file.[]": ({ project, word }) => environmentFileText(project, word),
  "env_file.[].path": onValue(({ project, word }) => environmentFileText(project, word)),
  "healthcheck.test": onValue(({ service }) => service && testText(service)),
  "healthcheck.test.[]": ({ service }) => service && testText(service),
};

/** By the key of the service, wherever below it the cursor is. */
const byKey: Readonly<Record<string, Tell>> = {
  depends_on: (asked) =>
    asked.place.path.length === 4 && asked.place.onKey ? otherService(asked) : undefined,
  networks: ({ project, place, word }) =>
    place.path.length === 4 && place.onKey ? resourceText(project, "networks", word) : undefined,
  models: ({ project, place, word }) =>
    place.path.length === 4 && place.onKey ? resourceText(project, "models", word) : undefined,
  ports: onValue(({ service, offset }) => {
    const port = service?.ports.find((it) => contains(it.span, offset));
    return service && port && portText(port, service);
  }),
  volumes: onValue(({ service, project, offset, place }) => {
    const isType = place.path.at(-1) === "type";
    const mount = service?.mounts.find((it) => contains(it.span, offset));
    return service && mount && !isType ? mountText(mount, service, project) : undefined;
  }),
  environment: (asked) => environmentText(asked.project, asked.service, asked.offset),
};
