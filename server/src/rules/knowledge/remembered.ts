/** Answers to questions that many instructions of a file ask alike, kept as long as `owner`, e.g. its model. */
export function rememberedBy<T>(): (owner: object, key: string, find: () => T) => T {
  const known = new WeakMap<object, Map<string, { readonly answer: T }>>();
  return (owner, key, find) => {
    const answers = known.get(owner) ?? new Map<string, { readonly answer: T }>();
    known.set(owner, answers);
    const before = answers.get(key);
    if (before) return before.answer;
    const answer = find();
    answers.set(key, { answer });
    return answer;
  };
}
