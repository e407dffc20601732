import { joinPath, resolvePath } from "../../paths.ts";
import { readFirst } from "../project-files.ts";
import { type Bundle, esbuildBundle, tsupFiles } from "./bundlers.ts";
import { areWithin, configurationNames, pathSetting } from "./configuration.ts";
import type { NodeProject } from "./project.ts";
import {
  builds,
  buildsBeside,
  buildsBundle,
  configured,
  optionOf,
  outputOf,
  type ToolCall,
} from "./tool-call.ts";

export function tsup(tool: ToolCall): boolean {
  const { project, words } = tool;
  const text = readFirst(project, [...configurationNames("tsup.config"), "tsup.config.json"]);
  if (text === undefined || words.some((it) => it === "--config")) return false;
  const output = outputOf(
    pathSetting(text ?? "", "outDir", project.directory),
    optionOf(words, "-d", "--out-dir"),
    "dist",
    project,
  );
  if (output === undefined) return false;
  const isPlain =
    !/onSuccess|outExtension|esbuildOptions|plugins/.test(text ?? "") && !words.includes("--onSuccess");
  const files = isPlain ? tsupFiles(words, text ?? "", output, project) : undefined;
  if (isPlain) return buildsBundle(tool, "tsup", { outputs: [output], files });
  return areWithin([output], project.directory) && buildsBeside(tool);
}

export function esbuild(tool: ToolCall): boolean {
  const { project, words } = tool;
  const bundle = esbuildBundle(words, project);
  return bundle ? buildsBundle(tool, "esbuild", bundle) : buildsBeside(tool);
}

/** A bundler whose configuration says where to write to; below the project where it does not say so plainly. */
export function bundled(
  stem: string,
  read: (words: readonly string[], text: string | null, project: NodeProject) => Bundle | undefined,
): (tool: ToolCall) => boolean {
  return (tool) => {
    const { project, words } = tool;
    const named = optionOf(words, "--config", "-c");
    const isNamed = named !== undefined && !named.startsWith("-");
    const text = isNamed ? project.read(named) : readFirst(project, configurationNames(stem));
    if (text === undefined || (isNamed && text === null)) return false;
    const bundle = /^(serve|watch|-w|--watch)$/.test(words[0] ?? "") ? undefined : read(words, text, project);
    return bundle ? buildsBundle(tool, stem.replace(".config", ""), bundle) : configured(stem)(tool);
  };
}

/** `dist`; a library's package.json names other places (parceljs.org/features/targets, read 2026-11). */
export function parcel(tool: ToolCall): boolean {
  const { project, words } = tool;
  const output = resolvePath(project.directory, optionOf(words, "--dist-dir", "-d") ?? "dist");
  const manifest = project.read("package.json");
  const isPlain =
    typeof manifest === "string" && !/"(targets|main|module|browser|types|source)"\s*:/.test(manifest);
  if (words[0] !== "build" || !isPlain || output === undefined || !areWithin([output], project.directory))
    return buildsBeside(tool);
  return builds(tool, "parcel build", [output], [joinPath(project.directory, ".parcel-cache")]);
}
