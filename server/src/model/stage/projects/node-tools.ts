import type { Call } from "../commands/command-family.ts";
import type { Changes } from "../contents/changes.ts";
import { directoryOf, isWithin, joinPath, resolvePath } from "../paths.ts";
import { isObject, readJsonWithComments } from "./json-with-comments.ts";
import {
  type Bundle,
  esbuildBundle,
  mayBeOf,
  rollupBundle,
  tsupFiles,
  webpackBundle,
} from "./node-bundlers.ts";
import {
  areWithin,
  configurationNames,
  importsOf,
  mayWriteItself,
  type PathSetting,
  pathSetting,
} from "./node-configuration.ts";
import { type NodeProject, packageDirectories } from "./node-project.ts";
import { buildsInto, mayBuildProject, mayLeadOutside, writesBeside } from "./project-build.ts";
import { readFirst } from "./project-files.ts";
import { type CompilerOutput, compilerOutput } from "./typescript.ts";
import { type CompilerInputs, type Emission, emissionOf } from "./typescript-sources.ts";

/** One call of a tool in a project whose package.json is read. */
export interface ToolCall {
  readonly call: Call;
  readonly changes: Changes;
  readonly project: NodeProject;
  /** Behind the program's name; each of them is known. */
  readonly words: readonly string[];
}

/**
 * Tools that build, by the name of their program, and what they write. Facts from their documentation: vite.dev (build.outDir,
 * `dist`), create-react-app.dev (`build`, BUILD_PATH), nextjs.org (distDir, output), angular.dev (outputPath, `browser` below it),
 * cli.vuejs.org (outputDir), typescriptlang.org (outDir), docs.nestjs.com, gatsbyjs.com (`public`), docs.astro.build (outDir), nuxt.com
 * (`.output`), docusaurus.io (`build`), tsup.egoist.dev (outDir); read 2026-11.
 */
const TOOLS: Readonly<Record<string, (tool: ToolCall) => boolean>> = {
  vite,
  "react-scripts": reactScripts,
  next,
  ng,
  "vue-cli-service": vueCli,
  tsc,
  "vue-tsc": tsc,
  nest,
  gatsby,
  astro,
  nuxt,
  nuxi: nuxt,
  docusaurus,
  tsup,
  prisma,
  esbuild,
  webpack: bundled("webpack.config", webpackBundle),
  rollup: bundled("rollup.config", rollupBundle),
  remix: (tool) => fullStack(tool, "remix", "vite:build", configurationNames("vite.config")),
  "react-router": (tool) =>
    fullStack(tool, "react-router", "build", configurationNames("react-router.config")),
  vitepress: (tool) => documentation(tool, "vitepress", ".vitepress"),
  vuepress: (tool) => documentation(tool, "vuepress", ".vuepress"),
  eleventy,
  "@11ty/eleventy": eleventy,
  parcel,
  storybook,
  "build-storybook": storybook,
  expo,
};

/** Tools whose configuration is a module that says where to write to. */
const CONFIGURED: Readonly<Record<string, string>> = {
  craco: "craco.config",
  "react-app-rewired": "config-overrides",
};

/** Tools that write below the project, or where their words say. */
const BESIDE =
  "jest vitest mocha ava nyc c8 copyfiles cpx cpx2 ncp cpy shx sass node-sass lessc postcss tailwindcss @tailwindcss/cli tsc-alias babel swc mkdirp svgo drizzle-kit typedoc next-sitemap svelte-kit svelte-check api-extractor ngc lingui i18next".split(
    " ",
  );

/** Tools that change files which are there, and what they write beside them. */
const NARROW: Readonly<Record<string, readonly string[]>> = {
  husky: [".husky", ".git"],
  lefthook: [".git", ".lefthook"],
  "simple-git-hooks": [".git"],
  "patch-package": [],
  ngcc: [],
  eslint: [".eslintcache"],
  prettier: [],
  stylelint: [],
  tslint: [],
  biome: [],
  oxlint: [],
  "lint-staged": [],
};

/** Names of programs that `runNodeTool` speaks for. */
export const NODE_TOOLS: readonly string[] = [
  ...Object.keys(TOOLS),
  ...Object.keys(CONFIGURED),
  ...Object.keys(NARROW),
  ...BESIDE,
];

/** What a tool of Node's writes: what its configuration says where that is plain, anything below the project else. */
export function runNodeTool(
  program: string,
  call: Call,
  changes: Changes,
  project: NodeProject | undefined,
): void {
  const words = call.words.flatMap((it) => it ?? []);
  if (!project || words.length !== call.words.length) {
    changes.mayWriteAnywhere();
    return;
  }
  if (words.length === 1 && /^(-v|--version|-h|--help)$/.test(words[0] ?? "")) return;
  const tool = { call, changes, project, words };
  if (!toolNamed(program)(tool)) changes.mayWriteAnywhere();
}

function toolNamed(program: string): (tool: ToolCall) => boolean {
  const stem = CONFIGURED[program];
  const narrow = NARROW[program];
  if (stem !== undefined) return configured(stem);
  return TOOLS[program] ?? (narrow ? (tool) => writesOnly(tool, narrow) : buildsBeside);
}

/** Packages of the project, and these of its directories. */
function writesOnly({ call, changes, project: { directory } }: ToolCall, names: readonly string[]): boolean {
  if (!writesBeside(call, changes, directory)) return false;
  for (const it of [...packageDirectories(directory), ...names.map((name) => joinPath(directory, name))])
    changes.mayBuildBelow(it);
  return true;
}

/** Writes below the project, unless its configuration names another place. */
function configured(stem: string): (tool: ToolCall) => boolean {
  return (tool) => {
    const named = optionOf(tool.words, "--config", "-c");
    const { project } = tool;
    const text = named === undefined ? readFirst(project, configurationNames(stem)) : project.read(named);
    const isPlain =
      typeof text === "string" && !mayLeadOutside(text) && importsOf(text).every((it) => !it.startsWith("."));
    return (text === null || isPlain) && buildsBeside(tool);
  };
}

/** Value of an option, as `--name value` or `--name=value`. */
function optionOf(words: readonly string[], ...names: readonly string[]): string | undefined {
  for (const [at, word] of words.entries()) {
    if (names.includes(word)) return words[at + 1];
    for (const name of names) if (word.startsWith(`${name}=`)) return word.slice(name.length + 1);
  }
  return undefined;
}

function builds(
  { call, changes, project }: ToolCall,
  program: string,
  outputs: readonly string[],
  more: readonly string[] = [],
  mayBe?: (path: string) => boolean,
  files?: () => readonly string[] | undefined,
): true {
  const { directory } = project;
  buildsInto(
    call,
    changes,
    {
      program,
      directory,
      outputs,
      get files() {
        return files?.();
      },
    },
    [...packageDirectories(directory), ...more],
    mayBe,
  );
  return true;
}

/** Every path but this one, and what is below it. */
function allBut(path: string): (path: string) => boolean {
  return (it) => !isWithin(it, path);
}

/** Anything below the project. */
function buildsBeside({ call, changes, project }: ToolCall): true {
  mayBuildProject(call, changes, project.directory);
  return true;
}

/**
 * A configuration whose text names the output's directory, or leaves it at the default. `isPlain` where it is certain to say nothing
 * else; undefined where the output may be outside of the project.
 */
function outputOf(
  setting: PathSetting,
  given: string | undefined,
  byDefault: string,
  { directory }: NodeProject,
): string | undefined {
  if (given !== undefined) return resolvePath(directory, given);
  if (setting.isOpen || setting.values.length > 1) return undefined;
  return setting.values[0] ?? joinPath(directory, byDefault);
}

function vite(tool: ToolCall): boolean {
  const { project, words } = tool;
  const [verb, ...rest] = words;
  if (verb !== "build") return false;
  const given = optionOf(rest, "--outDir");
  const named = optionOf(rest, "--config", "-c");
  const text =
    named === undefined ? readFirst(project, configurationNames("vite.config")) : project.read(named);
  if (text === undefined || (named !== undefined && text === null)) return false;
  const setting = pathSetting(text ?? "", "outDir", project.directory);
  const isKit = text?.includes("@sveltejs/kit/vite") === true;
  const output = isKit ? svelteKitOutput(tool) : outputOf(setting, given, "dist", project);
  if (output === undefined) return isKit && buildsBeside(tool);
  const isPlain =
    !(isKit && (given !== undefined || setting.isOpen || setting.values.length > 0)) &&
    rest.every((it, at) => it.startsWith("-") || VITE_VALUED.has(rest[at - 1] ?? "")) &&
    !/\broot\b\s*[:,]|\bdir\s*:|process\.chdir/.test(text ?? "") &&
    !mayWriteItself(text ?? "") &&
    importsOf(text ?? "").every((it) => VITE_PLUGINS.test(it) || it === "@sveltejs/kit/vite");
  const caches = [".vite", ...(isKit ? [".svelte-kit"] : [])];
  if (isPlain)
    return builds(
      tool,
      "vite build",
      [output],
      caches.map((it) => joinPath(project.directory, it)),
    );
  // Frameworks on Vite have directories of their own; one that is given goes below them, or outside.
  return areWithin([output], project.directory) && buildsBeside(tool);
}

/** Options that take the next word; any other word is the root of another project. */
const VITE_VALUED: ReadonlySet<string> = new Set(
  "-c --config --outDir --assetsDir --assetsInlineLimit --base -l --logLevel -m --mode --target --configLoader".split(
    " ",
  ),
);

/** Plugins that write nothing, or to where Vite writes. Frameworks such as SvelteKit and Remix are none of them. */
const VITE_PLUGINS =
  /^(vite|vitest\/config|vitest|@vitejs\/[\w-]+|(node:)?(path|url|process)|vite-tsconfig-paths|vite-plugin-(svgr|pwa|checker|compression2?|vue-devtools|eslint2?|solid|vuetify|mkcert|node-polyfills|css-injected-by-js|top-level-await|wasm|html|environment)|vite-svg-loader|@?tailwindcss(\/vite)?|autoprefixer|unocss\/vite|unplugin-[\w-]+\/\w+|@preact\/preset-vite|@sveltejs\/vite-plugin-svelte|@tanstack\/(router-plugin|router-vite-plugin)(\/vite)?|lovable-tagger|@intlify\/[\w-]+(\/vite)?|@svgr\/rollup|@rollup\/plugin-[\w-]+|\.\/package\.json)$/;

function reactScripts(tool: ToolCall): boolean {
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

function next(tool: ToolCall): boolean {
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
    mayStandAlone ? undefined : allBut(`${output}/standalone`),
  );
}

/** Packages that write into `public`. */
const PUBLIC_WRITERS = /pwa|next-sitemap|serwist|workbox|next-offline|msw|copy-webpack-plugin/;

function isSet(call: Call, name: string): boolean {
  const value = call.variable(name);
  return !value.known || value.value !== "";
}

function ng(tool: ToolCall): boolean {
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
  return builds(tool, "ng build", [made], more, isApplication ? undefined : allBut(`${output}/browser`));
}

function vueCli(tool: ToolCall): boolean {
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

function tsc(tool: ToolCall): boolean {
  const { project, words } = tool;
  if (words.includes("--noEmit")) return true;
  const isBuild = words[0] === "-b" || words[0] === "--build";
  const named = optionOf(words, "-p", "--project");
  const operands = words.filter(
    (it, at) => !it.startsWith("-") && !/^-(-\w+|[bp])$/.test(words[at - 1] ?? ""),
  );
  const builtFirst = isBuild && words[1] !== undefined && !words[1].startsWith("-") ? [words[1]] : [];
  const projects = isBuild ? [...builtFirst, ...operands.filter((it) => it !== words[1])] : [];
  if (!isBuild && operands.length > 0) return buildsBeside(tool);
  const output = compilerOutput(project, {
    isBuild,
    projects: named !== undefined ? [named] : projects.length > 0 ? projects : ["."],
  });
  const given = optionOf(words, "--outDir");
  const at = given === undefined ? undefined : resolvePath(project.directory, given);
  if (at !== undefined) return builds(tool, "tsc", [at]);
  if (!output || words.some((it) => /^--(declarationDir|outFile)/.test(it))) return false;
  if (output.isBeside) return areWithin(output.directories, project.directory) && buildsBeside(tool);
  // With `noEmit` everywhere it only looks at types.
  if (output.directories.length === 0) return true;
  const isPlain = words.every((it) =>
    /^(-p|--project|-b|--build|--pretty|--force|--verbose|\.|[\w./-]+\.json)$/.test(it),
  );
  const { mayBe, files } = compiled(tool, output);
  return isPlain
    ? builds(tool, "tsc", output.directories, [], mayBe, files)
    : builds(tool, "tsc", output.directories);
}

/** Which files a compilation writes below its directories: asked for late, as all sources are read for it. */
function compiled(
  { call, changes, project }: ToolCall,
  { directories, inputs }: CompilerOutput,
): { mayBe(path: string): boolean; files(): readonly string[] | undefined } {
  const { context } = call;
  const manifest = project.sourceOf("package.json");
  const now = changes.before;
  const old = /^[\^~]?[2-5]\.[\w.-]+$/.test(project.versions["typescript"] ?? "");
  const isPart = isPartOfAnother(project);
  const emissions = new Map<CompilerInputs, Emission | undefined>();
  const emission = (it: CompilerInputs) => {
    if (!emissions.has(it)) {
      const isKnown =
        context !== undefined && manifest !== undefined && !(isPart && it.rootDir === undefined);
      const place = {
        context,
        folder: directoryOf(`/${manifest}`).slice(1),
        directory: project.directory,
        now,
        packages: publicPackages(project),
        isOld: old,
      };
      emissions.set(it, isKnown ? emissionOf(it, { ...place, context }) : undefined);
    }
    return emissions.get(it);
  };
  const isOne = directories.length === 1 && inputs.length === 1;
  return {
    mayBe: (path) => !isOne || inputs.some((it) => emission(it)?.has(path) ?? true),
    files: () => (isOne ? inputs.flatMap((it) => emission(it)?.files ?? []) : undefined),
  };
}

/** Packages that come from a registry, and so hold no sources that are compiled with the project's own. */
function publicPackages({ versions }: NodeProject): ReadonlySet<string> {
  return new Set(
    Object.entries(versions).flatMap(([name, it]) => (/^[\^~>=<\d]|^latest$/.test(it) ? name : [])),
  );
}

/** May it be one of several projects whose sources are next to it? */
function isPartOfAnother({ directory, read }: NodeProject): boolean {
  for (let at = directory; at !== "/"; ) {
    at = directoryOf(at);
    if (read(joinPath(at, "package.json")) !== null) return true;
  }
  return false;
}

function nest(tool: ToolCall): boolean {
  const { project, words } = tool;
  const [verb, ...rest] = words;
  const text = project.read("nest-cli.json");
  if (verb !== "build" || text === undefined) return false;
  const json = text === null ? {} : readJsonWithComments(text);
  if (!json || json["monorepo"] === true || json["projects"] !== undefined) return buildsBeside(tool);
  const options = isObject(json["compilerOptions"]) ? json["compilerOptions"] : {};
  const named = optionOf(rest, "-p", "--path") ?? options["tsConfigPath"];
  const configuration =
    typeof named === "string"
      ? named
      : project.read("tsconfig.build.json") === null
        ? "tsconfig.json"
        : "tsconfig.build.json";
  const output = compilerOutput(project, { isBuild: false, projects: [configuration] });
  if (!output) return false;
  const isPlain =
    !/webpackConfigPath|"outDir"|swcrc|"options"/.test(text ?? "") &&
    !rest.some((it) => /webpackPath|-c|--config/.test(it));
  if (!isPlain || output.isBeside)
    return areWithin(output.directories, project.directory) && buildsBeside(tool);
  const byCompiler =
    !/"(webpack|builder|swc|rspack)"/.test(text ?? "") && !words.some((it) => /webpack|builder|-b/.test(it));
  const { mayBe, files } = compiled(tool, output);
  // Assets that the configuration names are copied too.
  const mayCopy = (path: string) => !/\.[cm]?js$/.test(path) || mayBe(path);
  return byCompiler
    ? builds(tool, "nest build", output.directories, [], text?.includes("assets") ? mayCopy : mayBe, files)
    : builds(tool, "nest build", output.directories, [joinPath(project.directory, "dist")]);
}

function gatsby(tool: ToolCall): boolean {
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

function astro(tool: ToolCall): boolean {
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

function nuxt(tool: ToolCall): boolean {
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

function docusaurus(tool: ToolCall): boolean {
  const { project, words } = tool;
  if (words[0] !== "build") return buildsBeside(tool);
  const output = resolvePath(project.directory, optionOf(words, "--out-dir") ?? "build");
  const text = readFirst(project, configurationNames("docusaurus.config"));
  if (output === undefined || text === undefined || mayWriteItself(text ?? "")) return false;
  return builds(tool, "docusaurus build", [output], [joinPath(project.directory, ".docusaurus")]);
}

function tsup(tool: ToolCall): boolean {
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

function buildsBundle(tool: ToolCall, program: string, bundle: Bundle, more: readonly string[] = []): true {
  return builds(tool, program, bundle.outputs, more, mayBeOf(bundle), () => bundle.files);
}

function esbuild(tool: ToolCall): boolean {
  const { project, words } = tool;
  const bundle = esbuildBundle(words, project);
  return bundle ? buildsBundle(tool, "esbuild", bundle) : buildsBeside(tool);
}

/** A bundler whose configuration says where to write to; below the project where it does not say so plainly. */
function bundled(
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

/** Remix and React Router: `build`, with `client` and `server` below it (reactrouter.com, buildDirectory; read 2026-11). */
function fullStack(tool: ToolCall, program: string, verb: string, names: readonly string[]): boolean {
  const { project, words } = tool;
  if (words[0] !== verb) return /^(typegen|routes|reveal)$/.test(words[0] ?? "") && buildsBeside(tool);
  const texts = [readFirst(project, names), readFirst(project, configurationNames("vite.config"))];
  if (texts.includes(undefined)) return false;
  const all = texts.join("\n");
  const setting = pathSetting(all, "buildDirectory", project.directory);
  const output = outputOf(setting, undefined, "build", project);
  const isPlain =
    output !== undefined &&
    words.length === 1 &&
    !/outDir|presets|buildEnd|serverBundles/.test(all) &&
    !mayWriteItself(all) &&
    importsOf(all).every((it) => FULL_STACK_PLUGINS.test(it) || VITE_PLUGINS.test(it));
  if (output === undefined || !isPlain) return buildsBeside(tool);
  return builds(tool, `${program} ${verb}`, [output], [joinPath(project.directory, ".react-router")]);
}

const FULL_STACK_PLUGINS = /^@(remix-run|react-router)\/(dev|node|serve)(\/[\w/]+)?$/;

/** VitePress and VuePress: `dist` in the folder of the configuration, below that of the texts (vitepress.dev, outDir; read 2026-11). */
function documentation(tool: ToolCall, program: string, folder: string): boolean {
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
function eleventy(tool: ToolCall): boolean {
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

/** `dist`; a library's package.json names other places (parceljs.org/features/targets, read 2026-11). */
function parcel(tool: ToolCall): boolean {
  const { project, words } = tool;
  const output = resolvePath(project.directory, optionOf(words, "--dist-dir", "-d") ?? "dist");
  const manifest = project.read("package.json");
  const isPlain =
    typeof manifest === "string" && !/"(targets|main|module|browser|types|source)"\s*:/.test(manifest);
  if (words[0] !== "build" || !isPlain || output === undefined || !areWithin([output], project.directory))
    return buildsBeside(tool);
  return builds(tool, "parcel build", [output], [joinPath(project.directory, ".parcel-cache")]);
}

/** `storybook-static` without `-o` (storybook.js.org/docs/api/cli-options, read 2026-11). */
function storybook(tool: ToolCall): boolean {
  const { project, words } = tool;
  if (words[0] !== "build" && tool.call.program !== "build-storybook") return buildsBeside(tool);
  const output = resolvePath(project.directory, optionOf(words, "-o", "--output-dir") ?? "storybook-static");
  if (output === undefined || words.some((it) => /^(-c|--config-dir)/.test(it))) return buildsBeside(tool);
  return builds(tool, "storybook build", [output]);
}

/** `expo export`: `dist` without `--output-dir` (docs.expo.dev/more/expo-cli, read 2026-11). */
function expo(tool: ToolCall): boolean {
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

/**
 * SvelteKit writes where its adapter says: adapter-node and adapter-static to `build` (svelte.dev/docs/kit, adapters; read 2026-11).
 * Undefined for others.
 */
function svelteKitOutput({ project }: ToolCall): string | undefined {
  const text = readFirst(project, configurationNames("svelte.config"));
  if (!text || mayWriteItself(text) || importsOf(text).some((it) => it.startsWith("."))) return undefined;
  const adapter = /@sveltejs\/adapter-(node|static)["']/.exec(text)?.[1];
  if (adapter === undefined || text.split("adapter-").length > 2 || /outDir|process\.env/.test(text))
    return undefined;
  const name = adapter === "node" ? "out" : "pages";
  if (adapter === "static" && /\bassets\s*:/.test(text)) return undefined;
  return outputOf(pathSetting(text, name, project.directory), undefined, "build", project);
}

/** The client goes into the project's packages, unless the schema says where (prisma.io, generators; read 2026-11). */
function prisma(tool: ToolCall): boolean {
  const { project, words } = tool;
  const schema = project.read(optionOf(words, "--schema") ?? "prisma/schema.prisma");
  const isPlain = words[0] === "generate" && typeof schema === "string" && !/\boutput\s*=/.test(schema);
  return isPlain ? writesOnly(tool, []) : buildsBeside(tool);
}
