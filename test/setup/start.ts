/**
 * `npm start`: builds Plimsoll, prints what it finds in `examples/`, and opens VS Code there.
 *
 * - `--check-only` ends after the findings.
 * - `--no-engine` starts no Docker Engine where none answers.
 * - `--no-open` only prints the address of VS Code, where that is opened in a browser.
 * - `--port N` gives it a port of your choice.
 * - `--browser` takes VS Code's server even where the desktop has `code`.
 */

import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { startEngineWithBases } from "./bases.ts";
import { buildShipped } from "./bundles.ts";
import { command, Expected } from "./ending.ts";
import { answers, withoutEngine } from "./engine.ts";
import { dist, root, tools } from "./places.ts";
import { ended, onPath, show, start } from "./programs.ts";
import { telling } from "./say.ts";
import { startVSCode } from "./vscode.ts";
import { packVsix } from "./vsix.ts";

const examples = path.join(root, "examples");

await command(async () => {
  const options = readOptions();
  await telling("Building Plimsoll", buildShipped);
  console.log("\nWhat Plimsoll finds in examples/ (node dist/cli.js check examples):\n");
  const status = await show(process.execPath, [path.join(dist, "cli.js"), "check", "examples"], {
    cwd: root,
  });
  if (status > 1) return status;
  console.log("");
  if (options["check-only"]) return 0;

  const dockerHost = await engine(options["no-engine"]);
  const env = dockerHost ? { ...process.env, DOCKER_HOST: dockerHost } : process.env;
  const code = options.browser || !hasDisplay() ? undefined : onPath("code");
  return code ? openDesktop(code, env) : openBrowser(env, options.port, options["no-open"]);
});

function readOptions() {
  try {
    return parseArgs({
      options: {
        "check-only": { type: "boolean", default: false },
        "no-engine": { type: "boolean", default: false },
        "no-open": { type: "boolean", default: false },
        browser: { type: "boolean", default: false },
        port: { type: "string", default: "0" },
      },
    }).values;
  } catch (error) {
    throw new Expected(error instanceof Error ? error.message : String(error));
  }
}

/** The address of a private engine when the machine has none of its own and can have one. */
async function engine(unwanted: boolean): Promise<string | undefined> {
  if (await hasEngine()) return undefined;
  const lacking = withoutEngine();
  if (unwanted || lacking) {
    console.log("No Docker Engine answers here: everything works but building, running and weighing images.");
    return undefined;
  }
  console.log(
    "No Docker Engine answers here, so a private one is started, to end with this command (--no-engine: without).",
  );
  return (await startEngineWithBases()).dockerHost;
}

/** The extension asks in more places (contexts, Podman); whoever set those up has an engine to name in DOCKER_HOST. */
async function hasEngine(): Promise<boolean> {
  const { DOCKER_HOST: named, XDG_RUNTIME_DIR: runtime } = process.env;
  if (named) return true;
  // Docker Desktop on Windows listens on a named pipe, which Node opens as a socket.
  const pipe = process.platform === "win32" ? ["\\\\.\\pipe\\docker_engine"] : [];
  const sockets = ["/var/run/docker.sock", path.join(homedir(), ".docker/run/docker.sock"), ...pipe];
  if (runtime) sockets.push(path.join(runtime, "docker.sock"));
  return (await Promise.all(sockets.map(answers))).includes(true);
}

function hasDisplay(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== "linux" || Boolean(DISPLAY ?? WAYLAND_DISPLAY);
}

/** A VS Code with data of its own: no other extension and no setting of the user's gets in the way, nor is changed. */
async function openDesktop(code: string, env: NodeJS.ProcessEnv): Promise<number> {
  const own = path.join(tools, "code");
  mkdirSync(own, { recursive: true });
  console.log("Opening VS Code with Plimsoll and examples/. Ctrl+C, or closing its window, ends all.");
  const args = [
    ...["--wait", "--new-window", "--disable-workspace-trust", "--skip-welcome"],
    ...["--user-data-dir", path.join(own, "data"), "--extensions-dir", path.join(own, "extensions")],
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    `--extensionDevelopmentPath=${root}`,
    ...[examples, path.join(examples, "go-api/Dockerfile.bad")],
  ];
  return ended(start(code, args, { env, stdio: "ignore" }));
}

async function openBrowser(env: NodeJS.ProcessEnv, port: string, closed: boolean): Promise<number> {
  const { file } = await telling("Packing the extension", packVsix);
  const vscode = await startVSCode({ extensions: [file], env, port: Number(port) });
  const address = vscode.address(examples, ["go-api/Dockerfile.bad"]);
  console.log(`\nVS Code with Plimsoll and examples/ is open at\n\n  ${address}\n\nCtrl+C ends all.`);
  if (!closed && hasDisplay()) openAddress(address);
  return vscode.ended;
}

/** Where that does not work there is still the address. */
function openAddress(address: string): void {
  const openers = { darwin: ["open"], win32: ["explorer.exe"] } as Record<string, readonly string[]>;
  const [opener = "xdg-open"] = openers[process.platform] ?? [];
  if (!onPath(opener)) return;
  ended(start(opener, [address], { stdio: "ignore" })).catch(() => {});
}
