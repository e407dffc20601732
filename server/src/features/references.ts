import type { Occurrence } from "./names/name.ts";
import type { NameTable } from "./names/table.ts";

/** Every place of what is named at an offset, in all files; declarations only where they are wanted. */
export function referencesOf(
  table: NameTable,
  file: string,
  offset: number,
  withDeclarations: boolean,
): readonly Occurrence[] {
  return table
    .at(file, offset)
    .flatMap(({ name }) => table.of(name))
    .filter((it) => withDeclarations || it.role === "use");
}
