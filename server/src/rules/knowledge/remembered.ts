import type { Note, Noted } from "../../text/notes.ts";

/** Answers to questions that many instructions of a file ask alike, kept with `owner` by a key. */
export function rememberedBy<Owner extends Noted, T>(
  note: Note<Owner>,
): (owner: Owner, key: string, find: () => T) => T {
  const known = note(() => new Map<string, { readonly answer: T }>());
  return (owner, key, find) => {
    const answers = known(owner);
    const before = answers.get(key);
    if (before) return before.answer;
    const answer = find();
    answers.set(key, { answer });
    return answer;
  };
}
