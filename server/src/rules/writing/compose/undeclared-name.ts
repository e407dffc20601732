import { declareResource, type ResourceSection } from "../../../model/compose/edit/declare-resource.ts";
import {
  type ComposeProject,
  notedOnService,
  type Placed,
  type Service,
} from "../../../model/compose/project.ts";
import type { Fix, Report } from "../../rule.ts";
import { didYouMean } from "../suggestions/did-you-mean.ts";
import { nearestAmong } from "../suggestions/nearest-among.ts";
import { replaceName } from "./replace-name.ts";
import { reportOnce } from "./report-once.ts";

/** Names that a service uses of a section, with their places, and what they are alone. */
export interface UsedNames {
  readonly placed: (service: Service) => readonly Placed<string>[];
  readonly alone: (service: Service) => readonly string[];
}

/** Made once for a rule, as what it says of a service is kept. */
export function usedNames(placed: UsedNames["placed"]): UsedNames {
  return { placed, alone: notedOnService((it) => placed(it).map(({ value }) => value)) };
}

/**
 * Reports the names that services use of a top-level section and that it does not declare. Nothing is said of a project that
 * stands in other files too. `fixesOf` gives other fixes than to take what is near or to declare the name.
 */
export function reportUndeclared(
  project: ComposeProject,
  section: ResourceSection,
  used: UsedNames,
  report: Report,
  fixesOf: (name: Placed<string>, near: string | undefined) => readonly Fix[] = (name, near) =>
    undeclaredFixes(project, section, name, near),
): void {
  if (!project.complete) return;
  const once = reportOnce(report);
  const declared = project[section];
  const nearest = nearestAmong(declared.keys());
  const noun = section.slice(0, -1);
  for (const service of project.services.values()) {
    if (used.alone(service).every((it) => declared.has(it))) continue;
    const names = used.placed(service);
    for (const name of names) {
      if (declared.has(name.value)) continue;
      const near = nearest(name.value);
      const message = `No ${noun} ${name.value} is declared${didYouMean(near)}`;
      // A service joins a network once: the same name again is refused.
      const isJoined = section === "networks" && names.some((it) => it.value === near);
      once(name.span, message, { fixes: fixesOf(name, isJoined ? undefined : near) });
    }
  }
}

/** Fixes for a name that is declared nowhere: the one that was probably meant, then a declaration of its own. */
export function undeclaredFixes(
  { file }: ComposeProject,
  section: ResourceSection,
  name: Placed<string>,
  near: string | undefined,
): readonly Fix[] {
  // A secret or config is nothing without the file that it is read from.
  const extension = section === "secrets" ? ".txt" : "";
  const value =
    section === "secrets" || section === "configs"
      ? [{ key: "file", value: `./${name.value}${extension}` }]
      : undefined;
  const edits = isPlain(name.value) ? declareResource(file, section, name.value, value) : undefined;
  return [
    ...(near !== undefined && isPlain(near) ? replaceName(file, name, near, "safe") : []),
    ...(edits ? [{ kind: "unsafe", title: `Declare ${name.value} under ${section}`, edits } as const] : []),
  ];
}

function isPlain(name: string): boolean {
  return /^[a-zA-Z][\w.-]*$/.test(name);
}
