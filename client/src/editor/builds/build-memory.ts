import type { Memento } from "vscode";
import type { RememberedAnswers } from "./build-draft.ts";

/** An image that was built from this workspace. */
export interface BuiltImage {
  readonly imageId: string;
  readonly tag: string;
  /** Absolute path. */
  readonly dockerfile: string;
  readonly target: string | undefined;
}

/** Kept with the workspace, on this machine. */
export interface BuildMemory {
  answers(dockerfile: string, target: string | undefined): RememberedAnswers | undefined;
  rememberAnswers(dockerfile: string, target: string | undefined, answers: RememberedAnswers): Promise<void>;
  /** Newest first. */
  built(): readonly BuiltImage[];
  rememberBuilt(image: BuiltImage): Promise<void>;
}

/** Enough for a comparison of everything that one works on; the state is written as a whole each time. */
const keptImages = 50;

export function createBuildMemory(state: Memento): BuildMemory {
  const answersKey = (dockerfile: string, target: string | undefined) =>
    `build:${dockerfile}#${target ?? ""}`;
  const built = () => state.get<readonly BuiltImage[]>("built", []);
  return {
    answers: (dockerfile, target) => state.get(answersKey(dockerfile, target)),
    rememberAnswers: async (dockerfile, target, answers) =>
      state.update(answersKey(dockerfile, target), answers),
    built,
    rememberBuilt: async (image) => {
      const others = built().filter((it) => it.imageId !== image.imageId);
      await state.update("built", [image, ...others].slice(0, keptImages));
    },
  };
}

/** Remembers what was built, and of answers nothing: what a task says is all that counts for it. */
export function withoutAnswers(memory: BuildMemory): BuildMemory {
  return { ...memory, answers: () => undefined, rememberAnswers: async () => {} };
}
