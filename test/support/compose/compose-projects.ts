import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { effectiveProject } from "../../../server/src/model/compose/effective/effective-project.ts";
import type { EffectiveInputs } from "../../../server/src/model/compose/effective/loading.ts";
import type { EffectiveProject } from "../../../server/src/model/compose/effective/tree.ts";
import { parseCompose } from "../../../server/src/syntax/compose/parse.ts";
import type { ComposeFile } from "../../../server/src/syntax/compose/tree.ts";

/** Texts of files by path. */
export type Files = Readonly<Record<string, string>>;

/** Small projects of several files: `=== name`, then `--- path` before each text. */
export function composeProjects(): readonly { readonly name: string; readonly files: Files }[] {
  return projectsIn("projects.txt");
}

/**
 * Small projects of several files, and whether `docker compose --profile "*" config` 2.40.3 takes them, recorded 2026-11: `=== takes: name`,
 * `=== refuses: name`, or `=== refuses, unseen: name` where no rule says so yet, then `--- path` before each text.
 */
export function projectVerdicts() {
  return projectsIn("project-verdicts.txt").map(({ name: head, files }) => {
    const [verdict = "", name = ""] = head.split(": ", 2);
    return { verdict, name, files };
  });
}

function projectsIn(name: string): readonly { readonly name: string; readonly files: Files }[] {
  const file = fileURLToPath(new URL(`../../fixtures/compose/${name}`, import.meta.url));
  const [, ...projects] = readFileSync(file, "utf8").split(/^=== /m);
  return projects.map((project) => {
    const [head = "", ...files] = project.split(/^--- /m);
    const entries = files.map((it) => {
      const end = it.indexOf("\n");
      return [it.slice(0, end), it.slice(end + 1)] as const;
    });
    return { name: head.trim(), files: Object.fromEntries(entries) };
  });
}

/** Where the files of `projectOf` are. */
export const home = "/project";

/** The project that these files make, below `/project`; `main` is by default the one that Compose would look for. */
export function projectOf(files: Files, main = mainFile(files)): EffectiveProject {
  return effectiveProject(`${home}/${main}`, inputsOf(files));
}

/** `open` is the file at one of the paths, as it is looked at. */
export function inputsOf(files: Files, open?: { path: string; file: ComposeFile }): EffectiveInputs {
  const textAt = (path: string) => files[path.slice(home.length + 1)];
  return {
    read: (path) => {
      if (path === open?.path) return open.file;
      const text = textAt(path);
      return text === undefined ? undefined : parseCompose(text);
    },
    textAt,
    namesIn: (folder) =>
      Object.keys(files)
        .map((it) => `${home}/${it}`)
        .filter((it) => it.slice(0, it.lastIndexOf("/")) === folder)
        .map((it) => it.slice(folder.length + 1)),
    listSeparator: ":",
  };
}

function mainFile(files: Files): string {
  const names = ["compose.yaml", "docker-compose.yml"];
  return names.find((it) => it in files) ?? Object.keys(files).find((it) => it.endsWith(".yaml")) ?? "";
}
