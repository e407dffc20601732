import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildEditorTests, buildShipped } from "./bundles.ts";
import { runChecks } from "./checks.ts";
import { runEditorSuite, withoutEditor } from "./editor.ts";
import { atEnd } from "./ending.ts";
import { withoutEngine } from "./engine.ts";
import { failure, nothingFailed, type Outcome } from "./outcome.ts";
import { fromRoot, root } from "./places.ts";
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
    return nothingFailed;
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
      return { passed: 0, failures: failed.map((name) => failure(name)) };
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
  readonly testResults: readonly {
    /** Absolute path of the file. */
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[] | null;
    }[];
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
      return outcomeOf(readFileSync(file, "utf8"), status);
    },
  };
}

/**
 * Reads vitest's report. A file that could not be loaded has no tests, and a set-up that failed none at all: both fail
 * without a failed test, and are a failure each.
 */
export function outcomeOf(json: string, status: number): Outcome {
  const report: VitestReport = JSON.parse(json);
  const failures = report.testResults.flatMap((file) => {
    const failed = file.assertionResults.filter((test) => test.status === "failed");
    const name = fromRoot(file.name);
    if (failed.length > 0)
      return failed.map((test) => failure(`${name}: ${test.fullName}`, test.failureMessages?.[0]));
    return file.status === "failed" ? [failure(name, file.message)] : [];
  });
  const unseen = status !== 0 && failures.length === 0 ? [failure(`vitest ended with status ${status}`)] : [];
  return { passed: report.numPassedTests, failures: [...failures, ...unseen] };
}
