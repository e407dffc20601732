import type { BuildContext } from "../../../model/context/build-context.ts";
import type { PackageJson } from "../../../model/stage/package-json.ts";

/** What the production dependencies of a project need to be installed, as far as its manifest and lock file tell. */
export interface InstallNeeds {
  /** May one of them be compiled, or fetched by git, when it is installed? */
  readonly tools: boolean;
}

/** Undefined where files beside the manifest are needed: packages of its own, patches, scripts that run on install. */
export function installNeeds(
  { scripts }: PackageJson,
  lockFile: string | undefined,
  context: BuildContext,
): InstallNeeds | undefined {
  if (ON_INSTALL.some((it) => Object.hasOwn(scripts, it))) return undefined;
  const manifest = context.read("package.json");
  if (manifest === undefined || OWN_PACKAGES.test(manifest)) return undefined;
  if (context.exists("pnpm-workspace.yaml") !== "absent") return undefined;
  const lock = lockFile === undefined ? undefined : context.read(lockFile);
  if (lockFile === undefined || !lockFile.endsWith(".json") || lock === undefined) return { tools: true };
  return ofLock(lock);
}

/** npm runs these of the project itself whenever it installs (npm docs, "scripts", read 2026-11). */
const ON_INSTALL = [
  "preinstall",
  "install",
  "postinstall",
  "prepublish",
  "preprepare",
  "prepare",
  "postprepare",
];
const OWN_PACKAGES =
  /"(file:|link:|workspace:|portal:|patch:|\.{1,2}\/|~\/)|"(workspaces|patchedDependencies)"\s*:/;

/** Since its second version npm's lock file says which packages have a script that runs on install. */
function ofLock(text: string): InstallNeeds | undefined {
  try {
    const { packages } = JSON.parse(text) as { readonly packages?: Readonly<Record<string, LockedPackage>> };
    if (typeof packages !== "object" || packages === null) return { tools: true };
    const all = Object.entries(packages).filter(([path, it]) => path !== "" && it?.dev !== true);
    if (all.some(([, it]) => it?.link === true || /^(file:|\.)/.test(it?.resolved ?? ""))) return undefined;
    return { tools: all.some(([, it]) => it?.hasInstallScript === true || /^git/.test(it?.resolved ?? "")) };
  } catch {
    return { tools: true };
  }
}

interface LockedPackage {
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
}

/** Packages that call programs of the system. */
const CALLERS =
  /^(execa|shelljs|zx|cross-spawn|simple-git|nodegit|fluent-ffmpeg|gm|imagemagick|puppeteer(-core)?|playwright(-core)?|node-pty|which|prisma|@prisma\/client)$/;

/** May the program start others, which a smaller image would not have? Its own sources are looked through. */
export function mayStartPrograms({ dependencies }: PackageJson, context: BuildContext): boolean {
  if ([...dependencies].some((it) => CALLERS.test(it))) return true;
  const folders = ["src", "source", "lib", "server", "app"].filter(
    (it) => context.exists(it) === "directory",
  );
  let left = MOST_FILES;
  while (folders.length > 0) {
    const folder = folders.pop() ?? "";
    const names = context.list(folder);
    if (!names) return true;
    for (const name of names) {
      const path = `${folder}/${name}`;
      if (!/\.\w+$/.test(name) && context.exists(path) === "directory") folders.push(path);
      if (!/\.[cm]?[jt]sx?$/.test(name)) continue;
      const text = left-- > 0 ? context.read(path) : undefined;
      if (text === undefined || /\bchild_process\b/.test(text)) return true;
    }
  }
  return left === MOST_FILES;
}

/** More are not read while somebody types. */
const MOST_FILES = 200;
