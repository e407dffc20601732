import { lineBreakOf } from "../model/compose/edit/layout.ts";
import { type ComposeProject, notedOnProject } from "../model/compose/project.ts";
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
 * What rules find that look at one service each. `look` is handed the project with one service alone, and asked only where the
 * answer is not known from the check before an edit that left the service as it was.
 */
export function foundInServices(
  project: ComposeProject,
  check: ServiceCheck,
  look: (alone: ComposeProject) => readonly Problem[],
): readonly Problem[] {
  const state = stateOf(project, check);
  const { edit } = project;
  const before = edit && validFor(edit.before, check, state);
  const known = project.notes && validFor({ notes: project.notes }, check, state);
  const found = new Map<string, readonly Problem[]>();
  const all = { ...project };
  for (const [name, service] of project.services) {
    const theirs = edit?.unchanged.has(name) ? before?.get(name) : undefined;
    const moved = theirs && edit && movedBy(theirs, edit.region, false);
    found.set(name, known?.get(name) ?? moved ?? look({ ...all, services: new Map([[name, service]]) }));
  }
  if (project.notes) memory({ notes: project.notes }).last = { rules: check.rules, state, found };
  return oncePerPlace([...found.values()].flat());
}

interface Found {
  readonly rules: readonly Rule[];
  readonly state: string;
  /** By the service's name. */
  readonly found: ReadonlyMap<string, readonly Problem[]>;
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
