import { buildTargetUnknown } from "./compose/build-target-unknown.ts";
import { dependencyNotAwaited } from "./compose/dependency-not-awaited.ts";
import { hostUnknown } from "./compose/host-unknown.ts";
import { unknownNetwork } from "./compose/unknown-network.ts";
import { unknownService } from "./compose/unknown-service.ts";
import { unknownVolume } from "./compose/unknown-volume.ts";
import { wrongDataPath } from "./compose/wrong-data-path.ts";
import { commandNotFound } from "./dockerfile/command-not-found.ts";
import { constantPlatform } from "./dockerfile/constant-platform.ts";
import { copyThenChown } from "./dockerfile/copy-then-chown.ts";
import { corepackGone } from "./dockerfile/corepack-gone.ts";
import { dependenciesAfterSources } from "./dockerfile/dependencies-after-sources.ts";
import { duplicateStageName } from "./dockerfile/duplicate-stage-name.ts";
import { endOfLifeBase } from "./dockerfile/end-of-life-base.ts";
import { environmentRefersToItself } from "./dockerfile/environment-refers-to-itself.ts";
import { exposeFormat } from "./dockerfile/expose-format.ts";
import { foreignLibc } from "./dockerfile/foreign-libc.ts";
import { goBinaryNeedsLibc } from "./dockerfile/go-binary-needs-libc.ts";
import { goVersionTooOld } from "./dockerfile/go-version-too-old.ts";
import { healthcheckToolMissing } from "./dockerfile/healthcheck-tool-missing.ts";
import { invalidDefaultArgumentInFrom } from "./dockerfile/invalid-default-argument-in-from.ts";
import { keywordCasing } from "./dockerfile/keyword-casing.ts";
import { legacyKeyValueFormat } from "./dockerfile/legacy-key-value-format.ts";
import { maintainerDeprecated } from "./dockerfile/maintainer-deprecated.ts";
import { missingCaCertificates } from "./dockerfile/missing-ca-certificates.ts";
import { missingTimeZones } from "./dockerfile/missing-time-zones.ts";
import { noShell } from "./dockerfile/no-shell.ts";
import { packageCacheLeft } from "./dockerfile/package-cache-left.ts";
import { pathNeverProduced } from "./dockerfile/path-never-produced.ts";
import { redundantTargetPlatform } from "./dockerfile/redundant-target-platform.ts";
import { relativeWorkdir } from "./dockerfile/relative-workdir.ts";
import { repeatedCommand } from "./dockerfile/repeated-command.ts";
import { reservedStageName } from "./dockerfile/reserved-stage-name.ts";
import { runsAsRoot } from "./dockerfile/runs-as-root.ts";
import { runtimeVersionMismatch } from "./dockerfile/runtime-version-mismatch.ts";
import { scriptCrlf } from "./dockerfile/script-crlf.ts";
import { scriptNotExecutable } from "./dockerfile/script-not-executable.ts";
import { secretInImage } from "./dockerfile/secret-in-image.ts";
import { shebangInterpreterMissing } from "./dockerfile/shebang-interpreter-missing.ts";
import { shellFormSwallowsSignals } from "./dockerfile/shell-form-swallows-signals.ts";
import { stageNameCasing } from "./dockerfile/stage-name-casing.ts";
import { sudoInRun } from "./dockerfile/sudo-in-run.ts";
import { toolchainInFinalStage } from "./dockerfile/toolchain-in-final-stage.ts";
import { undefinedArgumentInFrom } from "./dockerfile/undefined-argument-in-from.ts";
import { undefinedVariable } from "./dockerfile/undefined-variable.ts";
import { unknownStage } from "./dockerfile/unknown-stage.ts";
import { unknownTag } from "./dockerfile/unknown-tag.ts";
import { unpinnedBase } from "./dockerfile/unpinned-base.ts";
import { userUnknownToImage } from "./dockerfile/user-unknown-to-image.ts";
import type { Rule } from "./rule.ts";

/** One line a rule, in order of id. `test/unit/rules/rules.test.ts` holds this list against the folders. */
export const rules: readonly Rule[] = [
  buildTargetUnknown,
  commandNotFound,
  constantPlatform,
  copyThenChown,
  corepackGone,
  dependenciesAfterSources,
  dependencyNotAwaited,
  duplicateStageName,
  endOfLifeBase,
  environmentRefersToItself,
  exposeFormat,
  foreignLibc,
  goBinaryNeedsLibc,
  goVersionTooOld,
  healthcheckToolMissing,
  hostUnknown,
  invalidDefaultArgumentInFrom,
  keywordCasing,
  legacyKeyValueFormat,
  maintainerDeprecated,
  missingCaCertificates,
  missingTimeZones,
  noShell,
  packageCacheLeft,
  pathNeverProduced,
  redundantTargetPlatform,
  relativeWorkdir,
  repeatedCommand,
  reservedStageName,
  runsAsRoot,
  runtimeVersionMismatch,
  scriptCrlf,
  scriptNotExecutable,
  secretInImage,
  shebangInterpreterMissing,
  shellFormSwallowsSignals,
  stageNameCasing,
  sudoInRun,
  toolchainInFinalStage,
  undefinedArgumentInFrom,
  undefinedVariable,
  unknownNetwork,
  unknownService,
  unknownStage,
  unknownTag,
  unknownVolume,
  unpinnedBase,
  userUnknownToImage,
  wrongDataPath,
];
