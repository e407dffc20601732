import { bindSourceMissing } from "./compose/bind-source-missing.ts";
import { buildTargetUnknown } from "./compose/build-target-unknown.ts";
import { bypassesGateway } from "./compose/bypasses-gateway.ts";
import { commandNeedsShell } from "./compose/command-needs-shell.ts";
import { completedButRestarts } from "./compose/completed-but-restarts.ts";
import { containerNameWithReplicas } from "./compose/container-name-with-replicas.ts";
import { credentialsDiffer } from "./compose/credentials-differ.ts";
import { databaseNotPersisted } from "./compose/database-not-persisted.ts";
import { dependencyCycle } from "./compose/dependency-cycle.ts";
import { dependencyInInactiveProfile } from "./compose/dependency-in-inactive-profile.ts";
import { dependencyNotAwaited } from "./compose/dependency-not-awaited.ts";
import { dollarInterpolated } from "./compose/dollar-interpolated.ts";
import { duplicateContainerName } from "./compose/duplicate-container-name.ts";
import { healthConditionWithoutCheck } from "./compose/health-condition-without-check.ts";
import { healthcheckListForm } from "./compose/healthcheck-list-form.ts";
import { hostNotReachable } from "./compose/host-not-reachable.ts";
import { hostPortClash } from "./compose/host-port-clash.ts";
import { hostPortUsedInside } from "./compose/host-port-used-inside.ts";
import { hostUnknown } from "./compose/host-unknown.ts";
import { localhostInContainer } from "./compose/localhost-in-container.ts";
import { missingInit } from "./compose/missing-init.ts";
import { missingLimits } from "./compose/missing-limits.ts";
import { missingRestart } from "./compose/missing-restart.ts";
import { mountHidesArtifact } from "./compose/mount-hides-artifact.ts";
import { obsoleteVersion } from "./compose/obsolete-version.ts";
import { plainPassword } from "./compose/plain-password.ts";
import { portNotExposed } from "./compose/port-not-exposed.ts";
import { portsInHostNetwork } from "./compose/ports-in-host-network.ts";
import { proxyUpstreamUnknown } from "./compose/proxy-upstream-unknown.ts";
import { publishedDatabase } from "./compose/published-database.ts";
import { quotedInList } from "./compose/quoted-in-list.ts";
import { replicasWithFixedPort } from "./compose/replicas-with-fixed-port.ts";
import { requiredVariableMissing } from "./compose/required-variable-missing.ts";
import { secretNotGranted } from "./compose/secret-not-granted.ts";
import { serviceHealthcheckToolMissing } from "./compose/service-healthcheck-tool-missing.ts";
import { undeclaredBuildArgument } from "./compose/undeclared-build-argument.ts";
import { unknownConfig } from "./compose/unknown-config.ts";
import { unknownNetwork } from "./compose/unknown-network.ts";
import { unknownSecret } from "./compose/unknown-secret.ts";
import { unknownService } from "./compose/unknown-service.ts";
import { unknownVolume } from "./compose/unknown-volume.ts";
import { unpinnedImage } from "./compose/unpinned-image.ts";
import { unsetVariable } from "./compose/unset-variable.ts";
import { unusedResource } from "./compose/unused-resource.ts";
import { wrongDataPath } from "./compose/wrong-data-path.ts";
import { constantPlatform } from "./dockerfile/constant-platform.ts";
import { copyThenChown } from "./dockerfile/copy-then-chown.ts";
import { dependenciesAfterSources } from "./dockerfile/dependencies-after-sources.ts";
import { duplicateStageName } from "./dockerfile/duplicate-stage-name.ts";
import { environmentRefersToItself } from "./dockerfile/environment-refers-to-itself.ts";
import { exposeFormat } from "./dockerfile/expose-format.ts";
import { goBinaryNeedsLibc } from "./dockerfile/go-binary-needs-libc.ts";
import { healthcheckToolMissing } from "./dockerfile/healthcheck-tool-missing.ts";
import { invalidDefaultArgumentInFrom } from "./dockerfile/invalid-default-argument-in-from.ts";
import { keywordCasing } from "./dockerfile/keyword-casing.ts";
import { legacyKeyValueFormat } from "./dockerfile/legacy-key-value-format.ts";
import { maintainerDeprecated } from "./dockerfile/maintainer-deprecated.ts";
import { noShell } from "./dockerfile/no-shell.ts";
import { packageCacheLeft } from "./dockerfile/package-cache-left.ts";
import { pathNeverProduced } from "./dockerfile/path-never-produced.ts";
import { redundantTargetPlatform } from "./dockerfile/redundant-target-platform.ts";
import { relativeWorkdir } from "./dockerfile/relative-workdir.ts";
import { repeatedCommand } from "./dockerfile/repeated-command.ts";
import { reservedStageName } from "./dockerfile/reserved-stage-name.ts";
import { runsAsRoot } from "./dockerfile/runs-as-root.ts";
import { secretInImage } from "./dockerfile/secret-in-image.ts";
import { shellFormSwallowsSignals } from "./dockerfile/shell-form-swallows-signals.ts";
import { stageNameCasing } from "./dockerfile/stage-name-casing.ts";
import { sudoInRun } from "./dockerfile/sudo-in-run.ts";
import { toolchainInFinalStage } from "./dockerfile/toolchain-in-final-stage.ts";
import { undefinedArgumentInFrom } from "./dockerfile/undefined-argument-in-from.ts";
import { undefinedVariable } from "./dockerfile/undefined-variable.ts";
import { unknownStage } from "./dockerfile/unknown-stage.ts";
import { unpinnedBase } from "./dockerfile/unpinned-base.ts";
import { userUnknownToImage } from "./dockerfile/user-unknown-to-image.ts";
import type { Rule } from "./rule.ts";

/** One line a rule, in order of id. `test/unit/rules/rules.test.ts` holds this list against the folders. */
export const rules: readonly Rule[] = [
  bindSourceMissing,
  buildTargetUnknown,
  bypassesGateway,
  commandNeedsShell,
  completedButRestarts,
  constantPlatform,
  containerNameWithReplicas,
  copyThenChown,
  credentialsDiffer,
  databaseNotPersisted,
  dependenciesAfterSources,
  dependencyCycle,
  dependencyInInactiveProfile,
  dependencyNotAwaited,
  dollarInterpolated,
  duplicateContainerName,
  duplicateStageName,
  environmentRefersToItself,
  exposeFormat,
  goBinaryNeedsLibc,
  healthConditionWithoutCheck,
  healthcheckListForm,
  healthcheckToolMissing,
  hostNotReachable,
  hostPortClash,
  hostPortUsedInside,
  hostUnknown,
  invalidDefaultArgumentInFrom,
  keywordCasing,
  legacyKeyValueFormat,
  localhostInContainer,
  maintainerDeprecated,
  missingInit,
  missingLimits,
  missingRestart,
  mountHidesArtifact,
  noShell,
  obsoleteVersion,
  packageCacheLeft,
  pathNeverProduced,
  plainPassword,
  portNotExposed,
  portsInHostNetwork,
  proxyUpstreamUnknown,
  publishedDatabase,
  quotedInList,
  redundantTargetPlatform,
  relativeWorkdir,
  repeatedCommand,
  replicasWithFixedPort,
  requiredVariableMissing,
  reservedStageName,
  runsAsRoot,
  secretInImage,
  secretNotGranted,
  serviceHealthcheckToolMissing,
  shellFormSwallowsSignals,
  stageNameCasing,
  sudoInRun,
  toolchainInFinalStage,
  undeclaredBuildArgument,
  undefinedArgumentInFrom,
  undefinedVariable,
  unknownConfig,
  unknownNetwork,
  unknownSecret,
  unknownService,
  unknownStage,
  unknownVolume,
  unpinnedBase,
  unpinnedImage,
  unsetVariable,
  unusedResource,
  userUnknownToImage,
  wrongDataPath,
];
