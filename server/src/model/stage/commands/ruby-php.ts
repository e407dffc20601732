import type { Changes } from "../contents/changes.ts";
import { joinPath } from "../paths.ts";
import { mayBuildProject, mayLeadOutside, writesBeside } from "../projects/project-build.ts";
import { projectFiles } from "../projects/project-files.ts";
import { type Call, type CommandFamily, optionSet, pathOf, readWords } from "./command-family.ts";

/** Gems bring programs; `exec` and rake run the author's code. */
export const bundle: CommandFamily = {
  programs: ["bundle", "bundler", "gem", "rake", "rails", "ruby"],
  run(call, changes) {
    const [first, second] = call.words;
    if (call.program === "bundle" && first === "exec" && second === "jekyll") {
      call.runWords(1, changes);
      return;
    }
    changes.mayInstallPrograms();
    const verb = call.words.find((it) => it === undefined || !it.startsWith("-"));
    const installs =
      /^(bundle|bundler|gem)$/.test(call.program) &&
      /^(install|config|update|lock|clean|check)$/.test(verb ?? "");
    if (!installs || call.words.includes(undefined)) {
      changes.mayWriteAnywhere();
      return;
    }
    const settings =
      call.directory === undefined
        ? undefined
        : projectFiles(call.context, changes, call.directory).read(".bundle/config");
    if (settings === undefined || settings?.includes("PATH")) {
      changes.mayWriteAnywhere();
      return;
    }
    for (const it of SYSTEM) changes.mayBuildBelow(it);
    for (const name of ["BUNDLE_PATH", "GEM_HOME", "BUNDLE_APP_CONFIG", "BUNDLE_BIN"]) {
      const value = call.variable(name);
      if (value.known && value.value.startsWith("/")) changes.mayBuildBelow(value.value);
      else if (!value.known) changes.mayWriteAnywhere();
    }
    mayBuildProject(call, changes, call.directory);
  },
};

/** Where what is installed for all users goes. */
const SYSTEM = ["/usr", "/opt", "/etc", "/var", "/root", "/home", "/tmp"];

/** The author's own code. */
export const php: CommandFamily = {
  programs: ["php", "artisan"],
  run(call, changes) {
    if (call.words.length === 1 && /^(-v|--version|-m|-i)$/.test(call.words[0] ?? "")) return;
    changes.mayWriteAnywhere();
  },
};

/** Extensions go to PHP's own directories, with what their build needs. */
export const phpExtensions: CommandFamily = {
  programs: ["pecl", "docker-php-ext-install", "docker-php-ext-configure", "docker-php-ext-enable"],
  run(_, changes) {
    changes.mayInstallPrograms(OF_OTHER_LANGUAGES);
    for (const it of SYSTEM) changes.mayBuildBelow(it, undefined, OF_OTHER_LANGUAGES);
  },
};

/** Neither PECL's packages nor what their build needs bring one of them (docker-library/php, docker-php-ext-install, read 2026-11). */
const OF_OTHER_LANGUAGES: ReadonlySet<string> = new Set(
  "composer node npm npx yarn pnpm corepack bun python python3 pip pip3 ruby gem bundle go cargo java mvn dotnet jq zip".split(
    " ",
  ),
);

/** Packages go to `vendor`; their scripts, and plugins that put packages elsewhere, stand in composer.json. */
export const composer: CommandFamily = {
  programs: ["composer"],
  run(call, changes) {
    const { options, operands } = readWords(call.words, COMPOSER_VALUED);
    const [verb, ...rest] = operands;
    if (
      verb === "self-update" ||
      verb === "global" ||
      verb === "config" ||
      verb === "clear-cache" ||
      verb === "check-platform-reqs"
    ) {
      for (const it of SYSTEM) changes.mayBuildBelow(it);
      changes.mayInstallPrograms();
      if (!writesBeside(call, changes, call.directory ?? "/")) changes.mayWriteAnywhere();
      if (call.directory !== undefined) changes.mayRewrite(joinPath(call.directory, "composer.json"));
      return;
    }
    const given = ["-d", "--working-dir"].find((it) => options.has(it));
    const directory = given === undefined ? call.directory : pathOf(call, options.get(given));
    if (verb === "create-project") {
      const target = rest[1] === undefined ? directory : pathOf(call, rest[1]);
      mayBuildProject(call, changes, rest.length > 1 ? target : directory);
    } else if (directory !== undefined && verb !== undefined && INSTALLS.has(verb))
      install(call, changes, directory, options.has("--no-scripts"));
    else changes.mayWriteAnywhere();
  },
};

const COMPOSER_VALUED = optionSet(
  "-d --working-dir --prefer-install --apcu-autoloader-prefix --stability -s --repository",
);
const INSTALLS: ReadonlySet<string> = new Set(
  "install i update u require remove dump-autoload dumpautoload".split(" "),
);

function install(call: Call, changes: Changes, directory: string, withoutScripts: boolean): void {
  const text = projectFiles(call.context, changes, directory).read("composer.json");
  if (typeof text !== "string" || mayLeadOutside(text)) {
    changes.mayWriteAnywhere();
    return;
  }
  const vendor = call.variable("COMPOSER_VENDOR_DIR");
  if (vendor.known && vendor.value !== "") changes.mayBuildBelow(pathOf(call, vendor.value) ?? "/");
  const isPlain =
    (withoutScripts || !/"scripts"/.test(text)) && !/"(vendor-dir|bin-dir|installer-paths|extra)"/.test(text);
  if (!isPlain) mayBuildProject(call, changes, directory);
  else if (writesBeside(call, changes, directory))
    for (const it of ["vendor", "composer.json", "composer.lock"])
      changes.mayBuildBelow(joinPath(directory, it));
  else changes.mayWriteAnywhere();
}
