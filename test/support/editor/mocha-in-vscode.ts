import { globSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format } from "node:util";
import Mocha from "mocha";

/** What a run of mocha in the extension host leaves in the file that `PLIMSOLL_MOCHA_REPORT` names. */
export interface MochaReport {
  readonly passes: number;
  readonly failures: readonly { readonly test: string; readonly message: string }[];
  /** The spec report, as mocha would print it. */
  readonly output: string;
}

/**
 * Runs every `*.test.js` in `folder` and writes the report. Rejects when a test failed, which is how VS Code is told.
 * `PLIMSOLL_TEST_ONLY` keeps the files whose name contains it.
 */
export async function runMocha(folder: string): Promise<void> {
  const lines: string[] = [];
  // The console of the extension host cannot be listened to from outside.
  Mocha.reporters.Base.consoleLog = (...values: unknown[]) => void lines.push(format(...values));

  // A real editor on a busy machine has a test wait too long now and then: one more try, and the report says so.
  const mocha = new Mocha({ ui: "bdd", color: false, timeout: 60_000, reporter: "spec", retries: 1 });
  const { PLIMSOLL_TEST_ONLY: only = "", PLIMSOLL_MOCHA_REPORT: reportFile } = process.env;
  for (const file of globSync("*.test.js", { cwd: folder }).sort()) {
    if (file.includes(only)) mocha.addFile(path.join(folder, file));
  }
  let passes = 0;
  const failures: MochaReport["failures"][number][] = [];
  await new Promise<number>((resolve) => {
    mocha
      .run(resolve)
      .on("fail", (test: Mocha.Runnable, error: unknown) => {
        failures.push({ test: test.fullTitle(), message: String(error) });
      })
      .on("pass", () => {
        passes += 1;
      })
      .on("retry", (test: Mocha.Runnable, error: unknown) => {
        lines.push(`    Once more, as it failed: ${test.title}\n      ${format(error)}`);
      });
  });
  const report: MochaReport = { passes, failures, output: lines.join("\n") };
  if (reportFile) writeFileSync(reportFile, JSON.stringify(report));
  if (failures.length > 0) throw new Error(reportFile ? `${failures.length} tests failed.` : report.output);
}
