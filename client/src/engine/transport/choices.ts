import {
  contextNames,
  type EngineAddress,
  type FileLook,
  resolveAddress,
  resolveContext,
  type Surroundings,
} from "./address.ts";

/** An engine that the user picked, as it is remembered. What it means is looked up each time: a context may be changed. */
export type EngineSelection =
  | { readonly by: "address"; readonly address: string }
  | { readonly by: "context"; readonly name: string }
  /** What the Docker command line would take, `DOCKER_HOST` first, whatever the settings say. */
  | { readonly by: "environment" };

/** One engine among those that can be picked. */
export interface EngineChoice {
  /** Undefined for the one that is taken when nothing was picked. */
  readonly selection: EngineSelection | undefined;
  /** What names it: a context, `DOCKER_HOST`, `Podman`, `plimsoll.engine.host`; undefined when nothing does. */
  readonly name: string | undefined;
  /** Where it is; undefined when that cannot be told. */
  readonly address: EngineAddress | undefined;
  /** Why it cannot be told, as a sentence. */
  readonly problem: string | undefined;
}

/**
 * What the user can pick from, each place once: what is taken without a choice (`setting`, else as the Docker command line finds
 * it), `DOCKER_HOST`, the Docker contexts, and the known sockets that exist.
 */
export function engineChoices(
  around: Surroundings,
  files: FileLook,
  setting: string | undefined,
): readonly EngineChoice[] {
  const asDocker = resolveAddress(around, files);
  const atSetting = setting === undefined ? undefined : atAddress(setting, around, files);
  const automatic: EngineChoice = atSetting
    ? { selection: undefined, name: "plimsoll.engine.host", address: atSetting, problem: undefined }
    : {
        selection: undefined,
        name: asDocker.candidates[0]?.from,
        address: asDocker.candidates[0],
        problem: asDocker.problem,
      };
  const { DOCKER_HOST } = around.environment;
  const environment: EngineChoice[] = DOCKER_HOST?.trim()
    ? [
        {
          selection: { by: "environment" },
          name: "DOCKER_HOST",
          address: asDocker.candidates[0],
          problem: undefined,
        },
      ]
    : [];
  const contexts = contextNames(around, files).map((name): EngineChoice => {
    const { candidates, problem } = resolveContext(name, around, files);
    return { selection: { by: "context", name }, name, address: candidates[0], problem };
  });
  const sockets = resolveContext("default", around, files).candidates.map(
    (address): EngineChoice => ({
      selection: { by: "address", address: address.url },
      name: address.from,
      address,
      problem: undefined,
    }),
  );
  const named = new Set([...environment, ...contexts].map((it) => it.address?.url));
  return [automatic, ...environment, ...contexts, ...sockets.filter((it) => !named.has(it.address?.url))];
}

/** The address as it would be taken from the settings. */
function atAddress(written: string, around: Surroundings, files: FileLook): EngineAddress | undefined {
  const environment = { ...around.environment, DOCKER_HOST: written };
  return resolveAddress({ ...around, environment }, files).candidates[0];
}
