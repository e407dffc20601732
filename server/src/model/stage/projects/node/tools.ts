import type { Call } from "../../commands/command-family.ts";
import type { Changes } from "../../contents/changes.ts";
import { bundled, esbuild, parcel, tsup } from "./bundler-tools.ts";
import { rollupBundle, webpackBundle } from "./bundlers.ts";
import { nest, tsc } from "./compilers.ts";
import { configurationNames } from "./configuration.ts";
import { astro, docusaurus, expo, gatsby, next, ng, nuxt, reactScripts, vueCli } from "./frameworks.ts";
import type { NodeProject } from "./project.ts";
import { documentation, eleventy, prisma, storybook } from "./sites.ts";
import { buildsBeside, configured, type ToolEffect, writesOnly } from "./tool-call.ts";
import { fullStack, vite } from "./vite.ts";

/**
 * Tools that build, by the name of their program, and what they write. Facts from their documentation: vite.dev (build.outDir,
 * `dist`), create-react-app.dev (`build`, BUILD_PATH), nextjs.org (distDir, output), angular.dev (outputPath, `browser` below it),
 * cli.vuejs.org (outputDir), typescriptlang.org (outDir), docs.nestjs.com, gatsbyjs.com (`public`), docs.astro.build (outDir), nuxt.com
 * (`.output`), docusaurus.io (`build`), tsup.egoist.dev (outDir); read 2026-11.
 */
const TOOLS: Readonly<Record<string, ToolEffect>> = {
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

function toolNamed(program: string): ToolEffect {
  const stem = CONFIGURED[program];
  const narrow = NARROW[program];
  if (stem !== undefined) return configured(stem);
  return TOOLS[program] ?? (narrow ? (tool) => writesOnly(tool, narrow) : buildsBeside);
}
