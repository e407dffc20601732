import { lineBreakOf } from "../model/compose/edit/layout.ts";
import {
  type ComposeProject,
  notedOnProject,
  type ProjectEdit,
  type Service,
} from "../model/compose/project.ts";
import type { Noted } from "../text/notes.ts";
import { movedBy } from "./moved-problems.ts";
import { type Policy, textOf } from "./policy.ts";
import type { Problem, Rule } from "./rule.ts";

/** What services are checked with: as long as it is the same, the same is found in the same service. */
export interface ServiceCheck {
  readonly rules: readonly Rule[];
  readonly policy: Policy;
}

/**
 * What rules find that look at one service each. `look` is handed the project with one service alone, and the project in which
 * only that one is gone through, but the others are found by name. It is asked only where the answer is not known from the
 * check before an edit that left the service, and what was looked up, as it was.
 */
export function foundInServices(
  project: ComposeProject,
  check: ServiceCheck,
  look: (alone: ComposeProject, amongOthers: ComposeProject) => readonly Problem[],
): readonly Problem[] {
  const state = stateOf(project, check);
  const { edit, services } = project;
  const before = edit && validFor(edit.before, check, state);
  const known = project.notes && validFor({ notes: project.notes }, check, state);
  const found = new Map<string, FoundInService>();
  const all = { ...project };
  for (const [name, service] of services) {
    const theirs = edit?.unchanged.has(name) ? before?.get(name) : undefined;
    found.set(
      name,
      known?.get(name) ?? (theirs && edit && stillFound(theirs, edit, services)) ?? lookAt(name, service),
    );
  }
  if (project.notes) memory({ notes: project.notes }).last = { rules: check.rules, state, found };
  return oncePerPlace([...found.values()].flatMap((it) => it.problems));

  function lookAt(name: string, service: Service): FoundInService {
    const among = new OneAmongOthers(name, service, services);
    const problems = look({ ...all, services: new Map([[name, service]]) }, { ...all, services: among });
    return { problems, lookedUp: among.lookedUp };
  }
}

/** What was found in a service that an edit left as it was; undefined where it may be something else now. */
function stillFound(
  { problems, lookedUp }: FoundInService,
  { unchanged, region }: ProjectEdit,
  services: ComposeProject["services"],
): FoundInService | undefined {
  for (const [name, wasThere] of lookedUp)
    if (wasThere ? !unchanged.has(name) : services.has(name)) return undefined;
  const moved = movedBy(problems, region, false);
  return moved && { problems: moved, lookedUp };
}

/** Services as a rule with `reach: "services"` sees them. */
class OneAmongOthers extends Map<string, Service> {
  /** Names of others that were asked for, and whether they were there. */
  readonly lookedUp = new Map<string, boolean>();
  readonly #all: ComposeProject["services"];

  constructor(name: string, service: Service, all: ComposeProject["services"]) {
    super([[name, service]]);
    this.#all = all;
  }

  override get(name: string): Service | undefined {
    const own = super.get(name);
    if (own) return own;
    const other = this.#all.get(name);
    this.lookedUp.set(name, other !== undefined);
    return other;
  }

  override has(name: string): boolean {
    return this.get(name) !== undefined;
  }
}

interface FoundInService {
  readonly problems: readonly Problem[];
  /** See `OneAmongOthers`. */
  readonly lookedUp: ReadonlyMap<string, boolean>;
}

interface Found {
  readonly rules: readonly Rule[];
  readonly state: string;
  /** By the service's name. */
  readonly found: ReadonlyMap<string, FoundInService>;
}

const memory = notedOnProject((): { last: Found | undefined } => ({ last: undefined }));

function validFor(noted: Noted, { rules }: ServiceCheck, state: string): Found["found"] | undefined {
  const { last } = memory(noted);
  return last?.rules === rules && last.state === state ? last.found : undefined;
}

/** What rules about services see of the rest of the file besides its sections, which no edit of a service changes. */
function stateOf(project: ComposeProject, { policy }: ServiceCheck): string {
  const { complete, single, hasEnvFile, file } = project;
  return [complete, single, hasEnvFile, lineBreakOf(file), textOf(policy)].join(" ");
}

/** Of what a rule says of one place, the first. */
function oncePerPlace(problems: readonly Problem[]): readonly Problem[] {
  const places = new Set<string>();
  return problems.filter(({ rule, span }) => {
    const place = `${rule} ${span.start} ${span.end}`;
    return !places.has(place) && places.add(place);
  });
}
