import type { IgnoreFileModel } from "../../model/context/ignore-file-model.ts";
import { ignoreEntries } from "../knowledge/ignore-entries.ts";
import { type Candidate, candidatesFrom } from "./candidate.ts";
import { wholeFiles } from "./templates.ts";

/** What can be written at `offset` of an ignore file: paths of the context, and entries that such projects mostly have. */
export function completeIgnoreFile(model: IgnoreFileModel, offset: number): Candidate[] {
  const { text, lines } = model;
  const start = lines.startOf(lines.lineAt(offset));
  const typed = text.slice(start, offset).replace(/^\uFEFF/, "");
  if (typed.startsWith("#") || /\s\S*$/.test(typed.trimStart())) return [];
  const written = typed.trimStart();
  const exception = written.startsWith("!");
  const path = exception ? written.slice(1) : written;
  return [
    ...paths(model, offset, path),
    ...(exception || /^[^*].*\//.test(path) ? [] : usual(model, offset, path)),
    ...(text.replace(/^\uFEFF/, "").trim() === written.trim() && /^[\w-]*$/.test(written)
      ? wholeFiles("ignore", offset - written.length, offset)
      : []),
  ];
}

function paths({ context, ignore }: IgnoreFileModel, offset: number, typed: string): Candidate[] {
  if (!context || /[*?[\\]/.test(typed)) return [];
  const slash = typed.lastIndexOf("/");
  const folder = typed.slice(0, slash + 1).replace(/^(\.?\/)+/, "");
  const candidate = candidatesFrom(offset - (typed.length - slash - 1), offset);
  const there = new Set(ignore.patterns.map((it) => it.path));
  return (context.list(folder.replace(/\/$/, "")) ?? []).flatMap((name) => {
    if (there.has(`${folder}${name}`)) return [];
    const isFolder = context.exists(`${folder}${name}`) === "directory";
    // A name may look like a pattern; at the start of a line `#` and `!` mean something.
    const plain = name.replace(/[\\*?[\]]/g, "\\$&");
    const text = folder === "" && typed === "" && /^[#!]/.test(plain) ? `/${plain}` : plain;
    return [candidate(name, isFolder ? "folder" : "file", { text, rank: isFolder ? 1 : 2 })];
  });
}

function usual({ context, ignore }: IgnoreFileModel, offset: number, typed: string): Candidate[] {
  const candidate = candidatesFrom(offset - typed.length, offset);
  const names = context?.list("") ?? [];
  const there = new Set(ignore.patterns.map((it) => it.path));
  const seen = new Set(names);
  return ignoreEntries
    .filter(({ beside }) => beside === undefined || names.some((it) => beside.test(it)))
    .flatMap(({ title, patterns }) =>
      patterns
        .filter((it) => !there.has(it) && !seen.has(it) && seen.add(it))
        .map((it) =>
          candidate(it, "value", {
            detail: `usual in ${title === "any project" ? title : `a ${title} project`}`,
            rank: 3,
          }),
        ),
    );
}
