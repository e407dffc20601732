import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { atEnd, Expected } from "./ending.ts";
import { onPath, output } from "./programs.ts";
import { telling } from "./say.ts";
import { inTurn } from "./turns.ts";

/** Where the browsers of this family are, apart from PATH. */
const places = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** The program of a Chromium that is installed; `CHROMIUM` names another. */
function findChromium(): string | undefined {
  const { CHROMIUM: given } = process.env;
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  return given ?? names.map(onPath).find((it) => it) ?? places.find(existsSync);
}

/** Why there is no Chromium and none can be installed; undefined when there is or can be. */
export function withoutChromium(): string | undefined {
  if (findChromium()) return undefined;
  if (!onPath("apt-get")) return "there is no Chromium or Chrome (set CHROMIUM to the program)";
  return process.getuid?.() === 0
    ? undefined
    : "there is no Chromium, and only root may install it (`apt-get install chromium`)";
}

/** Makes sure of a Chromium, through apt where there is none, and answers its program. */
function installChromium(): Promise<string> {
  return inTurn("chromium", async () => {
    if (!findChromium()) await telling("Installing Chromium through apt", install);
    const program = findChromium();
    if (!program) throw new Expected("apt installed chromium, and still there is no program of that name.");
    return program;
  });
}

async function install(): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  // VS Code draws its text with the first monospaced font that it finds.
  const packages = ["chromium", "fonts-dejavu-core", "fonts-liberation"];
  await output("apt-get", ["-q", "update"], { env });
  await output("apt-get", ["-q", "install", "-y", "--no-install-recommends", ...packages], { env });
}

/** Starts it without a window. It ends with the command at the latest. */
export async function startChromium(): Promise<Browser> {
  const quiet = [
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  const browser = await chromium.launch({
    executablePath: await installChromium(),
    // Chromium's sandbox refuses to run as root. What is opened is this machine's own.
    args: [
      "--disable-gpu",
      "--disable-quic",
      ...quiet,
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const stop = atEnd(() => browser.close());
  browser.on("disconnected", () => void stop());
  return browser;
}
