/**
 * `npm test`: everything that runs. `npm test -- SUITE… [FILTER…]` runs some: build, check, unit, grammar, protocol, engine, editor. A filter keeps the
 * files whose path contains it.
 *
 * A suite whose real part cannot be had on this machine is skipped, with its reason in the table; with `CI=true` that is a failure.
 * What failed is listed once more at the end; the last line is `N passed, M failed`, over all suites. The status is 0 only when nothing failed.
 */

import { command, Expected } from "./ending.ts";
import { type Failure, failure, together } from "./outcome.ts";
import { seconds } from "./say.ts";
import { build, keepShots, type Suite, suites } from "./suites.ts";

interface Result {
  readonly suite: Suite;
  readonly passed: number;
  readonly failures: readonly Failure[];
  readonly note: string;
  readonly milliseconds: number;
}

await command(async () => {
  const { chosen, filters } = choose(process.argv.slice(2));
  const results: Result[] = [];
  for (const suite of chosen) {
    console.log(`\n── ${suite.name}: ${suite.about}`);
    results.push(await runSuite(suite, filters, results));
  }
  const { passed, failures } = together(results);
  const parts = [table(results), ...listed(results), `${passed} passed, ${failures.length} failed`];
  console.log(`\n${parts.join("\n\n")}`);
  return failures.length > 0 ? 1 : 0;
});

function choose(args: readonly string[]): { chosen: readonly Suite[]; filters: readonly string[] } {
  const named = suites.filter((it) => args.includes(it.name));
  const filters = args.filter((arg) => !suites.some((it) => it.name === arg));
  if (named.length === 0 && filters.some((it) => it !== keepShots))
    throw new Expected(
      `There is no suite ${filters[0]}; there are ${suites.map((it) => it.name).join(", ")}.`,
    );
  const all = named.length > 0 ? named : suites;
  const built = all.includes(build) || !all.some((it) => it.needsBuild);
  return { chosen: built ? all : [build, ...all], filters };
}

async function runSuite(
  suite: Suite,
  filters: readonly string[],
  before: readonly Result[],
): Promise<Result> {
  const start = performance.now();
  const result = (passed: number, failures: readonly Failure[], note = ""): Result => {
    return { suite, passed, failures, note, milliseconds: performance.now() - start };
  };
  if (suite.needsBuild && before.some((it) => it.suite === build && it.failures.length > 0))
    return result(0, [failure("not run")], "not run, there is no build");
  const lacking = suite.lacking();
  if (lacking) {
    const { CI } = process.env;
    console.log(`Skipped: ${lacking}.`);
    return result(0, CI === "true" ? [failure("skipped", lacking)] : [], `skipped: ${lacking}`);
  }
  try {
    const { passed, failures } = await suite.run(filters);
    return result(passed, failures);
  } catch (error) {
    console.error(error instanceof Expected ? error.message : error);
    const note = error instanceof Expected ? (error.message.split("\n")[0] ?? "") : "could not run";
    return result(0, [failure("could not run", String(error))], note);
  }
}

function table(results: readonly Result[]): string {
  const rows = results.map(({ suite, passed, failures: { length: failed }, note, milliseconds }) => [
    note.startsWith("skipped") && failed === 0 ? "–" : failed > 0 ? "✗" : "✓",
    suite.name,
    passed + failed > 0 && note === "" ? `${passed} passed${failed > 0 ? `, ${failed} failed` : ""}` : "",
    seconds(milliseconds),
    note,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** What failed, once more and last: the place in the log where it did may be thousands of lines above. */
function listed(results: readonly Result[]): readonly string[] {
  return results.flatMap(({ suite, failures }) =>
    failures.map(({ test, why }) =>
      [`✗ ${suite.name}: ${test}`, ...(why?.split("\n") ?? []).map((line) => `    ${line}`)].join("\n"),
    ),
  );
}
