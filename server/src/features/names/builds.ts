import { readBuild } from "../../model/compose/section/build.ts";
import { entriesOf, itemsOf, valueAt } from "../../syntax/compose/find.ts";
import type { YamlNode } from "../../syntax/compose/tree.ts";
import type { Mention, Place } from "./name.ts";
import { keyPlace, textPlace, textPlaceWithHoles } from "./places.ts";
import { readingOf } from "./reading.ts";
import { servicesWith } from "./service-entries.ts";
import type { ComposeSource, DockerfileSource } from "./sources.ts";
import { stageScope } from "./stages.ts";

/** What a service of one Compose file says of its build. */
export interface NamedBuild {
  readonly source: ComposeSource;
  readonly service: string;
  readonly node: YamlNode;
  /** Absolute path of the Dockerfile; undefined where it is elsewhere or not known. */
  readonly dockerfile: string | undefined;
}

/** The builds of all files. An override file says no more than what it changes; the rest stands in the file that it goes over. */
export function buildsIn(compose: readonly ComposeSource[]): readonly NamedBuild[] {
  const builds = compose.flatMap((source) =>
    servicesWith(source, "build").flatMap(({ key, value }) => {
      const node = valueAt(value, "build");
      if (!node) return [];
      const isPart = node.kind === "mapping" && !valueAt(node, "context") && !valueAt(node, "dockerfile");
      return [{ source, service: key.value, node, isPart, dockerfile: dockerfileOf(source, value) }];
    }),
  );
  const whole = new Map(
    builds.filter((it) => !it.isPart).map((it) => [`${it.source.group}\n${it.service}`, it.dockerfile]),
  );
  return builds.map(({ source, service, node, isPart, dockerfile }) => {
    const key = `${source.group}\n${service}`;
    return { source, service, node, dockerfile: isPart && whole.has(key) ? whole.get(key) : dockerfile };
  });
}

function dockerfileOf(source: ComposeSource, service: YamlNode | undefined): string | undefined {
  let path: string | undefined;
  readBuild(
    service,
    readingOf(source, (context, dockerfile) => {
      path = source.resolve(context, dockerfile ?? "Dockerfile");
      return undefined;
    }),
  );
  return path;
}

/** Stages that services build, and arguments that they give. */
export function buildMentions(
  compose: readonly ComposeSource[],
  dockerfiles: readonly DockerfileSource[],
): readonly Mention[] {
  const models = new Map(dockerfiles.map((it) => [it.path, it.model]));
  return buildsIn(compose).flatMap(({ source, node, dockerfile }): readonly Mention[] => {
    const model = dockerfile === undefined ? undefined : models.get(dockerfile);
    if (!model || dockerfile === undefined) return [];
    const target = textPlace(source, valueAt(node, "target"))?.whole;
    const stage = target?.text ? model.findStage(target.text) : undefined;
    return [
      ...(target && stage
        ? [
            {
              kind: "stage",
              role: "use",
              place: stagePlace(target, stage.name),
              file: source.path,
              scope: stageScope(dockerfile, stage),
            } as const,
          ]
        : []),
      ...argumentsOf(source, valueAt(node, "args")).map(
        (place): Mention => ({ kind: "argument", role: "use", place, file: source.path, scope: dockerfile }),
      ),
    ];
  });
}

/** Stages have numbers too, and in their names capitals say nothing. */
function stagePlace(place: Place, name: string | undefined): Place {
  const text = name ?? place.text;
  if (place.text.toLowerCase() !== name) return { ...place, text, rewrite: "nothing" };
  return { ...place, text };
}

function argumentsOf(source: ComposeSource, node: YamlNode | undefined): readonly Place[] {
  return [
    ...itemsOf(node).flatMap((it) => {
      const text = textPlaceWithHoles(source, it);
      if (!text) return [];
      const equals = text.value.indexOf("=");
      const name = text.place(0, equals < 0 ? text.value.length : equals);
      return /^\w+$/.test(name.text) ? [name] : [];
    }),
    ...entriesOf(node).map((it) => keyPlace(source, it.key)),
  ];
}
