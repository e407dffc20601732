import { isObject } from "../../../../text/json.ts";
import { joinPath, resolvePath } from "../../paths.ts";
import { readJsonWithComments } from "../json-with-comments.ts";
import { readFirst } from "../project-files.ts";
import { areWithin, configurationNames, importsOf, mayWriteItself, pathSetting } from "./configuration.ts";
import {
  allBut,
  builds,
  buildsBeside,
  isSet,
  optionOf,
  outputOf,
  type ToolCall,
  writesOnly,
} from "./tool-call.ts";

/** Create React App: `build`, or what BUILD_PATH says, here or in an environment file. */
export function reactScripts(tool: ToolCall): boolean {
  const { call, project, words } = tool;
  if (!words.includes("build")) return /^(test|eject|start)$/.test(words[0] ?? "") && buildsBeside(tool);
  const path = call.variable("BUILD_PATH");
  const files = [".env", ".env.production", ".env.local", ".env.production.local"].map((it) =>
    project.read(it),
  );
  if (!path.known || files.some((it) => it === undefined || it?.includes("BUILD_PATH"))) return false;
  const output = resolvePath(project.directory, path.value || "build");
  return output !== undefined && builds(tool, "react-scripts build", [output]);
}

/** Next.js: `.next` or its `distDir`, with `standalone` in it only where the configuration asks for that; `out` where it exports. */
export function next(tool: ToolCall): boolean {
  const { call, changes, project, words } = tool;
  const [verb, ...rest] = words;
  if (verb === "export") {
    const output = optionOf(rest, "-o", "--outdir") ?? "out";
    changes.mayBuildBelow(resolvePath(project.directory, output) ?? "/");
    return buildsBeside(tool);
  }
  if (verb === "telemetry" || verb === "lint" || verb === "info") return buildsBeside(tool);
  const text = readFirst(project, configurationNames("next.config"));
  if (verb !== "build" || text === undefined) return false;
  const setting = pathSetting(text ?? "", "distDir", project.directory);
  const output = outputOf(setting, undefined, ".next", project);
  if (output === undefined || !areWithin([output], project.directory)) return false;
  const isPlain =
    rest.every((it) => /^--?[a-z-]+$/.test(it)) &&
    !mayWriteItself(text ?? "") &&
    importsOf(text ?? "").every((it) => !/^[./]|nx|sst|opennext/.test(it));
  if (!isPlain) return buildsBeside(tool);
  const isExport = /output["']?\s*:\s*["']export["']/.test(text ?? "");
  const mayStandAlone =
    /standalone/i.test(text ?? "") ||
    /\boutput\b(?!["']?\s*:\s*["'])/.test(
      (text ?? "").replace(/outputFileTracing\w*|output["']?\s*:\s*["']export["']/g, ""),
    ) ||
    isSet(call, "NEXT_PRIVATE_STANDALONE");
  const { directory } = project;
  const outputs = [output, ...(isExport ? [joinPath(directory, "out")] : [])];
  const more = [...project.packages].some((it) => PUBLIC_WRITERS.test(it))
    ? [joinPath(directory, "public")]
    : [];
  return builds(
    tool,
    "next build",
    outputs,
    more,
    mayStandAlone ? {} : { mayBe: allBut(`${output}/standalone`) },
  );
}

/** Packages that write into `public`. */
const PUBLIC_WRITERS = /pwa|next-sitemap|serwist|workbox|next-offline|msw|copy-webpack-plugin/;

export function ng(tool: ToolCall): boolean {
  const { project, words } = tool;
  const [verb, ...rest] = words;
  if (verb !== "build" && verb !== "b")
    return /^(test|lint|config|analytics|cache|version)$/.test(verb ?? "") && buildsBeside(tool);
  const text = project.read("angular.json");
  const json = text ? readJsonWithComments(text) : undefined;
  if (!json || !isObject(json["projects"])) return false;
  const names = Object.keys(json["projects"]);
  const operand = rest.find(
    (it, at) =>
      !it.startsWith("-") && !/^(-c|--configuration|--base-href|--output-path)$/.test(rest[at - 1] ?? ""),
  );
  const name =
    operand ??
    optionOf(rest, "--project") ??
    json["defaultProject"] ??
    (names.length === 1 ? names[0] : undefined);
  const own = typeof name === "string" ? json["projects"][name] : undefined;
  const target = isObject(own) ? (own["architect"] ?? own["targets"]) : undefined;
  const build = isObject(target) ? target["build"] : undefined;
  if (!isObject(build) || typeof name !== "string") return false;
  const options = isObject(build["options"]) ? build["options"] : {};
  const given = optionOf(rest, "--output-path") ?? options["outputPath"];
  const isInConfiguration = JSON.stringify(build["configurations"] ?? {}).includes("outputPath");
  const isApplication = /:application$/.test(String(build["builder"]));
  const isBrowser = /^@angular-devkit\/build-angular:browser(-esbuild)?$/.test(String(build["builder"]));
  const base = isObject(given) ? given["base"] : (given ?? (isApplication ? `dist/${name}` : undefined));
  if (typeof base !== "string" || isInConfiguration || (!isApplication && !isBrowser)) return false;
  const output = resolvePath(project.directory, base);
  if (output === undefined) return false;
  const more = [joinPath(project.directory, ".angular")];
  const below = isObject(given) && typeof given["browser"] === "string" ? given["browser"] : "browser";
  const made = isApplication && below !== "" ? joinPath(output, below) : output;
  if (made !== output) more.push(output);
  // The older builder puts nothing into a folder of its own.
  return builds(tool, "ng build", [made], more, isApplication ? {} : { mayBe: allBut(`${output}/browser`) });
}

export function vueCli(tool: ToolCall): boolean {
  const { project, words } = tool;
  const [verb, ...rest] = words;
  if (verb === "lint" || verb?.startsWith("test")) return buildsBeside(tool);
  const text = readFirst(project, configurationNames("vue.config"));
  if (verb !== "build" || text === undefined) return false;
  const output = outputOf(
    pathSetting(text ?? "", "outputDir", project.directory),
    optionOf(rest, "--dest"),
    "dist",
    project,
  );
  if (output === undefined) return false;
  const isPlain = !mayWriteItself(text ?? "") && !/\bpath\s*:|compression|Plugin\(/.test(text ?? "");
  if (isPlain) return builds(tool, "vue-cli-service build", [output]);
  return areWithin([output], project.directory) && buildsBeside(tool);
}

export function gatsby(tool: ToolCall): boolean {
  const { project, words } = tool;
  if (words[0] !== "build") return words[0] === "clean" || words[0] === "telemetry";
  const own = readFirst(project, configurationNames("gatsby-node"));
  if (own === undefined) return false;
  if (own !== null) return buildsBeside(tool);
  return builds(
    tool,
    "gatsby build",
    [joinPath(project.directory, "public")],
    [joinPath(project.directory, ".cache")],
  );
}

export function astro(tool: ToolCall): boolean {
  const { project, words } = tool;
  if (words[0] !== "build") return /^(check|sync|telemetry|info)$/.test(words[0] ?? "") && buildsBeside(tool);
  const text = readFirst(project, configurationNames("astro.config"));
  if (text === undefined) return false;
  const output = outputOf(
    pathSetting(text ?? "", "outDir", project.directory),
    optionOf(words, "--outDir"),
    "dist",
    project,
  );
  if (output === undefined || !areWithin([output], project.directory)) return false;
  const isPlain =
    !/vercel|netlify|cloudflare|aws|deno|\broot\b\s*:|build\s*:/.test(text ?? "") &&
    !mayWriteItself(text ?? "") &&
    importsOf(text ?? "").every((it) => !it.startsWith("."));
  return isPlain
    ? builds(tool, "astro build", [output], [joinPath(project.directory, ".astro")])
    : buildsBeside(tool);
}

export function nuxt(tool: ToolCall): boolean {
  const { project, words } = tool;
  const text = readFirst(project, configurationNames("nuxt.config"));
  if (text === undefined || /\.\.\//.test(text ?? "")) return false;
  if (words[0] === "prepare" && text !== undefined && !text?.includes("buildDir"))
    return writesOnly(tool, [".nuxt"]);
  const isBuild = words[0] === "build" || words[0] === "generate" || words[0] === "build-module";
  const isPlain =
    words.length === 1 &&
    !/nitro|buildDir|\bdir\s*:|preset|srcDir|rootDir|generate\s*:|extends/.test(text ?? "") &&
    !mayWriteItself(text ?? "") &&
    !isSet(tool.call, "NITRO_PRESET") &&
    importsOf(text ?? "").every((it) => !it.startsWith("."));
  if (!isBuild || !isPlain) return buildsBeside(tool);
  // From Nuxt 3 on the server stands in `.output`, and only `generate` links `dist` to it (nuxt.com, read 2026-11).
  if (words[0] === "build" && /^[\^~]?[34]\./.test(project.versions["nuxt"] ?? ""))
    return builds(
      tool,
      "nuxt build",
      [joinPath(project.directory, ".output")],
      [joinPath(project.directory, ".nuxt")],
    );
  return builds(
    tool,
    `nuxt ${words[0]}`,
    [".output", ".nuxt", "dist"].map((it) => joinPath(project.directory, it)),
  );
}

export function docusaurus(tool: ToolCall): boolean {
  const { project, words } = tool;
  if (words[0] !== "build") return buildsBeside(tool);
  const output = resolvePath(project.directory, optionOf(words, "--out-dir") ?? "build");
  const text = readFirst(project, configurationNames("docusaurus.config"));
  if (output === undefined || text === undefined || mayWriteItself(text ?? "")) return false;
  return builds(tool, "docusaurus build", [output], [joinPath(project.directory, ".docusaurus")]);
}

/** `expo export`: `dist` without `--output-dir` (docs.expo.dev/more/expo-cli, read 2026-11). */
export function expo(tool: ToolCall): boolean {
  const { project, words } = tool;
  if (words[0] !== "export") return buildsBeside(tool);
  const output = resolvePath(project.directory, optionOf(words, "--output-dir") ?? "dist");
  return output === undefined
    ? false
    : builds(
        tool,
        "expo export",
        [output],
        [joinPath(project.directory, ".expo"), joinPath(project.directory, "expo-env.d.ts")],
      );
}
