import type { ReadConfig } from "../../../../server/src/model/image/image-reading.ts";

/** What is read of `/images/…/json`. */
export interface InspectedConfig {
  readonly Config?: {
    readonly User?: string;
    readonly WorkingDir?: string;
    readonly Env?: readonly string[] | null;
    readonly ExposedPorts?: object | null;
    readonly Volumes?: object | null;
    readonly Entrypoint?: readonly string[] | string | null;
    readonly Cmd?: readonly string[] | string | null;
    readonly StopSignal?: string;
    readonly Healthcheck?: { readonly Test?: readonly string[] | null } | null;
    readonly Shell?: readonly string[] | null;
    readonly OnBuild?: readonly string[] | null;
  } | null;
}

/** What the image sets for containers of it; null and empty for what it does not set. */
export function configOf({ Config: config }: InspectedConfig): ReadConfig {
  const words = (value: readonly string[] | string | null | undefined) =>
    value === undefined || value === null || value.length === 0
      ? null
      : typeof value === "string"
        ? [value]
        : value;
  return {
    user: config?.User ?? "",
    workdir: config?.WorkingDir ?? "",
    environment: config?.Env ?? [],
    exposedPorts: Object.keys(config?.ExposedPorts ?? {}).sort(),
    volumes: Object.keys(config?.Volumes ?? {}).sort(),
    entrypoint: words(config?.Entrypoint),
    command: words(config?.Cmd),
    stopSignal: config?.StopSignal || null,
    healthcheck: words(config?.Healthcheck?.Test),
    shell: words(config?.Shell),
    triggers: config?.OnBuild ?? [],
  };
}
