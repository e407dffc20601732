/** An object with which is kept what was worked out about it. */
export interface Noted {
  /** By page of the notebook for objects of its kind; written and read by nobody else. */
  readonly notes: unknown[];
}

/**
 * Makes questions about one kind of object. Each is worked out when it is first asked of an object, and then kept with it. What
 * stands in a `WeakMap` of the asking module instead outlives all collections but the rare ones of the whole heap, so that
 * nothing of a file would die young.
 */
export function notebook<Owner extends Noted>(): Note<Owner> {
  let pages = 0;
  return <Answer, With>(find: (owner: Owner, more: With) => Answer) => {
    const page = pages++;
    return (owner: Owner, more: With): Answer => {
      const known = owner.notes[page];
      if (known !== undefined) return (known === NOTHING ? undefined : known) as Answer;
      const answer = find(owner, more);
      owner.notes[page] = answer === undefined ? NOTHING : answer;
      return answer;
    };
  };
}

/** What is handed on to `find`, `more`, is the same whenever the same object is asked. */
export type Note<Owner extends Noted> = <Answer, With = void>(
  find: (owner: Owner, more: With) => Answer,
) => (owner: Owner, more: With) => Answer;

/** That the answer is `undefined`. */
const NOTHING = Symbol("nothing");
