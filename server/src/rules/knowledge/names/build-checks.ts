/** The checks of BuildKit's Dockerfile frontend (linter/ruleset.go, read 2026-11), which `# check=` directives name. */
const buildChecks: ReadonlySet<string> = new Set([
  "ConsistentInstructionCasing",
  "CopyIgnoredFile",
  "DuplicateStageName",
  "ExposeInvalidFormat",
  "ExposeProtoCasing",
  "FileConsistentCommandCasing",
  "FromAsCasing",
  "FromPlatformFlagConstDisallowed",
  "InvalidBaseImagePlatform",
  "InvalidDefaultArgInFrom",
  "InvalidDefinitionDescription",
  "JSONArgsRecommended",
  "LegacyKeyValueFormat",
  "MaintainerDeprecated",
  "MultipleInstructionsDisallowed",
  "NoEmptyContinuation",
  "RedundantTargetPlatform",
  "ReservedStageName",
  "SecretsUsedInArgOrEnv",
  "StageNameCasing",
  "UndefinedArgInFrom",
  "UndefinedVar",
  "WorkdirRelativePath",
]);

/** Those that run only when `experimental=` asks for them; `skip=` does not speak of them (linter.go, `Run`). */
const experimentalChecks: ReadonlySet<string> = new Set(["InvalidDefinitionDescription"]);

/** Is it the name of a check that `skip=` may turn off? */
export function isBuildCheck(name: string): boolean {
  return buildChecks.has(name);
}

/** Is it the name of a check that `experimental=` may turn on? */
export function isExperimentalCheck(name: string): boolean {
  return experimentalChecks.has(name);
}
