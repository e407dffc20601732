import { isRecord } from "../shared/is-record.ts";

/** Another extension that reports on Dockerfiles, and how its own settings keep it from saying what Plimsoll says too. */
export interface OtherLinter {
  /** `publisher.name`. */
  readonly extension: string;
  readonly name: string;
  /** Does it report under this name (`DL3002`, `StageNameCasing`) too? */
  readonly reports: (name: string) => boolean;
  /**
   * Its setting for these names as it should be while Plimsoll reports (`silent`), or as it was before. `present` is what the
   * user has. Empty for an extension that has no such setting.
   */
  readonly settings: (
    names: readonly string[],
    present: (setting: string) => unknown,
    silent: boolean,
  ) => Readonly<Record<string, unknown>>;
}

/** Who reports what both know. */
export type Reporter = "plimsoll" | "other" | "both";

const hadolint: OtherLinter = {
  extension: "exiasr.hadolint",
  name: "hadolint",
  reports: (name) => /^DL\d{4}$/.test(name),
  // Its ShellCheck findings stay, and rules that Plimsoll does not have.
  settings(names, present, silent) {
    const options = withoutIgnored(stringsOf(present("hadolint.cliOptions")) ?? ["--no-color"], names);
    const ignored = silent ? names.flatMap((it) => ["--ignore", it]) : [];
    return { "hadolint.cliOptions": [...options, ...ignored] };
  },
};

/** What the nine settings of the Dockerfile server in Container Tools are about, by the names that BuildKit gave the same checks. */
const containerToolsChecks: Readonly<Record<string, string>> = {
  deprecatedMaintainer: "MaintainerDeprecated",
  directiveCasing: "",
  emptyContinuationLine: "NoEmptyContinuation",
  instructionCasing: "ConsistentInstructionCasing",
  instructionCmdMultiple: "MultipleInstructionsDisallowed",
  instructionEntrypointMultiple: "MultipleInstructionsDisallowed",
  instructionHealthcheckMultiple: "MultipleInstructionsDisallowed",
  instructionJSONInSingleQuotes: "",
  instructionWorkdirRelative: "WorkdirRelativePath",
};

function containerTools(extension: string): OtherLinter {
  return {
    extension,
    name: "Container Tools",
    reports: (name) => name !== "" && Object.values(containerToolsChecks).includes(name),
    settings: (names, _present, silent) =>
      Object.fromEntries(
        Object.entries(containerToolsChecks)
          .filter(([, check]) => names.includes(check))
          // Undefined takes the user's value away, so that the default holds again.
          .map(([setting]) => [
            `docker.languageserver.diagnostics.${setting}`,
            silent ? "ignore" : undefined,
          ]),
      ),
  };
}

const dockerDx: OtherLinter = {
  extension: "docker.docker",
  name: "Docker DX",
  // BuildKit's checks, which are the ones named in PascalCase.
  reports: (name) => /^([A-Z][a-z]+){2,}$|^JSONArgsRecommended$/.test(name),
  settings: () => ({}),
};

/** Their settings as of hadolint 1.1.2, Container Tools 2.5.0 and Docker DX 0.18.0 (package.json of each, read 2026-11). */
export const otherLinters: readonly OtherLinter[] = [
  hadolint,
  containerTools("ms-azuretools.vscode-containers"),
  dockerDx,
];

/**
 * `plimsoll.rules` for this choice: what the other one reports is off while it reports, and as by default when it does not.
 * Everything else that the user set stays.
 */
export function ownRules(
  present: unknown,
  names: readonly string[],
  reporter: Reporter,
): Readonly<Record<string, unknown>> {
  const others = Object.entries(isRecord(present) ? present : {}).filter(
    ([name, severity]) => !(names.includes(name) && severity === "off"),
  );
  const off = reporter === "other" ? names.map((it) => [it, "off"]) : [];
  return Object.fromEntries([...others, ...off]);
}

/** The options without `--ignore NAME` for these names. */
function withoutIgnored(options: readonly string[], names: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < options.length; at++) {
    const option = options[at] ?? "";
    if (option === "--ignore" && names.includes(options[at + 1] ?? "")) at++;
    else kept.push(option);
  }
  return kept;
}

function stringsOf(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.filter((it) => typeof it === "string") : undefined;
}
