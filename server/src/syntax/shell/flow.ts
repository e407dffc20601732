/** How a command in a list of `&&` and `||` is reached, and whether its failure counts. */
export interface Flow {
  readonly conditional: boolean;
  readonly mayFail: boolean;
}

/** One member of an and-or list: a simple command, a pipeline or a compound. */
export interface ListMember {
  /** What stands before it; `first` for the first. */
  readonly after: "first" | "&&" | "||";
  /** Its program, where it is a simple command. */
  readonly name: string | undefined;
}

/**
 * The flow of each member of one and-or list. `last`: nothing of the same script follows, so that the list's
 * failure is the script's.
 */
export function flowOf(members: readonly ListMember[], last: boolean): Flow[] {
  let guarded = false;
  let behindTest = false;
  const flows: { conditional: boolean; mayFail: boolean }[] = [];
  members.forEach(({ after, name }, index) => {
    // `[ -f x ] && rm x; …` goes on when the test fails. As the script's last list it would end it with a failure.
    const conditional = after === "||" || (after === "&&" && (guarded || (behindTest && !last)));
    guarded = after === "||" || (after === "&&" && guarded);
    behindTest ||= name !== undefined && TESTS.has(name);
    flows.push({ conditional, mayFail: false });
    if (after !== "||" || aborts(name)) return;
    for (const flow of flows.slice(0, index)) flow.mayFail = true;
  });
  return flows;
}

/** Commands that are run for their answer; a failing one is no failure of the author's plan. */
const TESTS: ReadonlySet<string> = new Set([
  "[",
  "[[",
  "test",
  "command",
  "which",
  "type",
  "hash",
  "grep",
  "id",
  "getent",
  "false",
]);

function aborts(name: string | undefined): boolean {
  return name === "exit" || name === "false" || name === "return";
}
