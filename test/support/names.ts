import { join } from "node:path";
import type { Occurrence } from "../../server/src/features/names/name.ts";
import { type Edits, type Refusal, renamableAt, rename } from "../../server/src/features/names/rename.ts";
import { type NameTable, nameTable } from "../../server/src/features/names/table.ts";
import { shippedImages } from "../../server/src/model/image/shipped-images.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { Disk } from "../../server/src/workspace/disk.ts";
import { kindOfFile } from "../../server/src/workspace/languages.ts";
import type { Surroundings } from "../../server/src/workspace/models.ts";
import { nameSourcesFor } from "../../server/src/workspace/name-sources.ts";
import { modelOf } from "./model.ts";
import { shellReader } from "./shell.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export type Files = Readonly<Record<string, string>>;

/** Files of a project on disk, and what has a name in those that one of them is read with. */
export interface NamedProject {
  readonly folder: string;
  readonly files: Files;
  readonly table: NameTable;
  readonly around: Surroundings;
  /** `path:line text`, lines from 1; a declaration has a `*` behind it. */
  shown(occurrences: readonly Occurrence[]): string[];
}

/** `asked` is the path of the file that is open, `roots` the folders that are, where that is not the whole. */
export function namedProject(
  files: Files,
  asked = Object.keys(files)[0] ?? "",
  roots: readonly string[] = [""],
): NamedProject {
  const folder = temporaryFolder({ ...files, ".git/HEAD": "" });
  const disk = new Disk();
  const around: Surroundings = {
    disk,
    shell: shellReader,
    images: shippedImages,
    folders: roots.map((it) => join(folder, it)),
    composeGeneration: () => 0,
    textAt(path) {
      const read = disk.read(path);
      return read.kind === "text" ? read.text : undefined;
    },
  };
  const path = join(folder, asked);
  const document = { id: path, path, kind: kindOfFile(asked) ?? "", text: files[asked] ?? "" };
  const table = nameTable(nameSourcesFor(document, around, (_, text) => modelOf(text)));
  return {
    folder,
    files,
    table,
    around,
    shown: (occurrences) =>
      occurrences.map(({ file, span, role }) => {
        const name = file.slice(folder.length + 1);
        const text = files[name] ?? "";
        const line = text.slice(0, span.start).split("\n").length;
        return `${name}:${line} ${text.slice(span.start, span.end)}${role === "declaration" ? "*" : ""}`;
      }),
  };
}

/** A fixture with `<|>` in one of its files: the files without it, and where it was. */
function atCursor(fixture: Files): {
  readonly files: Files;
  readonly asked: string;
  readonly offset: number;
} {
  const [asked, text] = Object.entries(fixture).find(([, it]) => it.includes("<|>")) ?? [];
  if (asked === undefined || text === undefined) throw new Error("One <|> has to mark the cursor.");
  const offset = text.indexOf("<|>");
  return { files: { ...fixture, [asked]: text.replace("<|>", "") }, asked, offset };
}

/** All places of the name at the cursor. */
export function placesAt(fixture: Files): string[] {
  const { files, asked, offset } = atCursor(fixture);
  const project = namedProject(files, asked);
  const found = project.table.at(join(project.folder, asked), offset);
  return project.shown(found.flatMap(({ name }) => project.table.of(name)));
}

/** The files after the name at the cursor is renamed, those that change; or why it is not. */
export function renamed(fixture: Files, text: string, roots?: readonly string[]): Files | string {
  const { files, asked, offset } = atCursor(fixture);
  return renamedAt(namedProject(files, asked, roots), asked, offset, text);
}

export function renamedAt(project: NamedProject, file: string, offset: number, text: string): Files | string {
  const { folder, files, table } = project;
  const describe = (it: Occurrence) => project.shown([it])[0]?.split(" ")[0] ?? "";
  const found = renamableAt(table, join(folder, file), offset, { describe });
  if (!found) return "Nothing has a name here.";
  if ("refused" in found) return found.refused;
  const edits: Edits | Refusal = rename(table, found, text);
  if ("refused" in edits) return edits.refused as string;
  return Object.fromEntries(
    [...(edits as Edits)].map(([path, changes]) => {
      const name = path.slice(folder.length + 1);
      return [name, applyEdits(files[name] ?? "", changes)];
    }),
  );
}
