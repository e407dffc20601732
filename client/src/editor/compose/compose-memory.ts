import type { Memento } from "vscode";

/** Which profiles of a Compose file were chosen last. Kept with the workspace, on this machine. */
export interface ComposeMemory {
  /** `file` is an absolute path. Undefined when they were never chosen. */
  profiles(file: string): readonly string[] | undefined;
  rememberProfiles(file: string, profiles: readonly string[]): Promise<void>;
}

export function createComposeMemory(state: Memento): ComposeMemory {
  const key = (file: string) => `compose:profiles:${file}`;
  return {
    profiles: (file) => state.get(key(file)),
    rememberProfiles: async (file, profiles) => state.update(key(file), profiles),
  };
}
