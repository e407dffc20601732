/**
 * The name of a flag, or of a field in one: of those that are asked for again and again always the same string, as for the names
 * of instructions (`forms.ts`).
 */
export function flagName(name: string): string {
  return NAMES.get(name) ?? name;
}

const NAMES: ReadonlyMap<string, string> = new Map(
  "mount from chown chmod platform link type target source src dst destination id sharing uid gid mode env readonly ro"
    .split(" ")
    .map((it) => [it, it]),
);
