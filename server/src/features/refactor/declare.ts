import { declareResource, type ResourceSection } from "../../model/compose/edit/declare-resource.ts";
import type { Placed, Service } from "../../model/compose/project.ts";
import { serviceAt } from "./place.ts";
import { offer, type Refactoring } from "./refactoring.ts";

/**
 * Declares what a service uses and this file does not declare. Where nothing else can declare it that is a mistake, whose fix
 * does the same; here it is for files that are merged with others.
 */
export const declare: Refactoring = {
  id: "declare",
  kind: "extract",
  offersAt: (place) => {
    const { project, file, steps } = place;
    const service = serviceAt(place);
    const last = steps.at(-1);
    if (!service || !last || steps.length < 4 || project.complete) return [];
    const { start, end } = last.kind === "entry" ? last.entry.span : last.item.span;
    return usesOf(service).flatMap(([section, name]) => {
      const isHere = start <= name.span.start && name.span.end <= end;
      if (!isHere || project[section].has(name.value) || !/^[a-zA-Z][\w.-]*$/.test(name.value)) return [];
      // A secret says where its text is from.
      const source =
        section === "secrets" || section === "configs"
          ? [{ key: "file", value: `./${name.value}.txt` }]
          : undefined;
      return [
        offer(`Declare ${name.value} under ${section}`, declareResource(file, section, name.value, source)),
      ];
    });
  },
};

function usesOf(service: Service): readonly (readonly [ResourceSection, Placed<string>])[] {
  return [
    ...service.networks.flatMap(({ name }) =>
      name.value === "default" ? [] : [["networks", name] as const],
    ),
    ...service.mounts.flatMap(({ kind, source }) =>
      kind === "volume" && source?.known ? [["volumes", source] as const] : [],
    ),
    ...service.secrets.map((it) => ["secrets", it] as const),
    ...service.configs.map((it) => ["configs", it] as const),
  ];
}
