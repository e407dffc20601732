import type { Memento } from "vscode";
import type { Mount } from "../../engine/engine.ts";
import { hasSecretWord, isSecretVariable } from "../../shared/secrets.ts";
import { repositoryOf } from "../images/image-name.ts";

/** How an image was run the last time. Nothing that looks secret is in what is kept of it. */
export interface RunSettings {
  /** Container port → host port, 0 for a free one; what the image exposes when undefined. */
  readonly ports: Readonly<Record<string, number>> | undefined;
  /** `NAME=value` each. */
  readonly environment: readonly string[];
  /** Absolute paths. Only the paths are kept: the files are read at each start. */
  readonly environmentFiles: readonly string[] | undefined;
  readonly mounts: readonly Mount[];
  readonly interactive: boolean;
  readonly init: boolean;
  readonly readOnly: boolean;
  readonly keep: boolean;
  /** The image's own when undefined. */
  readonly user: string | undefined;
  readonly entrypoint: readonly string[] | undefined;
  readonly command: readonly string[] | undefined;
}

/** The answers while they are changed. */
export type RunDraft = { -readonly [Key in keyof RunSettings]: RunSettings[Key] };

/** Kept with the workspace, on this machine, by the image's name without its tag. */
export interface RunMemory {
  settings(image: string): RunSettings | undefined;
  remember(image: string, settings: RunSettings): Promise<void>;
}

export function createRunMemory(state: Memento): RunMemory {
  const key = (image: string) => `run:${repositoryOf(image)}`;
  return {
    settings: (image) => state.get(key(image)),
    remember: async (image, settings) => {
      const { entrypoint, command } = settings;
      await state.update(key(image), {
        ...settings,
        environment: settings.environment.filter((it) => !isSecretVariable(it)),
        entrypoint: entrypoint && hasSecretWord(entrypoint) ? undefined : entrypoint,
        command: command && hasSecretWord(command) ? undefined : command,
      });
    },
  };
}
