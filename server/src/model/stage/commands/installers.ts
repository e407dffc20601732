import type { Changes } from "../contents/changes.ts";
import { joinPath } from "../paths.ts";
import type { Call } from "./command-family.ts";

/** A script that makers of a tool have piped into a shell: `curl … | sh`. It writes to a folder of its own, and to files of the shell. */
export interface Installer {
  /** As its makers write it. */
  readonly tool: string;
  readonly url: RegExp;
  /** The folder, in the user's home, and the variables that name another; the first that is set counts. */
  readonly folder: string;
  readonly variables: readonly string[];
  /** Programs that it certainly makes, below the folder. */
  readonly programs: readonly string[];
  /** Variables with which it does otherwise. */
  readonly others?: readonly string[];
  /** Programs that it asks for, and ends without. */
  readonly needs?: readonly string[];
}

/**
 * The scripts of rustup and nvm and the page of uv's installer were read 2026-11-28, the others are as generally known. None of them writes to a directory of
 * the system: they tell the user to put theirs on PATH, and add it to `.profile` and `.bashrc`, which no RUN reads.
 */
const INSTALLERS: readonly Installer[] = [
  {
    tool: "rustup",
    url: /^(?:https?:\/\/)?sh\.rustup\.rs\/?$/,
    folder: ".cargo",
    variables: ["CARGO_HOME"],
    programs: ["bin/cargo", "bin/rustc", "bin/rustup"],
  },
  {
    tool: "uv",
    // Before 0.5 it wrote to Cargo's folder.
    url: /^https:\/\/astral\.sh\/uv\/(?:(?:0\.(?:[5-9]|\d\d)|[1-9]\d*)\.\d[\w.]*\/)?install\.sh$/,
    folder: ".local/bin",
    variables: [],
    programs: ["uv", "uvx"],
    others: ["UV_INSTALL_DIR", "UV_UNMANAGED_INSTALL", "XDG_BIN_HOME", "XDG_DATA_HOME"],
  },
  {
    tool: "Poetry",
    url: /^https:\/\/install\.python-poetry\.org\/?$/,
    folder: ".local",
    variables: ["POETRY_HOME"],
    programs: ["bin/poetry"],
  },
  {
    tool: "Bun",
    url: /^https:\/\/bun\.(?:sh|com)\/install$/,
    folder: ".bun",
    variables: ["BUN_INSTALL"],
    programs: ["bin/bun"],
    needs: ["unzip"],
  },
  {
    tool: "Deno",
    url: /^https:\/\/deno\.land\/(?:x\/install\/)?install\.sh$/,
    folder: ".deno",
    variables: ["DENO_INSTALL"],
    programs: ["bin/deno"],
  },
  {
    tool: "nvm",
    url: /^https:\/\/raw\.githubusercontent\.com\/(?:nvm-sh|creationix)\/nvm\/[\w.]+\/install\.sh$/,
    folder: ".nvm",
    variables: ["NVM_DIR"],
    programs: ["nvm.sh"],
    others: ["XDG_CONFIG_HOME", "PROFILE"],
  },
  {
    tool: "SDKMAN!",
    url: /^https:\/\/get\.sdkman\.io\/?(?:\?rcupdate=\w+)?$/,
    folder: ".sdkman",
    variables: ["SDKMAN_DIR"],
    programs: ["bin/sdkman-init.sh"],
    needs: ["unzip", "zip"],
  },
];

/** The installer at an address; undefined for any other. */
export function installerAt(url: string): Installer | undefined {
  return INSTALLERS.find((it) => it.url.test(url));
}

/** Does what an installer that is piped into this call does; false where it is none that is known. */
export function runInstaller(call: Call, changes: Changes): boolean {
  const { input } = call;
  if (!input || !/^(?:curl|wget)$/.test(input.program) || input.words.includes(undefined)) return false;
  const urls = input.words.filter((it) => it !== undefined && /^(?:https?:\/\/|sh\.rustup\.rs)/.test(it));
  const [url, ...more] = urls;
  const installer = installerAt(url ?? "");
  const home = call.variable("HOME");
  if (!installer || more.length > 0 || !home.known) return false;
  if (installer.others?.some((it) => !isUnset(it, call))) return false;
  let folder = joinPath(home.value, installer.folder);
  for (const name of installer.variables) {
    const value = call.variable(name);
    if (!value.known || (value.value !== "" && !value.value.startsWith("/"))) return false;
    if (value.value !== "") folder = value.value;
  }
  for (const it of [home.value, folder]) changes.mayBuildBelow(it);
  for (const it of installer.programs) changes.write(joinPath(folder, it), "file");
  return true;
}

function isUnset(name: string, call: Call): boolean {
  const value = call.variable(name);
  return value.known && value.value === "";
}
