import type { BuildRequest } from "./build-types.ts";

/** Query of `POST /build` (Engine API, “Build an image”). Several tags are one key with several values. */
export type BuildQuery = Readonly<Record<string, string | readonly string[]>>;

/** What both builders are asked for. `dockerfile` is the file's name where the builder finds it. */
export function buildQuery(request: BuildRequest, dockerfile: string): BuildQuery {
  return {
    dockerfile,
    t: request.tags,
    buildargs: JSON.stringify(request.buildArguments),
    ...(request.target !== undefined && { target: request.target }),
    ...(request.platform !== undefined && { platform: request.platform }),
    ...(request.labels !== undefined && { labels: JSON.stringify(request.labels) }),
    ...(request.noCache && { nocache: "true" }),
    ...(request.pull && { pull: "true" }),
    ...(request.network !== undefined && { networkmode: request.network }),
    ...(request.cacheFrom?.length && { cachefrom: JSON.stringify(request.cacheFrom) }),
    ...(request.extraHosts && {
      extrahosts: Object.entries(request.extraHosts).map(([name, address]) => `${name}:${address}`),
    }),
  };
}
