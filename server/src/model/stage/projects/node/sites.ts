import { joinPath, resolvePath } from "../../paths.ts";
import { readFirst } from "../project-files.ts";
import { areWithin, configurationNames, mayWriteItself, pathSetting } from "./configuration.ts";
import { builds, buildsBeside, optionOf, outputOf, type ToolCall, writesOnly } from "./tool-call.ts";

/** VitePress and VuePress: `dist` in the folder of the configuration, below that of the texts (vitepress.dev, outDir; read 2026-11). */
export function documentation(tool: ToolCall, program: string, folder: string): boolean {
  const { project, words } = tool;
  const [verb, ...rest] = words;
  const [root = ".", ...more] = rest.filter((it) => !it.startsWith("-"));
  if (verb !== "build" || more.length > 0) return buildsBeside(tool);
  const own = `${root}/${folder}`;
  const text = readFirst(project, configurationNames(`${own}/config`));
  const output = resolvePath(project.directory, `${own}/dist`);
  if (text === undefined || output === undefined) return false;
  const isPlain =
    !/outDir|dest\b|srcDir/.test(text ?? "") &&
    !mayWriteItself(text ?? "") &&
    !rest.some((it) => /^--(outDir|dest|base)/.test(it));
  if (!isPlain || !areWithin([output], project.directory)) return buildsBeside(tool);
  return builds(
    tool,
    `${program} build`,
    [output],
    [
      resolvePath(project.directory, `${own}/cache`) ?? output,
      resolvePath(project.directory, `${own}/.temp`) ?? output,
    ],
  );
}

/** `_site`, unless `--output` or `dir.output` say otherwise (11ty.dev/docs/config, read 2026-11). */
export function eleventy(tool: ToolCall): boolean {
  const { project, words } = tool;
  const text = readFirst(project, [".eleventy.js", ...configurationNames("eleventy.config")]);
  if (text === undefined) return false;
  const output = outputOf(
    pathSetting(text ?? "", "output", project.directory),
    optionOf(words, "--output"),
    "_site",
    project,
  );
  if (
    output === undefined ||
    !areWithin([output], project.directory) ||
    mayWriteItself(text ?? "") ||
    words.some((it) => /^--config/.test(it)) ||
    /\.\.\//.test(text ?? "")
  )
    return buildsBeside(tool);
  return builds(tool, "eleventy", [output], [joinPath(project.directory, ".cache")]);
}

/** `storybook-static` without `-o` (storybook.js.org/docs/api/cli-options, read 2026-11). */
export function storybook(tool: ToolCall): boolean {
  const { project, words } = tool;
  if (words[0] !== "build" && tool.call.program !== "build-storybook") return buildsBeside(tool);
  const output = resolvePath(project.directory, optionOf(words, "-o", "--output-dir") ?? "storybook-static");
  if (output === undefined || words.some((it) => /^(-c|--config-dir)/.test(it))) return buildsBeside(tool);
  return builds(tool, "storybook build", [output]);
}

/** The client goes into the project's packages, unless the schema says where (prisma.io, generators; read 2026-11). */
export function prisma(tool: ToolCall): boolean {
  const { project, words } = tool;
  const schema = project.read(optionOf(words, "--schema") ?? "prisma/schema.prisma");
  const isPlain = words[0] === "generate" && typeof schema === "string" && !/\boutput\s*=/.test(schema);
  return isPlain ? writesOnly(tool, []) : buildsBeside(tool);
}
