import { buildTargetUnknown } from "./compose/build-target-unknown.ts";
import { dependencyNotAwaited } from "./compose/dependency-not-awaited.ts";
import { hostUnknown } from "./compose/host-unknown.ts";
import { unknownNetwork } from "./compose/unknown-network.ts";
import { unknownService } from "./compose/unknown-service.ts";
import { unknownVolume } from "./compose/unknown-volume.ts";
import { wrongDataPath } from "./compose/wrong-data-path.ts";
import { argumentOutOfScope } from "./dockerfile/argument-out-of-scope.ts";
import { aspnetPort } from "./dockerfile/aspnet-port.ts";
import { builderArchitectureCopied } from "./dockerfile/builder-architecture-copied.ts";
import { circularStages } from "./dockerfile/circular-stages.ts";
import { constantPlatform } from "./dockerfile/constant-platform.ts";
import { copyThenChown } from "./dockerfile/copy-then-chown.ts";
import { debugInProduction } from "./dockerfile/debug-in-production.ts";
import { dependenciesAfterSources } from "./dockerfile/dependencies-after-sources.ts";
import { duplicateStageName } from "./dockerfile/duplicate-stage-name.ts";
import { entrypointIgnoresCommand } from "./dockerfile/entrypoint-ignores-command.ts";
import { environmentRefersToItself } from "./dockerfile/environment-refers-to-itself.ts";
import { execFormShellLine } from "./dockerfile/exec-form-shell-line.ts";
import { execFormVariable } from "./dockerfile/exec-form-variable.ts";
import { exposeFormat } from "./dockerfile/expose-format.ts";
import { goBinaryNeedsLibc } from "./dockerfile/go-binary-needs-libc.ts";
import { goBinaryNotStripped } from "./dockerfile/go-binary-not-stripped.ts";
import { hardCodedArchitecture } from "./dockerfile/hard-coded-architecture.ts";
import { healthcheckToolMissing } from "./dockerfile/healthcheck-tool-missing.ts";
import { invalidDefaultArgumentInFrom } from "./dockerfile/invalid-default-argument-in-from.ts";
import { keywordCasing } from "./dockerfile/keyword-casing.ts";
import { legacyKeyValueFormat } from "./dockerfile/legacy-key-value-format.ts";
import { loopbackBind } from "./dockerfile/loopback-bind.ts";
import { maintainerDeprecated } from "./dockerfile/maintainer-deprecated.ts";
import { noShell } from "./dockerfile/no-shell.ts";
import { packageCacheLeft } from "./dockerfile/package-cache-left.ts";
import { pathNeverProduced } from "./dockerfile/path-never-produced.ts";
import { platformArgumentUndeclared } from "./dockerfile/platform-argument-undeclared.ts";
import { portMismatch } from "./dockerfile/port-mismatch.ts";
import { productionBeforeBuild } from "./dockerfile/production-before-build.ts";
import { redundantTargetPlatform } from "./dockerfile/redundant-target-platform.ts";
import { relativeWorkdir } from "./dockerfile/relative-workdir.ts";
import { repeatedCommand } from "./dockerfile/repeated-command.ts";
import { reservedStageName } from "./dockerfile/reserved-stage-name.ts";
import { runsAsRoot } from "./dockerfile/runs-as-root.ts";
import { secretInImage } from "./dockerfile/secret-in-image.ts";
import { shellFormSwallowsSignals } from "./dockerfile/shell-form-swallows-signals.ts";
import { stageNameCasing } from "./dockerfile/stage-name-casing.ts";
import { stopSignalUngraceful } from "./dockerfile/stop-signal-ungraceful.ts";
import { sudoInRun } from "./dockerfile/sudo-in-run.ts";
import { toolchainInFinalStage } from "./dockerfile/toolchain-in-final-stage.ts";
import { undefinedArgumentInFrom } from "./dockerfile/undefined-argument-in-from.ts";
import { undefinedVariable } from "./dockerfile/undefined-variable.ts";
import { unknownStage } from "./dockerfile/unknown-stage.ts";
import { unpinnedBase } from "./dockerfile/unpinned-base.ts";
import { unusedStage } from "./dockerfile/unused-stage.ts";
import { userUnknownToImage } from "./dockerfile/user-unknown-to-image.ts";
import { versionArgumentUnset } from "./dockerfile/version-argument-unset.ts";
import { volatileArgumentEarly } from "./dockerfile/volatile-argument-early.ts";
import type { Rule } from "./rule.ts";

/** One line a rule, in order of id. `test/unit/rules/rules.test.ts` holds this list against the folders. */
export const rules: readonly Rule[] = [
  argumentOutOfScope,
  aspnetPort,
  buildTargetUnknown,
  builderArchitectureCopied,
  circularStages,
  constantPlatform,
  copyThenChown,
  debugInProduction,
  dependenciesAfterSources,
  dependencyNotAwaited,
  duplicateStageName,
  entrypointIgnoresCommand,
  environmentRefersToItself,
  execFormShellLine,
  execFormVariable,
  exposeFormat,
  goBinaryNeedsLibc,
  goBinaryNotStripped,
  hardCodedArchitecture,
  healthcheckToolMissing,
  hostUnknown,
  invalidDefaultArgumentInFrom,
  keywordCasing,
  legacyKeyValueFormat,
  loopbackBind,
  maintainerDeprecated,
  noShell,
  packageCacheLeft,
  pathNeverProduced,
  platformArgumentUndeclared,
  portMismatch,
  productionBeforeBuild,
  redundantTargetPlatform,
  relativeWorkdir,
  repeatedCommand,
  reservedStageName,
  runsAsRoot,
  secretInImage,
  shellFormSwallowsSignals,
  stageNameCasing,
  stopSignalUngraceful,
  sudoInRun,
  toolchainInFinalStage,
  undefinedArgumentInFrom,
  undefinedVariable,
  unknownNetwork,
  unknownService,
  unknownStage,
  unknownVolume,
  unpinnedBase,
  unusedStage,
  userUnknownToImage,
  versionArgumentUnset,
  volatileArgumentEarly,
  wrongDataPath,
];
