import type { Note, Noted } from "../../../text/notes.ts";

/**
 * For questions that cost as much as a file is long: answered for the first `most` askers that belong together, e.g. to one model, so
 * that a file which asks on each line is still checked while somebody types.
 */
export function fewTimes<Owner extends Noted>(note: Note<Owner>, most: number): (owner: Owner) => boolean {
  const asked = note(() => ({ times: 0 }));
  return (owner) => ++asked(owner).times <= most;
}
