import { adduser, deleteUser, useradd, usermod } from "./accounts.ts";
import { apk } from "./apk.ts";
import { apt, dpkg } from "./apt.ts";
import { tar, unzip, zip } from "./archives.ts";
import { cargo, rustc, rustup } from "./cargo.ts";
import { updateCertificates } from "./certificates.ts";
import type { CommandFamily } from "./command-family.ts";
import { cc } from "./compilers.ts";
import { dotnet } from "./dotnet.ts";
import { curl, wget } from "./downloads.ts";
import { chmod, chown, cp, install, ln, mkdir, mv, rm, sed, tee, touch } from "./file-commands.ts";
import { find } from "./find.ts";
import { git } from "./git.ts";
import { go } from "./go.ts";
import { awk, copying, gofmt, harmless, printing } from "./harmless.ts";
import { gradle, java, maven } from "./java.ts";
import { apacheModules, keys, scratchFiles } from "./keys.ts";
import {
  dart,
  flutter,
  haskell,
  hugo,
  jekyll,
  mix,
  mkdocs,
  pyInstaller,
  scala,
  swift,
  zig,
} from "./native-builds.ts";
import { packageManagers } from "./node/package-managers.ts";
import { monorepo, nodeTools, npx } from "./node/programs.ts";
import { corepack, deno, node } from "./node/runtimes.ts";
import { crossEnv, removal, scripts } from "./node/script-tools.ts";
import { conda, pip, python, uv } from "./python.ts";
import { rpm } from "./rpm.ts";
import { bundle, composer, php, phpExtensions } from "./ruby-php.ts";
import { env, shellCommand, wrapper, xargs } from "./wrappers.ts";

const families: readonly CommandFamily[] = [
  adduser,
  apacheModules,
  apk,
  apt,
  awk,
  bundle,
  cargo,
  cc,
  chmod,
  chown,
  composer,
  conda,
  copying,
  corepack,
  cp,
  dart,
  flutter,
  haskell,
  mix,
  hugo,
  jekyll,
  mkdocs,
  pyInstaller,
  scala,
  swift,
  zig,
  curl,
  deleteUser,
  dotnet,
  dpkg,
  env,
  find,
  git,
  go,
  gofmt,
  gradle,
  harmless,
  install,
  java,
  keys,
  ln,
  maven,
  mkdir,
  mv,
  php,
  phpExtensions,
  printing,
  node,
  nodeTools,
  npx,
  monorepo,
  deno,
  scripts,
  crossEnv,
  removal,
  packageManagers,
  pip,
  python,
  rm,
  rpm,
  rustc,
  rustup,
  scratchFiles,
  sed,
  shellCommand,
  tar,
  tee,
  touch,
  unzip,
  updateCertificates,
  useradd,
  usermod,
  uv,
  wget,
  wrapper,
  xargs,
  zip,
];

/** By the program's name. */
export const COMMANDS: ReadonlyMap<string, CommandFamily> = new Map(
  families.flatMap((family) => family.programs.map((program) => [program, family] as const)),
);
