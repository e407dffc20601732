import { mountPath } from "../../../model/compose/mount-path.ts";
import type { PackageJson } from "../../../model/stage/package-json.ts";
import { directoryOf, isWithin, joinPath, resolvePath } from "../../../model/stage/paths.ts";
import { valueIn } from "../../../text/value-in.ts";
import { isMadeFirst } from "../files/made-first.ts";
import { type InstalledFolder, installedFolders } from "../packages/installed-folders.ts";
import { PYTHON_SCRIPTS } from "../packages/python/python-scripts.ts";
import type { ContainerProgram } from "../started/container-programs.ts";
import { type ContainerView, mountOver, onHost, pathFolders } from "./container-view.ts";

/** Can a program not do without the dependencies in this folder? */
export function needsFolder(
  { program: { text: name }, words, path }: ContainerProgram,
  { folder, path: at }: InstalledFolder,
  manifest: PackageJson | undefined,
  view: ContainerView,
): boolean {
  const project = directoryOf(at);
  if (folder === "node_modules") {
    if (path.includes("/") || !manifest || !isWithin(view.workdir, project)) return false;
    return needsModules(name, words, manifest, view) && findsModulesOnlyIn(at, view);
  }
  if (folder === "vendor") return isWithin(view.workdir, project) && loadsVendor(name, words, project, view);
  return (
    !path.includes("/") &&
    // Found in the virtual environment that stands first on PATH.
    (PYTHON_SCRIPTS.has(name) || /^python3?$/.test(name)) &&
    pathFolders(view)[0] === `${at}/bin` &&
    !isStandard(name, words)
  );
}

/** Python alone, without a script of the project. */
function isStandard(name: string, words: ContainerProgram["words"]): boolean {
  return /^python/.test(name) && !words.some((it) => it.text?.endsWith(".py"));
}

function needsModules(
  name: string,
  words: ContainerProgram["words"],
  { dependencies, devDependencies }: PackageJson,
  { project, service, workdir }: ContainerView,
): boolean {
  const all = new Set([...dependencies, ...devDependencies]);
  const script = words.find((it) => it.text !== undefined && !it.text.startsWith("-"))?.text ?? "";
  const mount = mountOver(service, workdir);
  const folder = mount && onHost(mount, workdir);
  // With Plug'n'Play there is no such folder, or it is not looked into.
  if (
    folder !== undefined &&
    ["js", "cjs"].some((it) => project.files.kindOf(`${folder}/.pnp.${it}`) !== "absent")
  )
    return false;
  const settings = folder === undefined ? undefined : project.files.readFile(`${folder}/.yarnrc.yml`);
  if (settings !== undefined && !/^nodeLinker:\s*["']?node-modules/m.test(settings)) return false;
  // What a bundler has made may hold all that it needs.
  if (RUNS_SCRIPTS.test(name)) return dependencies.size > 0 && !isMadeFirst(script.replace(/^\.\//, ""));
  return all.has(valueIn(PACKAGES, name) ?? name);
}

/** They run a file of the project, which takes in what it depends on. */
const RUNS_SCRIPTS = /^(?:node|nodejs|nodemon|ts-node|ts-node-dev|tsx|node-dev|pm2-runtime|pm2)$/;

/** Packages whose program is called otherwise. */
const PACKAGES: Readonly<Record<string, string>> = {
  nest: "@nestjs/cli",
  ng: "@angular/cli",
  tsc: "typescript",
  "vue-cli-service": "@vue/cli-service",
  remix: "@remix-run/dev",
  "react-router": "@react-router/dev",
  sanity: "sanity",
  strapi: "@strapi/strapi",
  babel: "@babel/cli",
  "babel-node": "@babel/node",
};

/** Node looks for them in the folders above too, and in those of NODE_PATH. */
function findsModulesOnlyIn(path: string, { stage, service }: ContainerView): boolean {
  if (stage.result.isSet("NODE_PATH").is !== "no") return false;
  if (service.environment.some((it) => it.name.value === "NODE_PATH") || !service.environmentComplete)
    return false;
  for (let at = directoryOf(directoryOf(path)); ; at = directoryOf(at)) {
    const above = joinPath(at, "node_modules");
    const isThere = installedFolders(stage).some((it) => it.path === above);
    if (isThere || stage.result.hasPath(above).is === "yes" || mountOver(service, above)) return false;
    if (service.mounts.some((it) => mountPath(it) === above)) return false;
    if (at === "/") return true;
  }
}

/** A script of PHP that is run, or the one that answers all requests, takes in Composer's autoloader. */
function loadsVendor(
  name: string,
  words: ContainerProgram["words"],
  project: string,
  view: ContainerView,
): boolean {
  const isServer = /^(?:php-fpm[\d.]*|apache2-foreground|frankenphp)$/.test(name);
  const script = name === "php" ? words.find((it) => /^[\w./-]+$/.test(it.text ?? "-"))?.text : undefined;
  const scripts = isServer ? ["public/index.php", "index.php", "web/index.php"] : script ? [script] : [];
  const mount = mountOver(view.service, project);
  return (
    mount !== undefined &&
    scripts.some((it) => {
      const path = resolvePath(project, it);
      const text = path === undefined ? undefined : view.project.files.readFile(onHost(mount, path));
      return text !== undefined && /\bvendor\/autoload(?:_runtime)?\.php/.test(text);
    })
  );
}
