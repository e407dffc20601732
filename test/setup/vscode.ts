import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { atEnd, Expected } from "./ending.ts";
import { npm } from "./npm.ts";
import { tools } from "./places.ts";
import { ended, output, start, stopGroup } from "./programs.ts";
import { telling } from "./say.ts";
import { inTurn } from "./turns.ts";

/** The npm package code-server carries VS Code's own server, whole: 4.139.1 is VS Code 1.139.1. */
const version = "4.139.1";
const installed = path.join(tools, "vscode");
const server = path.join(installed, "node_modules/code-server/lib/vscode");

/** Fetches VS Code's server into `.tools/vscode`. Nothing is compiled, so a few native extras of it are missing. */
export function installVSCode(): Promise<void> {
  return inTurn("vscode", async () => {
    const stamp = path.join(installed, "version");
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === version) return;
    await telling("Fetching VS Code's server from the npm registry into .tools", install);
    writeFileSync(stamp, version);
  });
}

async function install(): Promise<void> {
  const partial = `${installed}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  writeFileSync(
    path.join(partial, "package.json"),
    JSON.stringify({ private: true, dependencies: { "code-server": version } }),
  );
  await npm(partial, "install", "--ignore-scripts", "--no-package-lock");
  const inside = path.join(partial, path.relative(installed, server));
  // `npm ci` refuses the lock files in there: a dependency of a dependency is not in them.
  for (const folder of [inside, path.join(inside, "extensions")])
    await npm(folder, "install", "--omit=dev", "--ignore-scripts", "--no-save", "--legacy-peer-deps");
  // The links that code-server's install script would make: VS Code's terminal and `code` inside it need them.
  if (process.platform === "linux")
    for (const [name, target] of [
      ["remote-cli/code-server", "code-linux.sh"],
      ["helpers/browser.sh", "browser-linux.sh"],
    ] as const)
      if (!existsSync(path.join(inside, "bin", name))) symlinkSync(target, path.join(inside, "bin", name));
  rmSync(installed, { recursive: true, force: true });
  renameSync(partial, installed);
}

export interface VSCodeOptions {
  /** VSIX files to install in it. */
  readonly extensions?: readonly string[];
  /** User settings besides those that keep it quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** For the server, its extension host, and so the extension. */
  readonly env?: NodeJS.ProcessEnv;
  /** A free one when not given. */
  readonly port?: number;
  /** Lets an address bring extensions in development and their tests. */
  readonly forTests?: boolean;
  /** No folder is trusted until the user says so; else all are, and nobody is asked. */
  readonly workspaceTrust?: boolean;
}

/** A VS Code that a browser can open. */
export interface VSCode {
  /** The address of a folder in it, or with files of the folder open. */
  address(folder: string, files?: readonly string[]): string;
  /** The address that runs tests in the extension host with the folder open; needs `forTests`. */
  testAddress(folder: string, development: readonly string[], tests: string): string;
  /** Its log files, for when something failed. */
  readonly logs: string;
  /** The status of the server once it has ended. */
  readonly ended: Promise<number>;
  stop(): Promise<void>;
}

/** What would reach out, pop up, or depend on the day. */
const quietSettings = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "git.openRepositoryInParentFolders": "never",
  // The first question of a window would hide all else.
  "security.workspace.trust.startupPrompt": "never",
  "telemetry.telemetryLevel": "off",
  // What a terminal shows is text of the page then, and not a picture.
  "terminal.integrated.gpuAcceleration": "off",
  "update.mode": "none",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/**
 * Starts a VS Code server of its own on 127.0.0.1, with nothing of the user's: data, extensions and settings are in a folder that
 * goes with it. It ends with the command at the latest.
 */
export async function startVSCode(options: VSCodeOptions = {}): Promise<VSCode> {
  await installVSCode();
  const folder = mkdtempSync(path.join(tmpdir(), "plimsoll-vscode-"));
  const removed = atEnd(() =>
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }),
  );
  const litter = path.join(folder, "tmp");
  for (const it of ["data/User", "extensions", "tmp"]) mkdirSync(path.join(folder, it), { recursive: true });
  writeFileSync(
    path.join(folder, "data/User/settings.json"),
    JSON.stringify(
      {
        ...quietSettings,
        "security.workspace.trust.enabled": options.workspaceTrust === true,
        ...options.settings,
      },
      null,
      2,
    ),
  );

  const env = {
    ...process.env,
    ...options.env,
    TMPDIR: litter,
    XDG_RUNTIME_DIR: litter,
    NODE_OPTIONS: undefined,
  };
  const common = [
    path.join(server, "out/server-main.js"),
    "--server-data-dir",
    folder,
    "--extensions-dir",
    path.join(folder, "extensions"),
  ];
  for (const vsix of options.extensions ?? [])
    await output(process.execPath, [...common, "--install-extension", vsix, "--force"], { env });

  const flags = [
    "--without-connection-token",
    "--accept-server-license-terms",
    ...(options.workspaceTrust ? [] : ["--disable-workspace-trust"]),
    "--disable-experiments",
  ];
  const program = start(
    process.execPath,
    [
      ...[
        ...common,
        ...flags,
        "--telemetry-level",
        "off",
        "--host",
        "127.0.0.1",
        "--port",
        String(options.port ?? 0),
      ],
      // Without it a released VS Code ignores what an address says about extensions in development.
      ...(options.forTests ? ["--enable-smoke-test-driver"] : []),
    ],
    { env, stdio: ["ignore", "pipe", "pipe"] },
  );
  const over = ended(program);
  const stop = async () => {
    await stopGroup(program);
    await removed();
  };
  const port = await new Promise<string>((resolve, reject) => {
    let printed = "";
    const listen = (chunk: Buffer) => {
      printed += chunk;
      const found = /Extension host agent listening on (\d+)/.exec(printed)?.[1];
      if (found) resolve(found);
    };
    program.stdout?.on("data", listen);
    program.stderr?.on("data", listen);
    program.once("close", (status) =>
      reject(new Expected(`VS Code's server ended with ${status}:\n${printed.trim().slice(-2_000)}`)),
    );
  }).catch(async (error) => {
    await stop();
    throw error;
  });

  const host = `127.0.0.1:${port}`;
  const inside = (file: string) => `vscode-remote://${host}${file}`;
  const open = (opened: string, payload: readonly (readonly [string, string])[]) =>
    `http://${host}/?folder=${forAddress(opened)}&payload=${forAddress(JSON.stringify(payload))}`;
  return {
    address: (opened, files = []) =>
      open(
        opened,
        files.map((it) => ["openFile", inside(path.join(opened, it))]),
      ),
    testAddress: (opened, development, tests) =>
      open(opened, [
        ...development.map((it) => ["extensionDevelopmentPath", inside(it)] as const),
        ["extensionTestsPath", inside(tests)],
        ["skipWelcome", "true"],
      ]),
    logs: path.join(folder, "data/logs"),
    ended: over,
    stop,
  };
}

/** A file of an extension that VS Code brings, e.g. its grammar for shell scripts. VS Code must be installed. */
export function builtInExtension(name: string, file: string): string {
  return path.join(server, "extensions", name, file);
}

/** What has to be escaped in the query of an address, and no more: people read it. */
function forAddress(text: string): string {
  return encodeURIComponent(text).replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%2C", ",");
}
