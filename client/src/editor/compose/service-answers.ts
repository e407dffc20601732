import { join } from "node:path";
import { l10n } from "vscode";
import type { SecretSource } from "../../engine/build/build-types.ts";
import type { ServiceBuildResult } from "../../shared/server-messages.ts";
import type { BuildAnswers } from "../builds/build-draft.ts";

/** What a service's build section answers; a sentence for the user when only Compose can build it. */
export function answersOfService(service: string, build: ServiceBuildResult): BuildAnswers | string {
  const byCompose = (why: string) => l10n.t("{0} Build it with “docker compose build {1}”.", why, service);
  if (build.isRemote || build.dockerfile === null)
    return byCompose(l10n.t("{0} is built from {1}, which is no folder here.", service, build.context));
  const ofService = Object.entries(build.contexts).find(([, place]) => place.startsWith("service:"));
  if (ofService)
    return byCompose(l10n.t("{0} is built with the image of another service ({1}).", service, ofService[1]));

  const { inline, target, network, platforms } = build;
  return {
    service,
    // Nothing is at this path, so that nothing else is taken for what is built.
    dockerfile: inline === null ? build.dockerfile : join(build.context, `.${service}.inline.Dockerfile`),
    ...(inline !== null && { dockerfileText: inline }),
    context: build.context,
    tag: build.image,
    moreTags: build.tags,
    buildArguments: Object.fromEntries(
      Object.entries(build.args).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
    ),
    secrets: Object.fromEntries(
      build.secrets.map(({ id, file, environment }): [string, SecretSource] => [
        id,
        file === null ? { kind: "environment", variable: environment ?? id } : { kind: "file", path: file },
      ]),
    ),
    ssh: Object.fromEntries(build.ssh.map(({ id, path }) => [id, path === null ? [] : [path]])),
    labels: build.labels,
    contexts: build.contexts,
    extraHosts: build.extraHosts,
    cacheFrom: build.cacheFrom.flatMap((it) => cacheImage(it) ?? []),
    noCache: build.noCache,
    pull: build.pull,
    ...(target !== null && { target }),
    ...(network !== null && { network }),
    ...(platforms.length === 1 && platforms[0] !== undefined && { platform: platforms[0] }),
    notes: notesOf(build),
  };
}

/** The image of `type=registry,ref=…`, or one that is only named; undefined for caches of other kinds. */
function cacheImage(from: string): string | undefined {
  return from.includes("type=") ? /^(?=.*type=registry).*\bref=([^,]+)/.exec(from)?.[1] : from;
}

function notesOf({ platforms, others, unset, cacheFrom }: ServiceBuildResult): readonly string[] {
  const onlyCompose = [
    ...others,
    ...cacheFrom.filter((it) => cacheImage(it) === undefined).map((it) => `cache_from ${it}`),
  ];
  return [
    ...(platforms.length > 1
      ? [
          l10n.t(
            "The service is for {0}; the engine builds one: choose it, or a builder under More….",
            platforms.join(", "),
          ),
        ]
      : []),
    ...(onlyCompose.length > 0 ? [l10n.t("Only Compose applies: {0}.", onlyCompose.join(", "))] : []),
    ...(unset.length > 0 ? [l10n.t("Not set, so taken for empty: {0}.", unset.join(", "))] : []),
  ];
}
