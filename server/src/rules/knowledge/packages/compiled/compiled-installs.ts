import { imageNameBelow } from "../../../../model/stage/base-image.ts";
import { packageJson, takesRootManifest } from "../../../../model/stage/package-json.ts";
import { directoryOf, isWithin, joinPath, resolvePath } from "../../../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../../../model/stage/stage.ts";
import { stagesDownFrom } from "../../../../model/stage/stage-graph.ts";
import type { Instruction } from "../../../../syntax/dockerfile/tree.ts";
import { type Command, notedOnScript, type Script } from "../../../../syntax/shell/script.ts";
import type { Span } from "../../../../text/span.ts";
import { originOf } from "../../files/file-origin.ts";
import { ecosystems } from "../ecosystems.ts";
import { type PackageCommand, readPackageCommand } from "../package-commands.ts";
import { virtualEnvironments } from "../python/virtual-environments.ts";
import {
  isNodeAddon,
  isPythonModule,
  type NamedPackage,
  readRequirement,
  readRequirements,
} from "./compiled-packages.ts";

/** Packages with compiled code that a command has put into a stage. */
export interface CompiledInstall {
  readonly runtime: "node" | "python";
  /** The directory that holds them; undefined for the system's own site-packages, see `holds`. */
  readonly path: string | undefined;
  readonly names: readonly string[];
  /** The command. */
  readonly span: Span;
}

/** What npm, Yarn and pip have certainly installed in a stage, or in one that it is built on, that is compiled for `libc`. */
export const compiledInstalls = notedOnStage((stage, libc: "glibc" | "musl"): readonly CompiledInstall[] => {
  const all = [...stagesDownFrom(stage)].reverse().flatMap((it) => ownInstalls(it, libc));
  // One for each directory, by the first command.
  const byPath = new Map<string | undefined, CompiledInstall>();
  for (const it of all) {
    const before = byPath.get(it.path);
    if (before && it.names.every((name) => before.names.includes(name))) continue;
    byPath.set(it.path, before ? { ...before, names: [...new Set([...before.names, ...it.names])] } : it);
  }
  return [...byPath.values()];
});

/** Does a COPY of `source` take the packages along? */
export function holds(source: string, { path }: CompiledInstall): boolean {
  return path === undefined ? SITE_PACKAGES.test(source) : isWithin(path, source);
}

/** Of Docker's official image of Python, with what lies above it. */
const SITE_PACKAGES = /^\/usr\/local(\/lib(\/python3\.\d+(\/site-packages)?)?)?$/;

const ownInstalls = notedOnStage((stage, libc: "glibc" | "musl"): readonly CompiledInstall[] =>
  stage.instructions.flatMap((it) => (it.name === "RUN" ? installedBy(it, stage, libc) : [])),
);

function installedBy(run: Instruction, stage: Stage, libc: "glibc" | "musl"): CompiledInstall[] {
  const script = stage.commandsOf(run);
  const { workdir } = stage.before(run);
  if (!script?.complete || !workdir.known || script.commands.some((it) => it.name?.literal === "cd"))
    return [];
  return script.commands.flatMap((command) => {
    const isOpen = command.conditional || command.arguments.some((it) => it.literal === undefined);
    // For another system than this one, or without what compiles.
    if (isOpen || command.arguments.some((it) => /libc|musl|platform|--ignore-scripts/.test(it.raw)))
      return [];
    return (
      ofNode(command, workdir.value, stage) ??
      ofPython(command, { script, run, stage, libc, workdir: workdir.value }) ??
      []
    );
  });
}

function ofNode(command: Command, workdir: string, stage: Stage): CompiledInstall | undefined {
  const words = command.arguments.map((it) => it.literal ?? "");
  if (words.some((it) => /^(-g|--global|--prefix|--cwd|-C|--dir|global)\b/.test(it))) return undefined;
  const call = readPackageCommand(command);
  const isAll = ecosystems.some((it) => NODE.has(it.name) && it.gets(command));
  const named =
    call && NODE.has(call.manager) && call.act === "install"
      ? call.operands.flatMap((it) => it.literal ?? [])
      : [];
  const project = isAll && takesRootManifest(stage) ? packageJson(stage.model)?.versions : undefined;
  const packages = [
    ...Object.entries(project ?? {}).map(([name, version]) => ({ name, version })),
    ...named.map((it) => ({
      name: it.replace(/(.)@.*$/, "$1"),
      version: /.@(.+)$/.exec(it)?.[1] ?? "latest",
    })),
  ];
  // The author has asked for the other library's addons too.
  if (packages.some((it) => /musl/.test(it.name))) return undefined;
  const names = packages.filter(isNodeAddon).map((it) => it.name);
  return names.length > 0
    ? { runtime: "node", path: joinPath(workdir, "node_modules"), names, span: command.span }
    : undefined;
}

/** pnpm and bun run the install scripts of those packages only that the project names. */
const NODE: ReadonlySet<string> = new Set(["npm", "yarn"]);

interface PipPlace {
  readonly script: Script;
  readonly run: Instruction;
  readonly stage: Stage;
  readonly libc: "glibc" | "musl";
  readonly workdir: string;
}

function ofPython(command: Command, place: PipPlace): CompiledInstall | undefined {
  const call = readPackageCommand(command);
  if (call?.manager !== "pip" || call.act !== "install") return undefined;
  const path = pipDirectory(call, place);
  if (path === undefined) return undefined;
  const { libc } = place;
  const packages: readonly NamedPackage[] = [
    ...call.operands.flatMap((it) => readRequirement(it.literal ?? "") ?? []),
    ...["-r", "--requirement"].flatMap((option) => {
      const file = call.options.get(option);
      const at = file === undefined ? undefined : resolvePath(place.workdir, file);
      const origin = at === undefined ? undefined : originOf(at, place.stage, place.run);
      return origin ? readRequirements(origin.text) : [];
    }),
  ];
  const names = packages.filter((it) => isPythonModule(it, libc)).map((it) => it.name);
  return names.length > 0
    ? { runtime: "python", path: path ?? undefined, names, span: command.span }
    : undefined;
}

/** The first command that reads a script into the shell, asked for each installation. */
const activationIn = notedOnScript(({ commands }) =>
  commands.find((it) => /^(\.|source)$/.test(it.name?.literal ?? "")),
);

/** Null for the system's site-packages, undefined where it is not certain. */
function pipDirectory(
  call: PackageCommand,
  { script, run, stage, workdir }: PipPlace,
): string | null | undefined {
  for (const [option, value] of call.options) {
    if (/^(-t|--target|--prefix)$/.test(option))
      return value === undefined ? undefined : resolvePath(workdir, value);
    if (/^(--root|--user|--python|-e|--editable)$/.test(option)) return undefined;
  }
  const environments = virtualEnvironments(stage);
  const program = call.command.name?.literal ?? "";
  if (program.includes("/")) {
    const environment = directoryOf(directoryOf(resolvePath(workdir, program) ?? "/"));
    return environments.find((it) => it === environment);
  }
  const activated = activationIn(script);
  if (activated) {
    const file = activated.arguments[0]?.literal;
    return environments.find((it) => file === `${it}/bin/activate`);
  }
  const path = stage.before(run).variable("PATH");
  const first = path.known ? path.value.split(":")[0] : undefined;
  const environment = environments.find((it) => first === `${it}/bin`);
  if (environment !== undefined) return environment;
  const isOfficial = imageNameBelow(stage)?.name === "python";
  return environments.length === 0 && isOfficial && path.known && !/venv|pyenv|conda/.test(path.value)
    ? null
    : undefined;
}
