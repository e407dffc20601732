import { type Call, readWords } from "../commands/command-family.ts";
import type { Changes } from "../contents/changes.ts";
import { resolvePath } from "../paths.ts";
import { type Plain, runPlain } from "./plain-call.ts";
import { buildsInto } from "./project-build.ts";
import { type ProjectFiles, projectFiles } from "./project-files.ts";

/** A program that makes pages of a project's texts. */
interface SiteGenerator {
  readonly program: string;
  /** What may stand in front of the options; without a verb where that is allowed. */
  readonly verbs: readonly (string | undefined)[];
  /** Options with a value; of those that are in neither other list nothing is read. */
  readonly valued: readonly string[];
  readonly destination: readonly string[];
  readonly source: readonly string[];
  /** Options that name another configuration. */
  readonly elsewhere: RegExp;
  readonly output: string;
  /** What it writes beside that. */
  readonly beside: readonly string[];
  /** May anything but an option say where it writes to, or write itself? Also where that is not known. */
  isOpen(files: ProjectFiles, call: Call): boolean;
}

/** `public` (gohugo.io/overview/usage: publishDir, `--destination`; read 2026-11-28; that variables named HUGO_ set the same is generally known). */
const hugo: SiteGenerator = {
  program: "hugo",
  verbs: [undefined, "build"],
  valued:
    "-b --baseURL -e --environment -t --theme --cacheDir --themesDir -c --contentDir -l --layoutDir --logLevel --ignoreVendorPaths --clock --renderSegments".split(
      " ",
    ),
  destination: ["-d", "--destination"],
  source: ["-s", "--source"],
  elsewhere: /^--config(?:Dir)?(?:=|$)/,
  output: "public",
  beside: [
    "resources",
    ".hugo_build.lock",
    "hugo_stats.json",
    "assets/jsconfig.json",
    "go.mod",
    "go.sum",
    "_vendor",
  ],
  isOpen(files, call) {
    const set = ["HUGO_PUBLISHDIR", "HUGO_DESTINATION"].map((it) => call.variable(it));
    if (set.some((it) => !it.known || it.value !== "") || files.stateOf("config") !== "no") return true;
    const texts = ["hugo", "config"].flatMap((stem) =>
      ["toml", "yaml", "yml", "json"].map((it) => files.read(`${stem}.${it}`)),
    );
    return (
      texts.some((it) => it === undefined || /publishDir/i.test(it ?? "")) || texts.every((it) => it === null)
    );
  },
};

/** `_site` (jekyll/jekyll lib/jekyll/configuration.rb, DEFAULTS; read 2026-11-28). Plugins of the project's own are code. */
const jekyll: SiteGenerator = {
  program: "jekyll",
  verbs: ["build", "b"],
  valued: ["-b", "--baseurl", "--limit_posts", "--layouts"],
  destination: ["-d", "--destination"],
  source: ["-s", "--source"],
  elsewhere: /^(?:-c|-p|--config|--plugins)(?:=|$)/,
  output: "_site",
  beside: [".jekyll-cache", ".jekyll-metadata", ".sass-cache", "Gemfile.lock"],
  isOpen(files) {
    const texts = ["yml", "yaml", "toml"].map((it) => files.read(`_config.${it}`));
    return (
      texts.some((it) => it === undefined || /destination|plugins_dir/.test(it ?? "")) ||
      files.stateOf("_plugins") !== "no"
    );
  },
};

/** `site` (mkdocs/mkdocs mkdocs/config/defaults.py, read 2026-11-28). Hooks are code, and so are plugins. */
const mkdocs: SiteGenerator = {
  program: "mkdocs",
  verbs: ["build"],
  valued: ["-t", "--theme"],
  destination: ["-d", "--site-dir"],
  source: [],
  elsewhere: /^(?:-f|--config-file)(?:=|$)/,
  output: "site",
  beside: [".cache"],
  isOpen(files) {
    const [text, other] = [files.read("mkdocs.yml"), files.read("mkdocs.yaml")];
    const found = text ?? other;
    if (typeof found !== "string" || text === undefined || /site_dir|^hooks:|^INHERIT:/m.test(found))
      return true;
    const plugins = /^plugins:(.*(?:\n(?:[ \t-].*)?)*)/m.exec(found)?.[1] ?? "";
    const names = [...plugins.matchAll(/^\s*-\s*["']?([\w./-]+)/gm)].map((it) => it[1] ?? "");
    return /^plugins:[ \t]*\S/m.test(found) || names.some((it) => !WRITING_PAGES.has(it));
  },
};

/** Plugins of MkDocs that write into the site alone, as generally known. */
const WRITING_PAGES: ReadonlySet<string> = new Set(["search", "material/search", "minify", "redirects"]);

export function runHugo(call: Call, changes: Changes): void {
  if (call.words.length === 1 && /^(?:version|help|--help|-h)$/.test(call.words[0] ?? "")) return;
  runPlain(
    call,
    changes,
    (plain) => generate(hugo, plain, call, changes),
    () => changes.mayWriteAnywhere(),
  );
}

export function runJekyll(call: Call, changes: Changes): void {
  runPlain(call, changes, (plain) => generate(jekyll, plain, call, changes));
}

export function runMkdocs(call: Call, changes: Changes): void {
  runPlain(call, changes, (plain) => generate(mkdocs, plain, call, changes));
}

function generate(site: SiteGenerator, { words, directory }: Plain, call: Call, changes: Changes): boolean {
  const { options, operands } = readWords(
    words,
    new Set([...site.valued, ...site.destination, ...site.source]),
  );
  const [verb, ...more] = operands;
  if (!site.verbs.includes(verb) || more.length > 0 || words.some((it) => site.elsewhere.test(it)))
    return false;
  const given = (names: readonly string[]) => names.map((it) => options.get(it)).find((it) => it);
  const project = resolvePath(directory, given(site.source) ?? ".");
  if (project === undefined) return false;
  const files = projectFiles(call.context, changes, project);
  if (site.isOpen(files, call)) return false;
  const wanted = given(site.destination);
  // Hugo and MkDocs go from the project, Jekyll from where it is called.
  const output = resolvePath(site === jekyll ? directory : project, wanted ?? site.output);
  if (output === undefined) return false;
  const beside = site.beside.flatMap((it) => resolvePath(project, it) ?? []);
  buildsInto(call, changes, { program: site.program, directory: project, outputs: [output] }, beside);
  return true;
}
