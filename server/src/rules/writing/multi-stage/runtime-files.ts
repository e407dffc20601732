import type { BuildContext } from "../../../model/context/build-context.ts";
import { joinPath, resolvePath } from "../../../model/stage/paths.ts";
import type { SourceFile } from "../../../model/stage/state.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";

/** Does a COPY of the build bring files that the program reads when it runs, rather than its sources? */
export function bringsData(copy: Instruction, context: BuildContext | undefined): boolean {
  const sources = copy.words.slice(0, -1).map((it) => it.raw.replace(/\/+$/, ""));
  return sources.every((it) => isData(it, context));
}

function isData(path: string, context: BuildContext | undefined): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (
    /^(go\.(mod|sum|work|work\.sum)|Cargo\.(toml|lock)|build\.rs|src|crates|rust-toolchain(\.toml)?|\.|\.\.|\*|)$/.test(
      name,
    ) ||
    /[*?[$]|\.go$/.test(path)
  )
    return false;
  if (/^(package(-lock)?|tsconfig|pnpm-lock|Makefile|buf|sqlc|\.golangci)\b/.test(name)) return false;
  const kind = context?.exists(path) ?? "unknown";
  if (kind === "file") return true;
  const names = kind === "directory" ? context?.list(path) : undefined;
  if (names?.some((it) => /\.(go|rs)$|^Cargo\.toml$/.test(it))) return false;
  return (
    DATA.test(name) || /\.(ya?ml|json|toml|html|tmpl|sql|pem|crt|txt|ini|conf|env|xml|csv|mmdb)$/.test(name)
  );
}

/** Folders that hold what a program serves or reads, rather than packages. */
const DATA =
  /^(static|public|assets|templates?|views|www|html|configs?|conf|migrations?|locales?|i18n|resources|fixtures|seeds?|swagger|\.env[\w.]*)$/;

/**
 * Files and folders at the root of the context that the sources name as they do when they open them: `"templates/*"`,
 * `"./config.yaml"`, and `"/app/config.yaml"` where `directory` is `/app`, the folder that they are built in. Those with Go
 * code in them are packages, and what `//go:embed` names is in the program already.
 */
export function filesNamedIn(
  sources: readonly SourceFile[],
  root: string,
  directory: string,
  context: BuildContext,
): string[] {
  const found = new Set<string>();
  const above = `${directory.replace(/\/+$/, "")}/`;
  for (const { text } of sources) {
    const embedded = [...text.matchAll(/^\/\/go:embed\s+(.+)$/gm)].flatMap((it) =>
      (it[1] ?? "").split(/\s+/),
    );
    const embeds = new Set(embedded.map((it) => it.replace(/^all:/, "").split("/")[0]));
    const withoutImports = text.replace(/^import\s*(\([^)]*\)|[^\n]*)/gm, "");
    for (const [, written = ""] of withoutImports.matchAll(/["`]((?:\.?\/)?[\w.-]+(?:\/[\w.*{}-]*)*)["`]/g)) {
      // Any other absolute path is not in what was copied.
      if (written.startsWith("/") && !written.startsWith(above)) continue;
      const path = written.replace(written.startsWith("/") ? above : "./", "");
      const [first = ""] = path.split("/");
      if (first === "" || first.startsWith("..") || embeds.has(first) || !/[/.]|^[a-z]+$/.test(path))
        continue;
      const inContext = joinPath(`/${root}`, first).slice(1);
      const kind = context.exists(inContext);
      if (kind === "file" && !/\.(go|mod|sum)$/.test(first) && !/^Dockerfile/.test(first)) found.add(first);
      if (kind === "directory" && !holdsCode(inContext, context)) found.add(first);
    }
  }
  return [...found].sort();
}

function holdsCode(folder: string, context: BuildContext): boolean {
  const names = context.list(folder);
  return (
    !names ||
    names.some(
      (it) =>
        it.endsWith(".go") ||
        (!it.includes(".") &&
          (context.list(resolvePath(`/${folder}`, it)?.slice(1) ?? "") ?? []).some((one) =>
            one.endsWith(".go"),
          )),
    )
  );
}
