import { advertisedLocalhost } from "./compose/advertised-localhost.ts";
import { bindSourceMissing } from "./compose/bind-source-missing.ts";
import { brokerWithoutHostname } from "./compose/broker-without-hostname.ts";
import { buildAndImage } from "./compose/build-and-image.ts";
import { buildContextMissing } from "./compose/build-context-missing.ts";
import { buildSecretNotGiven } from "./compose/build-secret-not-given.ts";
import { buildTargetUnknown } from "./compose/build-target-unknown.ts";
import { bypassesGateway } from "./compose/bypasses-gateway.ts";
import { capabilitiesKept } from "./compose/capabilities-kept.ts";
import { colonInList } from "./compose/colon-in-list.ts";
import { commandInOneWord } from "./compose/command-in-one-word.ts";
import { commandNeedsShell } from "./compose/command-needs-shell.ts";
import { completedButRestarts } from "./compose/completed-but-restarts.ts";
import { compositionCycle } from "./compose/composition-cycle.ts";
import { configurationInterpolated } from "./compose/configuration-interpolated.ts";
import { confinementDisabled } from "./compose/confinement-disabled.ts";
import { conflictingKeys } from "./compose/conflicting-keys.ts";
import { containerNameWithReplicas } from "./compose/container-name-with-replicas.ts";
import { contextServiceNotBuilt } from "./compose/context-service-not-built.ts";
import { credentialsDiffer } from "./compose/credentials-differ.ts";
import { dataVolumeShared } from "./compose/data-volume-shared.ts";
import { databaseNotPersisted } from "./compose/database-not-persisted.ts";
import { dependencyCycle } from "./compose/dependency-cycle.ts";
import { dependencyInInactiveProfile } from "./compose/dependency-in-inactive-profile.ts";
import { dependencyNotAwaited } from "./compose/dependency-not-awaited.ts";
import { dockerfileMissing } from "./compose/dockerfile-missing.ts";
import { dollarInterpolated } from "./compose/dollar-interpolated.ts";
import { duplicateContainerName } from "./compose/duplicate-container-name.ts";
import { endOfLifeImage } from "./compose/end-of-life-image.ts";
import { engineRefusesValue } from "./compose/engine-refuses-value.ts";
import { engineSocketMounted } from "./compose/engine-socket-mounted.ts";
import { entrySetTwice } from "./compose/entry-set-twice.ts";
import { entrypointDropsCommand } from "./compose/entrypoint-drops-command.ts";
import { entrypointRepeated } from "./compose/entrypoint-repeated.ts";
import { environmentFileMissing } from "./compose/environment-file-missing.ts";
import { fixedContainerName } from "./compose/fixed-container-name.ts";
import { foreignCgroup } from "./compose/foreign-cgroup.ts";
import { healthConditionWithoutCheck } from "./compose/health-condition-without-check.ts";
import { healthcheckHostPort } from "./compose/healthcheck-host-port.ts";
import { healthcheckListForm } from "./compose/healthcheck-list-form.ts";
import { healthcheckLoginUnknown } from "./compose/healthcheck-login-unknown.ts";
import { healthcheckVariableUnset } from "./compose/healthcheck-variable-unset.ts";
import { hostDirectoryMounted } from "./compose/host-directory-mounted.ts";
import { hostNamespace } from "./compose/host-namespace.ts";
import { hostNotReachable } from "./compose/host-not-reachable.ts";
import { hostPortClash } from "./compose/host-port-clash.ts";
import { hostPortUsedInside } from "./compose/host-port-used-inside.ts";
import { hostUnknown } from "./compose/host-unknown.ts";
import { imageRefusesVariable } from "./compose/image-refuses-variable.ts";
import { includeConflict } from "./compose/include-conflict.ts";
import { incompleteMount } from "./compose/incomplete-mount.ts";
import { initScriptUnread } from "./compose/init-script-unread.ts";
import { invalidContainerName } from "./compose/invalid-container-name.ts";
import { invalidName } from "./compose/invalid-name.ts";
import { localhostInContainer } from "./compose/localhost-in-container.ts";
import { loginMissing } from "./compose/login-missing.ts";
import { malformedValue } from "./compose/malformed-value.ts";
import { malformedVariable } from "./compose/malformed-variable.ts";
import { missingComposeFile } from "./compose/missing-compose-file.ts";
import { missingInit } from "./compose/missing-init.ts";
import { missingKey } from "./compose/missing-key.ts";
import { missingLimits } from "./compose/missing-limits.ts";
import { missingProjectName } from "./compose/missing-project-name.ts";
import { missingRestart } from "./compose/missing-restart.ts";
import { mountHidesArtifact } from "./compose/mount-hides-artifact.ts";
import { mountKindDiffers } from "./compose/mount-kind-differs.ts";
import { mountedConfigUnread } from "./compose/mounted-config-unread.ts";
import { mountedNginxBlockMisplaced } from "./compose/mounted-nginx-block-misplaced.ts";
import { mountedScriptBroken } from "./compose/mounted-script-broken.ts";
import { newPrivilegesAllowed } from "./compose/new-privileges-allowed.ts";
import { nginxVariableUnset } from "./compose/nginx-variable-unset.ts";
import { nothingToRun } from "./compose/nothing-to-run.ts";
import { numberRewritten } from "./compose/number-rewritten.ts";
import { obsoleteLinks } from "./compose/obsolete-links.ts";
import { obsoleteVersion } from "./compose/obsolete-version.ts";
import { passwordNotEscaped } from "./compose/password-not-escaped.ts";
import { plainPassword } from "./compose/plain-password.ts";
import { plainPasswordInResource } from "./compose/plain-password-in-resource.ts";
import { platformNotBuilt } from "./compose/platform-not-built.ts";
import { portNotExposed } from "./compose/port-not-exposed.ts";
import { portNotServed } from "./compose/port-not-served.ts";
import { portsInHostNetwork } from "./compose/ports-in-host-network.ts";
import { powerfulCapability } from "./compose/powerful-capability.ts";
import { privilegedService } from "./compose/privileged-service.ts";
import { proxyLabelUnknown } from "./compose/proxy-label-unknown.ts";
import { proxyUpstreamUnknown } from "./compose/proxy-upstream-unknown.ts";
import { publishedDatabase } from "./compose/published-database.ts";
import { quotedDefault } from "./compose/quoted-default.ts";
import { quotedInList } from "./compose/quoted-in-list.ts";
import { quotedVolume } from "./compose/quoted-volume.ts";
import { readOnlyWithoutTmpfs } from "./compose/read-only-without-tmpfs.ts";
import { repeatedEntry } from "./compose/repeated-entry.ts";
import { replicaSetUnknown } from "./compose/replica-set-unknown.ts";
import { replicasWithFixedPort } from "./compose/replicas-with-fixed-port.ts";
import { requiredVariableMissing } from "./compose/required-variable-missing.ts";
import { resourceFileMissing } from "./compose/resource-file-missing.ts";
import { resourceWithoutSource } from "./compose/resource-without-source.ts";
import { routerNotEnabled } from "./compose/router-not-enabled.ts";
import { routerRuleUnread } from "./compose/router-rule-unread.ts";
import { secretNotGranted } from "./compose/secret-not-granted.ts";
import { secretPathAsValue } from "./compose/secret-path-as-value.ts";
import { serverOptionGone } from "./compose/server-option-gone.ts";
import { serviceBrowserVariableLate } from "./compose/service-browser-variable-late.ts";
import { serviceCommandNotFound } from "./compose/service-command-not-found.ts";
import { serviceEndsAtOnce } from "./compose/service-ends-at-once.ts";
import { serviceHealthcheckToolMissing } from "./compose/service-healthcheck-tool-missing.ts";
import { serviceLeavesForeground } from "./compose/service-leaves-foreground.ts";
import { serviceLoopbackBind } from "./compose/service-loopback-bind.ts";
import { serviceTimeZoneUnknown } from "./compose/service-time-zone-unknown.ts";
import { serviceUserUnknown } from "./compose/service-user-unknown.ts";
import { serviceWithoutHealthcheck } from "./compose/service-without-healthcheck.ts";
import { setTwiceDifferently } from "./compose/set-twice-differently.ts";
import { sharedPropagation } from "./compose/shared-propagation.ts";
import { targetMountedTwice } from "./compose/target-mounted-twice.ts";
import { unboundPort } from "./compose/unbound-port.ts";
import { undeclaredBuildArgument } from "./compose/undeclared-build-argument.ts";
import { unknownConfig } from "./compose/unknown-config.ts";
import { unknownKey } from "./compose/unknown-key.ts";
import { unknownModel } from "./compose/unknown-model.ts";
import { unknownNetwork } from "./compose/unknown-network.ts";
import { unknownSecret } from "./compose/unknown-secret.ts";
import { unknownService } from "./compose/unknown-service.ts";
import { unknownValue } from "./compose/unknown-value.ts";
import { unknownVolume } from "./compose/unknown-volume.ts";
import { unpinnedImage } from "./compose/unpinned-image.ts";
import { unquotedPort } from "./compose/unquoted-port.ts";
import { unreadPart } from "./compose/unread-part.ts";
import { unreadableCommand } from "./compose/unreadable-command.ts";
import { unsetVariable } from "./compose/unset-variable.ts";
import { unsortedDependencies } from "./compose/unsorted-dependencies.ts";
import { unsortedPorts } from "./compose/unsorted-ports.ts";
import { unsortedSections } from "./compose/unsorted-sections.ts";
import { unsortedServiceKeys } from "./compose/unsorted-service-keys.ts";
import { unsortedServices } from "./compose/unsorted-services.ts";
import { unusedResource } from "./compose/unused-resource.ts";
import { variableUnknownToImage } from "./compose/variable-unknown-to-image.ts";
import { volumeNotWritable } from "./compose/volume-not-writable.ts";
import { volumeTakenForDrive } from "./compose/volume-taken-for-drive.ts";
import { watchWithoutEffect } from "./compose/watch-without-effect.ts";
import { withdrawnImage } from "./compose/withdrawn-image.ts";
import { workingDirectoryMissing } from "./compose/working-directory-missing.ts";
import { writableRoot } from "./compose/writable-root.ts";
import { wrongDataPath } from "./compose/wrong-data-path.ts";
import { wrongType } from "./compose/wrong-type.ts";
import { accountOptionUnknown } from "./dockerfile/account-option-unknown.ts";
import { accountToolMissing } from "./dockerfile/account-tool-missing.ts";
import { accountUnknown } from "./dockerfile/account-unknown.ts";
import { applicationModuleMissing } from "./dockerfile/application-module-missing.ts";
import { aptInScript } from "./dockerfile/apt-in-script.ts";
import { aptSourcesMoved } from "./dockerfile/apt-sources-moved.ts";
import { archiveKindDiffers } from "./dockerfile/archive-kind-differs.ts";
import { archiveLeft } from "./dockerfile/archive-left.ts";
import { argumentDefaultWithoutEquals } from "./dockerfile/argument-default-without-equals.ts";
import { argumentOutOfScope } from "./dockerfile/argument-out-of-scope.ts";
import { aspnetPort } from "./dockerfile/aspnet-port.ts";
import { aspnetRuntimeMissing } from "./dockerfile/aspnet-runtime-missing.ts";
import { assetsWithoutSecretKey } from "./dockerfile/assets-without-secret-key.ts";
import { backslashJoinsLines } from "./dockerfile/backslash-joins-lines.ts";
import { baseWithoutDigest } from "./dockerfile/base-without-digest.ts";
import { bashSyntaxInSh } from "./dockerfile/bash-syntax-in-sh.ts";
import { bracketWithoutBlank } from "./dockerfile/bracket-without-blank.ts";
import { bracketsForBraces } from "./dockerfile/brackets-for-braces.ts";
import { browserTwice } from "./dockerfile/browser-twice.ts";
import { browserVariableLate } from "./dockerfile/browser-variable-late.ts";
import { buildFilesShipped } from "./dockerfile/build-files-shipped.ts";
import { buildPackagesKept } from "./dockerfile/build-packages-kept.ts";
import { builderArchitectureCopied } from "./dockerfile/builder-architecture-copied.ts";
import { bundlerOptionGone } from "./dockerfile/bundler-option-gone.ts";
import { cacheMountDefeated } from "./dockerfile/cache-mount-defeated.ts";
import { cacheMountMisplaced } from "./dockerfile/cache-mount-misplaced.ts";
import { cdInRun } from "./dockerfile/cd-in-run.ts";
import { circularStages } from "./dockerfile/circular-stages.ts";
import { cleaningRefused } from "./dockerfile/cleaning-refused.ts";
import { cloneWithHistory } from "./dockerfile/clone-with-history.ts";
import { commandNotFound } from "./dockerfile/command-not-found.ts";
import { commandNotInImage } from "./dockerfile/command-not-in-image.ts";
import { commandRepeatsEntrypoint } from "./dockerfile/command-repeats-entrypoint.ts";
import { commentBehindInstruction } from "./dockerfile/comment-behind-instruction.ts";
import { condaActivateInRun } from "./dockerfile/conda-activate-in-run.ts";
import { consecutiveRuns } from "./dockerfile/consecutive-runs.ts";
import { constantPlatform } from "./dockerfile/constant-platform.ts";
import { copiedUnread } from "./dockerfile/copied-unread.ts";
import { copyAllWithoutDockerignore } from "./dockerfile/copy-all-without-dockerignore.ts";
import { copyDestinationNotDirectory } from "./dockerfile/copy-destination-not-directory.ts";
import { copyFlattensFolders } from "./dockerfile/copy-flattens-folders.ts";
import { copySourceIgnored } from "./dockerfile/copy-source-ignored.ts";
import { copySourceMissing } from "./dockerfile/copy-source-missing.ts";
import { copyThenChown } from "./dockerfile/copy-then-chown.ts";
import { copyThenExtract } from "./dockerfile/copy-then-extract.ts";
import { copyWholeRoot } from "./dockerfile/copy-whole-root.ts";
import { copyWithoutOwner } from "./dockerfile/copy-without-owner.ts";
import { corepackGone } from "./dockerfile/corepack-gone.ts";
import { curlAndWget } from "./dockerfile/curl-and-wget.ts";
import { debugInProduction } from "./dockerfile/debug-in-production.ts";
import { debuggerShipped } from "./dockerfile/debugger-shipped.ts";
import { definitionDescription } from "./dockerfile/definition-description.ts";
import { deletedLater } from "./dockerfile/deleted-later.ts";
import { denoPermissionMissing } from "./dockerfile/deno-permission-missing.ts";
import { dependenciesAfterSources } from "./dockerfile/dependencies-after-sources.ts";
import { developmentDependenciesShipped } from "./dockerfile/development-dependencies-shipped.ts";
import { directoryAlreadyThere } from "./dockerfile/directory-already-there.ts";
import { distributionUpgrade } from "./dockerfile/distribution-upgrade.ts";
import { dotnetStepSkipped } from "./dockerfile/dotnet-step-skipped.ts";
import { downloadNotUnpacked } from "./dockerfile/download-not-unpacked.ts";
import { duplicateStageName } from "./dockerfile/duplicate-stage-name.ts";
import { emptyPassword } from "./dockerfile/empty-password.ts";
import { endOfLifeBase } from "./dockerfile/end-of-life-base.ts";
import { entrypointIgnoresCommand } from "./dockerfile/entrypoint-ignores-command.ts";
import { environmentRefersToItself } from "./dockerfile/environment-refers-to-itself.ts";
import { escapedBlank } from "./dockerfile/escaped-blank.ts";
import { execFormPattern } from "./dockerfile/exec-form-pattern.ts";
import { execFormShellLine } from "./dockerfile/exec-form-shell-line.ts";
import { execFormVariable } from "./dockerfile/exec-form-variable.ts";
import { exposeFormat } from "./dockerfile/expose-format.ts";
import { exposedAdministrationPort } from "./dockerfile/exposed-administration-port.ts";
import { externallyManagedPython } from "./dockerfile/externally-managed-python.ts";
import { fileTakenForDirectory } from "./dockerfile/file-taken-for-directory.ts";
import { foreignLibc } from "./dockerfile/foreign-libc.ts";
import { gemNotInBundle } from "./dockerfile/gem-not-in-bundle.ts";
import { getPipTooNew } from "./dockerfile/get-pip-too-new.ts";
import { gitOverSshWithoutKey } from "./dockerfile/git-over-ssh-without-key.ts";
import { goBinaryNeedsCgo } from "./dockerfile/go-binary-needs-cgo.ts";
import { goBinaryNeedsLibc } from "./dockerfile/go-binary-needs-libc.ts";
import { goBinaryNotStripped } from "./dockerfile/go-binary-not-stripped.ts";
import { goOutputNotDirectory } from "./dockerfile/go-output-not-directory.ts";
import { goOutsideModule } from "./dockerfile/go-outside-module.ts";
import { goPackageMissing } from "./dockerfile/go-package-missing.ts";
import { goToolNotInstallable } from "./dockerfile/go-tool-not-installable.ts";
import { goVersionTooOld } from "./dockerfile/go-version-too-old.ts";
import { gpuAtBuild } from "./dockerfile/gpu-at-build.ts";
import { groupMembershipsLost } from "./dockerfile/group-memberships-lost.ts";
import { hardCodedArchitecture } from "./dockerfile/hard-coded-architecture.ts";
import { healthOptionMisplaced } from "./dockerfile/health-option-misplaced.ts";
import { healthcheckToolMissing } from "./dockerfile/healthcheck-tool-missing.ts";
import { highUserId } from "./dockerfile/high-user-id.ts";
import { hostDependenciesCopied } from "./dockerfile/host-dependencies-copied.ts";
import { ignoreFileUnreadable } from "./dockerfile/ignore-file-unreadable.ts";
import { inlineIgnore } from "./dockerfile/inline-ignore.ts";
import { insecureRun } from "./dockerfile/insecure-run.ts";
import { installAsks } from "./dockerfile/install-asks.ts";
import { instructionSwallowed } from "./dockerfile/instruction-swallowed.ts";
import { invalidDefaultArgumentInFrom } from "./dockerfile/invalid-default-argument-in-from.ts";
import { invalidLabelKey } from "./dockerfile/invalid-label-key.ts";
import { kernelSettingInBuild } from "./dockerfile/kernel-setting-in-build.ts";
import { keywordCasing } from "./dockerfile/keyword-casing.ts";
import { labelOrEnvWithBlank } from "./dockerfile/label-or-env-with-blank.ts";
import { labelSetTwice } from "./dockerfile/label-set-twice.ts";
import { labelValueInvalid } from "./dockerfile/label-value-invalid.ts";
import { leavesForeground } from "./dockerfile/leaves-foreground.ts";
import { legacyKeyValueFormat } from "./dockerfile/legacy-key-value-format.ts";
import { libraryHeadersMissing } from "./dockerfile/library-headers-missing.ts";
import { lockFileNotCopied } from "./dockerfile/lock-file-not-copied.ts";
import { loopbackBind } from "./dockerfile/loopback-bind.ts";
import { maintainerDeprecated } from "./dockerfile/maintainer-deprecated.ts";
import { malformedExecForm } from "./dockerfile/malformed-exec-form.ts";
import { manifestPartMissing } from "./dockerfile/manifest-part-missing.ts";
import { missingCaCertificates } from "./dockerfile/missing-ca-certificates.ts";
import { missingHealthcheck } from "./dockerfile/missing-healthcheck.ts";
import { missingImageLabels } from "./dockerfile/missing-image-labels.ts";
import { missingTimeZones } from "./dockerfile/missing-time-zones.ts";
import { mountOnRoot } from "./dockerfile/mount-on-root.ts";
import { mountUnreadable } from "./dockerfile/mount-unreadable.ts";
import { mountedSecretKept } from "./dockerfile/mounted-secret-kept.ts";
import { nativeAddonLibcMismatch } from "./dockerfile/native-addon-libc-mismatch.ts";
import { neededFileMissing } from "./dockerfile/needed-file-missing.ts";
import { needsRoot } from "./dockerfile/needs-root.ts";
import { newerLibcNeeded } from "./dockerfile/newer-libc-needed.ts";
import { nextAssetsMissing } from "./dockerfile/next-assets-missing.ts";
import { nginxAsUser } from "./dockerfile/nginx-as-user.ts";
import { nginxBlockMisplaced } from "./dockerfile/nginx-block-misplaced.ts";
import { nginxDirectiveSplit } from "./dockerfile/nginx-directive-split.ts";
import { noCacheMount } from "./dockerfile/no-cache-mount.ts";
import { noShell } from "./dockerfile/no-shell.ts";
import { noShellExpansion } from "./dockerfile/no-shell-expansion.ts";
import { nodeManagerRefuses } from "./dockerfile/node-manager-refuses.ts";
import { nodeModulesMissing } from "./dockerfile/node-modules-missing.ts";
import { optionMisplaced } from "./dockerfile/option-misplaced.ts";
import { ownerUnknown } from "./dockerfile/owner-unknown.ts";
import { packageCacheLeft } from "./dockerfile/package-cache-left.ts";
import { packageConflicts } from "./dockerfile/package-conflicts.ts";
import { packageListsMissing } from "./dockerfile/package-lists-missing.ts";
import { packageManagerMismatch } from "./dockerfile/package-manager-mismatch.ts";
import { packageScriptUnknown } from "./dockerfile/package-script-unknown.ts";
import { packagesArchived } from "./dockerfile/packages-archived.ts";
import { packagesUpgraded } from "./dockerfile/packages-upgraded.ts";
import { passwordInScript } from "./dockerfile/password-in-script.ts";
import { pathNeverProduced } from "./dockerfile/path-never-produced.ts";
import { pathOverwritten } from "./dockerfile/path-overwritten.ts";
import { phpExtensionHeadersMissing } from "./dockerfile/php-extension-headers-missing.ts";
import { phpExtensionUnknown } from "./dockerfile/php-extension-unknown.ts";
import { pipeWithoutPipefail } from "./dockerfile/pipe-without-pipefail.ts";
import { plainHttpDownload } from "./dockerfile/plain-http-download.ts";
import { platformArgumentUndeclared } from "./dockerfile/platform-argument-undeclared.ts";
import { poetryProgramNotOnPath } from "./dockerfile/poetry-program-not-on-path.ts";
import { portMismatch } from "./dockerfile/port-mismatch.ts";
import { powershellGoesOn } from "./dockerfile/powershell-goes-on.ts";
import { preferCopy } from "./dockerfile/prefer-copy.ts";
import { productionBeforeBuild } from "./dockerfile/production-before-build.ts";
import { programNotOnWindows } from "./dockerfile/program-not-on-windows.ts";
import { progressSlowsDownload } from "./dockerfile/progress-slows-download.ts";
import { recommendedPackages } from "./dockerfile/recommended-packages.ts";
import { redirectNotFollowed } from "./dockerfile/redirect-not-followed.ts";
import { redundantTargetPlatform } from "./dockerfile/redundant-target-platform.ts";
import { relativeCopyDestination } from "./dockerfile/relative-copy-destination.ts";
import { relativeWorkdir } from "./dockerfile/relative-workdir.ts";
import { repeatedCommand } from "./dockerfile/repeated-command.ts";
import { requiredLabelMissing } from "./dockerfile/required-label-missing.ts";
import { reservedStageName } from "./dockerfile/reserved-stage-name.ts";
import { runDirectoryMissing } from "./dockerfile/run-directory-missing.ts";
import { runPathMissing } from "./dockerfile/run-path-missing.ts";
import { runStateLost } from "./dockerfile/run-state-lost.ts";
import { runsAsRoot } from "./dockerfile/runs-as-root.ts";
import { runtimeVersionMismatch } from "./dockerfile/runtime-version-mismatch.ts";
import { rustTargetMissing } from "./dockerfile/rust-target-missing.ts";
import { scriptCrlf } from "./dockerfile/script-crlf.ts";
import { scriptNotExecutable } from "./dockerfile/script-not-executable.ts";
import { scriptUnreadable } from "./dockerfile/script-unreadable.ts";
import { secondRoot } from "./dockerfile/second-root.ts";
import { secretFileCopied } from "./dockerfile/secret-file-copied.ts";
import { secretInImage } from "./dockerfile/secret-in-image.ts";
import { secretMountOpen } from "./dockerfile/secret-mount-open.ts";
import { secretMountUnread } from "./dockerfile/secret-mount-unread.ts";
import { senselessCommand } from "./dockerfile/senseless-command.ts";
import { separatorMissing } from "./dockerfile/separator-missing.ts";
import { setuidFile } from "./dockerfile/setuid-file.ts";
import { sharedLibraryMissing } from "./dockerfile/shared-library-missing.ts";
import { shebangInterpreterMissing } from "./dockerfile/shebang-interpreter-missing.ts";
import { shebangMissing } from "./dockerfile/shebang-missing.ts";
import { shellFormSwallowsSignals } from "./dockerfile/shell-form-swallows-signals.ts";
import { shellRelinked } from "./dockerfile/shell-relinked.ts";
import { sizeBudget } from "./dockerfile/size-budget.ts";
import { stageNameCasing } from "./dockerfile/stage-name-casing.ts";
import { stopSignalUngraceful } from "./dockerfile/stop-signal-ungraceful.ts";
import { sudoInRun } from "./dockerfile/sudo-in-run.ts";
import { superfluousLabel } from "./dockerfile/superfluous-label.ts";
import { syntaxDirectiveMisplaced } from "./dockerfile/syntax-directive-misplaced.ts";
import { systemVolume } from "./dockerfile/system-volume.ts";
import { systemWorkdir } from "./dockerfile/system-workdir.ts";
import { systemdNotRunning } from "./dockerfile/systemd-not-running.ts";
import { timeZoneUnknown } from "./dockerfile/time-zone-unknown.ts";
import { toolCommandUnknown } from "./dockerfile/tool-command-unknown.ts";
import { toolOptionUnknown } from "./dockerfile/tool-option-unknown.ts";
import { toolchainInFinalStage } from "./dockerfile/toolchain-in-final-stage.ts";
import { undefinedArgumentInFrom } from "./dockerfile/undefined-argument-in-from.ts";
import { undefinedVariable } from "./dockerfile/undefined-variable.ts";
import { undefinedVariableBeforeFrom } from "./dockerfile/undefined-variable-before-from.ts";
import { unknownPackage } from "./dockerfile/unknown-package.ts";
import { unknownStage } from "./dockerfile/unknown-stage.ts";
import { unknownTag } from "./dockerfile/unknown-tag.ts";
import { unpinnedBase } from "./dockerfile/unpinned-base.ts";
import { unpinnedCopySource } from "./dockerfile/unpinned-copy-source.ts";
import { unpinnedPackage } from "./dockerfile/unpinned-package.ts";
import { unquotedVersion } from "./dockerfile/unquoted-version.ts";
import { unsortedPackages } from "./dockerfile/unsorted-packages.ts";
import { untrustedRegistry } from "./dockerfile/untrusted-registry.ts";
import { unusedStage } from "./dockerfile/unused-stage.ts";
import { unverifiedDownload } from "./dockerfile/unverified-download.ts";
import { unverifiedPackages } from "./dockerfile/unverified-packages.ts";
import { updateAlone } from "./dockerfile/update-alone.ts";
import { urlInCopy } from "./dockerfile/url-in-copy.ts";
import { usedFileIgnored } from "./dockerfile/used-file-ignored.ts";
import { userIdTaken } from "./dockerfile/user-id-taken.ts";
import { userNotNumeric } from "./dockerfile/user-not-numeric.ts";
import { userUnknownToImage } from "./dockerfile/user-unknown-to-image.ts";
import { uvEnvironmentMissing } from "./dockerfile/uv-environment-missing.ts";
import { uvRunInstalls } from "./dockerfile/uv-run-installs.ts";
import { venvPackageMissing } from "./dockerfile/venv-package-missing.ts";
import { venvPythonMissing } from "./dockerfile/venv-python-missing.ts";
import { versionArgumentUnset } from "./dockerfile/version-argument-unset.ts";
import { versionInPathDiffers } from "./dockerfile/version-in-path-differs.ts";
import { volatileArgumentEarly } from "./dockerfile/volatile-argument-early.ts";
import { wgetProgress } from "./dockerfile/wget-progress.ts";
import { withdrawnBase } from "./dockerfile/withdrawn-base.ts";
import { workdirNotWritable } from "./dockerfile/workdir-not-writable.ts";
import { worldWritable } from "./dockerfile/world-writable.ts";
import { yarnAlreadyThere } from "./dockerfile/yarn-already-there.ts";
import { carriageReturnInValue } from "./environment/carriage-return-in-value.ts";
import { commentInValue } from "./environment/comment-in-value.ts";
import { listedFileMissing } from "./environment/listed-file-missing.ts";
import { notReadInRawFile } from "./environment/not-read-in-raw-file.ts";
import { textBehindQuotes } from "./environment/text-behind-quotes.ts";
import { unsetInEnvironmentFile } from "./environment/unset-in-environment-file.ts";
import { unusedInEnvironmentFile } from "./environment/unused-in-environment-file.ts";
import { variableSetTwice } from "./environment/variable-set-twice.ts";
import { backslashInPattern } from "./ignore/backslash-in-pattern.ts";
import { commentInPattern } from "./ignore/comment-in-pattern.ts";
import { exceptionWithoutEffect } from "./ignore/exception-without-effect.ts";
import { ignoreFileUnused } from "./ignore/ignore-file-unused.ts";
import { matchesOnlyAtRoot } from "./ignore/matches-only-at-root.ts";
import { patternWithoutMatch } from "./ignore/pattern-without-match.ts";
import { repeatedPattern } from "./ignore/repeated-pattern.ts";
import type { Rule } from "./rule.ts";

/** One line a rule, in order of id. `test/unit/rules/rules.test.ts` holds this list against the folders. */
export const rules: readonly Rule[] = [
  accountOptionUnknown,
  accountToolMissing,
  accountUnknown,
  advertisedLocalhost,
  applicationModuleMissing,
  aptInScript,
  aptSourcesMoved,
  archiveKindDiffers,
  archiveLeft,
  argumentDefaultWithoutEquals,
  argumentOutOfScope,
  aspnetPort,
  aspnetRuntimeMissing,
  assetsWithoutSecretKey,
  backslashInPattern,
  backslashJoinsLines,
  baseWithoutDigest,
  bashSyntaxInSh,
  bindSourceMissing,
  bracketWithoutBlank,
  bracketsForBraces,
  brokerWithoutHostname,
  browserTwice,
  browserVariableLate,
  buildAndImage,
  buildContextMissing,
  buildFilesShipped,
  buildPackagesKept,
  buildSecretNotGiven,
  buildTargetUnknown,
  builderArchitectureCopied,
  bundlerOptionGone,
  bypassesGateway,
  cacheMountDefeated,
  cacheMountMisplaced,
  capabilitiesKept,
  carriageReturnInValue,
  cdInRun,
  circularStages,
  cleaningRefused,
  cloneWithHistory,
  colonInList,
  commandInOneWord,
  commandNeedsShell,
  commandNotFound,
  commandNotInImage,
  commandRepeatsEntrypoint,
  commentBehindInstruction,
  commentInPattern,
  commentInValue,
  completedButRestarts,
  compositionCycle,
  condaActivateInRun,
  configurationInterpolated,
  confinementDisabled,
  conflictingKeys,
  consecutiveRuns,
  constantPlatform,
  containerNameWithReplicas,
  contextServiceNotBuilt,
  copiedUnread,
  copyAllWithoutDockerignore,
  copyDestinationNotDirectory,
  copyFlattensFolders,
  copySourceIgnored,
  copySourceMissing,
  copyThenChown,
  copyThenExtract,
  copyWholeRoot,
  copyWithoutOwner,
  corepackGone,
  credentialsDiffer,
  curlAndWget,
  dataVolumeShared,
  databaseNotPersisted,
  debugInProduction,
  debuggerShipped,
  definitionDescription,
  deletedLater,
  denoPermissionMissing,
  dependenciesAfterSources,
  dependencyCycle,
  dependencyInInactiveProfile,
  dependencyNotAwaited,
  developmentDependenciesShipped,
  directoryAlreadyThere,
  distributionUpgrade,
  dockerfileMissing,
  dollarInterpolated,
  dotnetStepSkipped,
  downloadNotUnpacked,
  duplicateContainerName,
  duplicateStageName,
  emptyPassword,
  endOfLifeBase,
  endOfLifeImage,
  engineRefusesValue,
  engineSocketMounted,
  entrySetTwice,
  entrypointDropsCommand,
  entrypointIgnoresCommand,
  entrypointRepeated,
  environmentFileMissing,
  environmentRefersToItself,
  escapedBlank,
  exceptionWithoutEffect,
  execFormPattern,
  execFormShellLine,
  execFormVariable,
  exposeFormat,
  exposedAdministrationPort,
  externallyManagedPython,
  fileTakenForDirectory,
  fixedContainerName,
  foreignCgroup,
  foreignLibc,
  gemNotInBundle,
  getPipTooNew,
  gitOverSshWithoutKey,
  goBinaryNeedsCgo,
  goBinaryNeedsLibc,
  goBinaryNotStripped,
  goOutputNotDirectory,
  goOutsideModule,
  goPackageMissing,
  goToolNotInstallable,
  goVersionTooOld,
  gpuAtBuild,
  groupMembershipsLost,
  hardCodedArchitecture,
  healthConditionWithoutCheck,
  healthOptionMisplaced,
  healthcheckHostPort,
  healthcheckListForm,
  healthcheckLoginUnknown,
  healthcheckToolMissing,
  healthcheckVariableUnset,
  highUserId,
  hostDependenciesCopied,
  hostDirectoryMounted,
  hostNamespace,
  hostNotReachable,
  hostPortClash,
  hostPortUsedInside,
  hostUnknown,
  ignoreFileUnreadable,
  ignoreFileUnused,
  imageRefusesVariable,
  includeConflict,
  incompleteMount,
  initScriptUnread,
  inlineIgnore,
  insecureRun,
  installAsks,
  instructionSwallowed,
  invalidContainerName,
  invalidDefaultArgumentInFrom,
  invalidLabelKey,
  invalidName,
  kernelSettingInBuild,
  keywordCasing,
  labelOrEnvWithBlank,
  labelSetTwice,
  labelValueInvalid,
  leavesForeground,
  legacyKeyValueFormat,
  libraryHeadersMissing,
  listedFileMissing,
  localhostInContainer,
  lockFileNotCopied,
  loginMissing,
  loopbackBind,
  maintainerDeprecated,
  malformedExecForm,
  malformedValue,
  malformedVariable,
  manifestPartMissing,
  matchesOnlyAtRoot,
  missingCaCertificates,
  missingComposeFile,
  missingHealthcheck,
  missingImageLabels,
  missingInit,
  missingKey,
  missingLimits,
  missingProjectName,
  missingRestart,
  missingTimeZones,
  mountHidesArtifact,
  mountKindDiffers,
  mountOnRoot,
  mountUnreadable,
  mountedConfigUnread,
  mountedNginxBlockMisplaced,
  mountedScriptBroken,
  mountedSecretKept,
  nativeAddonLibcMismatch,
  neededFileMissing,
  needsRoot,
  newPrivilegesAllowed,
  newerLibcNeeded,
  nextAssetsMissing,
  nginxAsUser,
  nginxBlockMisplaced,
  nginxDirectiveSplit,
  nginxVariableUnset,
  noCacheMount,
  noShellExpansion,
  noShell,
  nodeManagerRefuses,
  nodeModulesMissing,
  notReadInRawFile,
  nothingToRun,
  numberRewritten,
  obsoleteLinks,
  obsoleteVersion,
  optionMisplaced,
  ownerUnknown,
  packageCacheLeft,
  packageConflicts,
  packageListsMissing,
  packageManagerMismatch,
  packageScriptUnknown,
  packagesArchived,
  packagesUpgraded,
  passwordInScript,
  passwordNotEscaped,
  pathNeverProduced,
  pathOverwritten,
  patternWithoutMatch,
  phpExtensionHeadersMissing,
  phpExtensionUnknown,
  pipeWithoutPipefail,
  plainHttpDownload,
  plainPasswordInResource,
  plainPassword,
  platformArgumentUndeclared,
  platformNotBuilt,
  poetryProgramNotOnPath,
  portMismatch,
  portNotExposed,
  portNotServed,
  portsInHostNetwork,
  powerfulCapability,
  powershellGoesOn,
  preferCopy,
  privilegedService,
  productionBeforeBuild,
  programNotOnWindows,
  progressSlowsDownload,
  proxyLabelUnknown,
  proxyUpstreamUnknown,
  publishedDatabase,
  quotedDefault,
  quotedInList,
  quotedVolume,
  readOnlyWithoutTmpfs,
  recommendedPackages,
  redirectNotFollowed,
  redundantTargetPlatform,
  relativeCopyDestination,
  relativeWorkdir,
  repeatedCommand,
  repeatedEntry,
  repeatedPattern,
  replicaSetUnknown,
  replicasWithFixedPort,
  requiredLabelMissing,
  requiredVariableMissing,
  reservedStageName,
  resourceFileMissing,
  resourceWithoutSource,
  routerNotEnabled,
  routerRuleUnread,
  runDirectoryMissing,
  runPathMissing,
  runStateLost,
  runsAsRoot,
  runtimeVersionMismatch,
  rustTargetMissing,
  scriptCrlf,
  scriptNotExecutable,
  scriptUnreadable,
  secondRoot,
  secretFileCopied,
  secretInImage,
  secretMountOpen,
  secretMountUnread,
  secretNotGranted,
  secretPathAsValue,
  senselessCommand,
  separatorMissing,
  serverOptionGone,
  serviceBrowserVariableLate,
  serviceCommandNotFound,
  serviceEndsAtOnce,
  serviceHealthcheckToolMissing,
  serviceLeavesForeground,
  serviceLoopbackBind,
  serviceTimeZoneUnknown,
  serviceUserUnknown,
  serviceWithoutHealthcheck,
  setTwiceDifferently,
  setuidFile,
  sharedLibraryMissing,
  sharedPropagation,
  shebangInterpreterMissing,
  shebangMissing,
  shellFormSwallowsSignals,
  shellRelinked,
  sizeBudget,
  stageNameCasing,
  stopSignalUngraceful,
  sudoInRun,
  superfluousLabel,
  syntaxDirectiveMisplaced,
  systemVolume,
  systemWorkdir,
  systemdNotRunning,
  targetMountedTwice,
  textBehindQuotes,
  timeZoneUnknown,
  toolCommandUnknown,
  toolOptionUnknown,
  toolchainInFinalStage,
  unboundPort,
  undeclaredBuildArgument,
  undefinedArgumentInFrom,
  undefinedVariableBeforeFrom,
  undefinedVariable,
  unknownConfig,
  unknownKey,
  unknownModel,
  unknownNetwork,
  unknownPackage,
  unknownSecret,
  unknownService,
  unknownStage,
  unknownTag,
  unknownValue,
  unknownVolume,
  unpinnedBase,
  unpinnedCopySource,
  unpinnedImage,
  unpinnedPackage,
  unquotedPort,
  unquotedVersion,
  unreadPart,
  unreadableCommand,
  unsetInEnvironmentFile,
  unsetVariable,
  unsortedDependencies,
  unsortedPackages,
  unsortedPorts,
  unsortedSections,
  unsortedServiceKeys,
  unsortedServices,
  untrustedRegistry,
  unusedInEnvironmentFile,
  unusedResource,
  unusedStage,
  unverifiedDownload,
  unverifiedPackages,
  updateAlone,
  urlInCopy,
  usedFileIgnored,
  userIdTaken,
  userNotNumeric,
  userUnknownToImage,
  uvEnvironmentMissing,
  uvRunInstalls,
  variableSetTwice,
  variableUnknownToImage,
  venvPackageMissing,
  venvPythonMissing,
  versionArgumentUnset,
  versionInPathDiffers,
  volatileArgumentEarly,
  volumeNotWritable,
  volumeTakenForDrive,
  watchWithoutEffect,
  wgetProgress,
  withdrawnBase,
  withdrawnImage,
  workdirNotWritable,
  workingDirectoryMissing,
  worldWritable,
  writableRoot,
  wrongDataPath,
  wrongType,
  yarnAlreadyThere,
];
