import type { ImageFacts } from "../../model/image/facts.ts";
import { baseBelow } from "../../model/stage/base-image.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { StageState } from "../../model/stage/state.ts";

/** Facts of the image at the bottom of a stage's chain of FROMs; undefined where they are not known. */
export function factsBelow(stage: Stage): ImageFacts | undefined {
  const known = found.get(stage);
  if (known !== undefined) return known ?? undefined;
  const base = baseBelow(stage);
  const facts = base.kind === "image" && base.facts.known ? base.facts.value : undefined;
  found.set(stage, facts ?? null);
  return facts;
}

/** Kept, since the chain may be long and is asked for with each RUN. */
const found = new WeakMap<Stage, ImageFacts | null>();

/** Who the RUNs here run as, where that is certainly not root; undefined otherwise. */
export function plainUser(state: StageState, stage: Stage): string | undefined {
  if (!state.user.known || state.user.value.isRoot) return undefined;
  const { name } = state.user.value;
  // Another name for root, which only /etc/passwd tells.
  return idOfUser(name, stage) === 0 ? undefined : name;
}

/** The id of a user that the base image brings, or of one that is written as a number. */
export function idOfUser(name: string, stage: Stage): number | undefined {
  if (/^\d+$/.test(name)) return Number(name);
  const users = factsBelow(stage)?.users;
  return users && Object.hasOwn(users, name) ? users[name] : undefined;
}
