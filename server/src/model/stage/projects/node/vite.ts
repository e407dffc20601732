import { joinPath } from "../../paths.ts";
import { readFirst } from "../project-files.ts";
import { areWithin, configurationNames, importsOf, mayWriteItself, pathSetting } from "./configuration.ts";
import { builds, buildsBeside, optionOf, outputOf, type ToolCall } from "./tool-call.ts";

export function vite(tool: ToolCall): boolean {
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

/** Remix and React Router: `build`, with `client` and `server` below it (reactrouter.com, buildDirectory; read 2026-11). */
export function fullStack(tool: ToolCall, program: string, verb: string, names: readonly string[]): boolean {
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
