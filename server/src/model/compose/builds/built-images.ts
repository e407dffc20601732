import { scalarAt, valueAt } from "../../../syntax/compose/find.ts";
import { type Build, notedOnService, type Service } from "../project.ts";
import { extendedBy } from "../reading/inherit.ts";
import { LaterService } from "../reading/later-service.ts";

/** By the name of a service that has an image and builds none: the services that build an image of just that name. */
export type ImageBuilders = ReadonlyMap<string, readonly string[]>;

/**
 * Compose does not ask for an image to be pulled that another service of the project builds under the same name, written alike
 * (docker compose, pkg/compose/pull.go, as generally known; `docker-compose up` of 2.40.3 tried 2026-11). Not told of services that extend others.
 */
export function imageBuilders(services: Iterable<Service>): ImageBuilders {
  const builders = new Map<string, string[]>();
  const running: [service: string, image: string][] = [];
  for (const service of services) {
    const role = imageRole(service);
    if (!role) continue;
    const { image, builds } = role;
    const name = service.name.value;
    if (!builds) running.push([name, image]);
    else builders.set(image, [...(builders.get(image) ?? []), name]);
  }
  if (builders.size === 0) return NONE;
  return new Map(
    running.flatMap(([name, image]) => {
      const of = builders.get(image);
      return of ? [[name, of] as const] : [];
    }),
  );
}

const NONE: ImageBuilders = new Map();

interface ImageRole {
  /** With its variables, where they are not known: the same text is the same image all the same. */
  readonly image: string;
  readonly builds: boolean;
}

const imageRole = notedOnService((service): ImageRole | undefined => {
  const written = scalarAt(service.node, "image")?.value;
  if (!written || extendedBy(service) !== undefined) return undefined;
  const builds = valueAt(service.node, "build") !== undefined;
  // It is asked of a registry first, whatever was built here.
  const pulls = /^(?:always|daily|weekly|every)/.test(
    scalarAt(service.node, "pull_policy")?.value ?? "missing",
  );
  return pulls && !builds ? undefined : { image: service.image?.value.text ?? written, builds };
});

/** Services in which those that run what another one builds know of that build. `notesOf` as in `inheritServices`. */
export function withBuiltImages(
  services: ReadonlyMap<string, Service>,
  builders: ImageBuilders,
  notesOf: (name: string) => unknown[] | undefined,
): ReadonlyMap<string, Service> {
  if (builders.size === 0) return services;
  return new Map(
    [...services].map(([name, service]) => {
      const of = builders.get(name)?.flatMap((it) => services.get(it) ?? []);
      if (!of || of.length === 0) return [name, service];
      const notes = notesOf(name);
      const { span, node } = service;
      const read = (): Service => ({
        ...LaterService.wholeOf(service),
        notes: notes ?? [],
        imageBuild: commonBuild(of),
        imageFacts: undefined,
      });
      return [name, notes ? new LaterService({ name: service.name, span, node, notes, read }) : read()];
    }),
  );
}

/** Where several build under one name, the last one that is done counts: that is known only where all of them build the same. */
function commonBuild(builders: readonly Service[]): Build | undefined {
  const builds = builders.flatMap((it) => it.build ?? []);
  const [first] = builds;
  if (!first || builds.every((it) => recipeOf(it) === recipeOf(first))) return first;
  return { ...first, model: undefined, file: undefined, stage: undefined };
}

function recipeOf({ context, dockerfile, target, args }: Build): string {
  const given = args.map(({ name, value }) => [name.value, value?.value]);
  return JSON.stringify([context?.value, dockerfile?.value, target?.value, given]);
}
