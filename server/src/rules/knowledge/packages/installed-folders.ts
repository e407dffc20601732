import { targetFolder } from "../../../model/stage/copy-target.ts";
import { type DockerfileModel, notedOnModel } from "../../../model/stage/dockerfile-model.ts";
import { baseName, below, isWithin, joinPath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { stageSources } from "../../../model/stage/stage-sources.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Command } from "../../../syntax/shell/script.ts";
import { directoryOfCommand } from "../commands/command-directory.ts";
import { ecosystems } from "./ecosystems.ts";
import { environmentsMade } from "./python/virtual-environments.ts";

/** Dependencies that are in the image. */
export interface InstalledFolder {
  /** Its name, `node_modules`. */
  readonly folder: string;
  readonly path: string;
  /** As the user knows it: `npm`, `the stage deps`. */
  readonly by: string;
  readonly span: Instruction["span"];
}

/** Where the package managers put what a project depends on, below the project. */
const FOLDERS: Readonly<Record<string, string>> = {
  npm: "node_modules",
  yarn: "node_modules",
  pnpm: "node_modules",
  bun: "node_modules",
  uv: ".venv",
  Composer: "vendor",
};

const DEPENDENCY_FOLDERS: readonly string[] = [...new Set(Object.values(FOLDERS))];

/** What a RUN certainly installs into the directory in which it does, or a COPY brings from another stage by that name. */
export function installedBy(instruction: Instruction, stage: Stage): readonly InstalledFolder[] {
  if (instruction.name === "COPY") return copiedFromStage(instruction, stage);
  const script = instruction.name === "RUN" ? stage.commandsOf(instruction) : undefined;
  if (!script) return [];
  return script.commands.flatMap((command): InstalledFolder[] => {
    const name = managerOf(command);
    const folder = name === undefined ? undefined : FOLDERS[name];
    if (name === undefined || folder === undefined || command.conditional) return [];
    // It says where the virtual environment is.
    if (name === "uv" && stage.before(instruction).isSet("UV_PROJECT_ENVIRONMENT").is !== "no") return [];
    const directory = directoryOfCommand(command, script, stage.before(instruction));
    if (directory === undefined) return [];
    return [{ folder, path: joinPath(directory, folder), by: name, span: command.span }];
  });
}

function managerOf(command: Command): string | undefined {
  const isElsewhere = command.arguments.some((it) =>
    /^(--prefix|--cwd|-C|--dir|--working-dir)\b/.test(it.raw),
  );
  return isElsewhere ? undefined : ecosystems.find((it) => it.name in FOLDERS && it.gets(command))?.name;
}

/** `COPY --from=deps /app/node_modules ./node_modules` */
function copiedFromStage(copy: Instruction, stage: Stage): readonly InstalledFolder[] {
  const from = copy.flags.find((it) => it.name === "from")?.value;
  const folder = copy.words[0]?.raw.split("/").findLast((it) => it !== "");
  const target = targetFolder(copy, stage);
  const isFolder = folder !== undefined && DEPENDENCY_FOLDERS.includes(folder);
  if (from === undefined || copy.words.length !== 2 || !isFolder || !target?.endsWith(`/${folder}`))
    return [];
  return [{ folder, path: target, by: `the stage ${from}`, span: copy.span }];
}

/**
 * Folders of dependencies that a stage has at its end, virtual environments among them: by its own instructions, those of the
 * stages that it is built on, and of the earlier ones that it copies from.
 */
export function installedFolders(stage: Stage): readonly InstalledFolder[] {
  return foldersByStage(stage.model).get(stage) ?? [];
}

/** A loop from the first stage on, as a file may have more of them than the call stack holds. */
const foldersByStage = notedOnModel(({ stages }: DockerfileModel) => {
  const known = new Map<Stage, readonly InstalledFolder[]>();
  for (const stage of stages) {
    const below = stage.base.kind === "stage" ? (known.get(stage.base.stage) ?? []) : [];
    const folders = new Map(below.map((it) => [it.path, it]));
    for (const instruction of stage.instructions) {
      const added = [
        ...installedBy(instruction, stage),
        ...environmentsMade(instruction, stage).map(environmentFolder),
        ...broughtAlong(instruction, stage, known),
      ];
      for (const it of added) if (folders.size < MOST_FOLDERS) folders.set(it.path, it);
      if (folders.size > 0) takeAway(instruction, stage, folders);
    }
    known.set(stage, [...folders.values()]);
  }
  return known;
});

/** More than any project has; stages that copy from one another would else hand on ever more of them. */
const MOST_FOLDERS = 30;

/** A virtual environment that a RUN makes. */
export function environmentFolder({
  path,
  command,
}: ReturnType<typeof environmentsMade>[number]): InstalledFolder {
  return { folder: baseName(path), path, by: command.name?.literal ?? "the image", span: command.span };
}

/** `COPY --from=build /app /app`, with what was installed in there. */
function broughtAlong(
  copy: Instruction,
  stage: Stage,
  known: ReadonlyMap<Stage, readonly InstalledFolder[]>,
): readonly InstalledFolder[] {
  const from = copy.name === "COPY" ? copy.flags.find((it) => it.name === "from")?.value : undefined;
  if (from === undefined || copy.flags.some((it) => /^(?:exclude|parents)$/.test(it.name))) return [];
  const other = stage.model.findStage(from, stage);
  const folders = other && known.get(other);
  const target = folders && folders.length > 0 ? targetFolder(copy, stage) : undefined;
  if (!folders || target === undefined) return [];
  return stageSources(copy, stage).flatMap(({ path: source }) =>
    folders
      .filter((it) => isWithin(it.path, source))
      .map(({ folder, path }): InstalledFolder => {
        const to = path === source ? target : joinPath(target, below(path, source));
        return { folder, path: to, by: `the stage ${from}`, span: copy.span };
      }),
  );
}

/** What is removed or moved afterwards, or was put into a cache, is not in the image. */
function takeAway(instruction: Instruction, stage: Stage, folders: Map<string, InstalledFolder>): void {
  if (instruction.name !== "RUN") return;
  const commands = stage.commandsOf(instruction)?.commands ?? [];
  const takes = commands.filter((it) => /^(?:rm|mv|find)$/.test(it.name?.literal ?? ""));
  const mounted = instruction.flags.map((it) => it.value ?? "");
  for (const { folder, path, span } of [...folders.values()]) {
    const isTaken = takes.some(
      (it) =>
        it.span.start > span.start &&
        it.arguments.some((word) => baseName((word.literal ?? word.raw).replace(/\/+$/, "")) === folder),
    );
    const isMounted = instruction.span.start <= span.start && mounted.some((it) => it.includes(folder));
    if (isTaken || isMounted) folders.delete(path);
  }
}
