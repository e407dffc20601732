/** A test that failed, as the end of `npm test` lists it: a log of thousands of lines may be cut before anybody reads it. */
export interface Failure {
  /** The file and the names around it, or the step. */
  readonly test: string;
  /** What the test says, or its first lines; undefined where what is printed above says it. */
  readonly why: string | undefined;
}

/** What came of some tests. */
export interface Outcome {
  readonly passed: number;
  readonly failures: readonly Failure[];
}

/** Of what is no test by itself and went well. */
export const nothingFailed: Outcome = { passed: 0, failures: [] };

/** `message`: an error's text, of which the stack and what follows many lines are left out. */
export function failure(test: string, message?: string): Failure {
  const lines = message
    ?.split("\n")
    .filter((line) => line.trim() !== "" && !/^\s+at /.test(line))
    .slice(0, 8);
  return { test, why: lines?.join("\n") };
}

export function together(outcomes: readonly Outcome[]): Outcome {
  return {
    passed: outcomes.reduce((sum, it) => sum + it.passed, 0),
    failures: outcomes.flatMap((it) => it.failures),
  };
}
