import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildEditorTests, buildShipped } from "./bundles.ts";
import { runChecks } from "./checks.ts";
import { type Count, runEditorSuite, withoutEditor } from "./editor.ts";
import { atEnd } from "./ending.ts";
import { withoutEngine } from "./engine.ts";
import { root } from "./places.ts";
import { show } from "./programs.ts";

/** A part of `npm test`. */
export interface Suite {
  readonly name: string;
  /** One line for the table at the end. */
  readonly about: string;
  /** Whether it runs what is in `dist/`. */
  readonly needsBuild: boolean;
  /** Why it cannot run on this machine; undefined when it can. */
  lacking(): string | undefined;
  /** `filters` keep the files whose path contains one of them. Throws when it could not run. */
  run(filters: readonly string[]): Promise<Outcome>;
}

/** `undefined` for what is not a test by itself: it went well or threw. */
export type Outcome = Count | undefined;

/** The words of `npm test -- editor --keep-shots`. */
export const keepShots = "--keep-shots";

export const build: Suite = {
  name: "build",
  about: "esbuild",
  needsBuild: false,
  lacking: () => undefined,
  run: async () => {
    await buildShipped();
    await buildEditorTests();
    return undefined;
  },
};

/** In the order they run: what is quick and tells most comes first. */
export const suites: readonly Suite[] = [
  build,
  {
    name: "check",
    about: "types, lint, dead code",
    needsBuild: false,
    lacking: () => undefined,
    run: async () => {
      const failed = await runChecks();
      return failed.length > 0 ? { passed: 0, failed: failed.length } : undefined;
    },
  },
  { ...vitest("unit"), about: "parser, model, rules, features", needsBuild: false },
  { ...vitest("grammar"), about: "colours, by VS Code's own engine and grammars", needsBuild: false },
  { ...vitest("protocol"), about: "the language server and the command line", needsBuild: false },
  {
    ...vitest("engine"),
    about: "builds and images on a real Docker Engine",
    needsBuild: false,
    lacking: () => {
      const { PLIMSOLL_DOCKER_HOST: given } = process.env;
      return given ? undefined : withoutEngine();
    },
  },
  {
    name: "editor",
    about: "the packaged extension in a real VS Code",
    needsBuild: true,
    lacking: withoutEditor,
    run: (filters) =>
      runEditorSuite({
        only: filters.find((it) => it !== keepShots) ?? "",
        keepShots: filters.includes(keepShots),
      }),
  },
];

/** The parts of vitest's JSON report that count. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

function vitest(project: string): Omit<Suite, "about" | "needsBuild"> {
  return {
    name: project,
    lacking: () => undefined,
    run: async (filters) => {
      const folder = mkdtempSync(path.join(tmpdir(), "plimsoll-report-"));
      atEnd(() => rmSync(folder, { recursive: true, force: true }));
      const file = path.join(folder, "report.json");
      const program = path.join(root, "node_modules/vitest/vitest.mjs");
      const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
      const args = ["run", "--project", project, ...reporters, ...filters];
      const status = await show(process.execPath, [program, ...args], { cwd: root });
      return count(readFileSync(file, "utf8"), status);
    },
  };
}

/**
 * Counts vitest's tests. A file that could not be loaded has no tests, and a set-up that failed none at all: both fail
 * without a failed test, and count as one.
 */
export function count(json: string, status: number): Count {
  const report: VitestReport = JSON.parse(json);
  const broken = report.testResults.filter(
    (it) => it.status === "failed" && !it.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const failed = report.numFailedTests + broken;
  return { passed: report.numPassedTests, failed: status !== 0 && failed === 0 ? 1 : failed };
}
