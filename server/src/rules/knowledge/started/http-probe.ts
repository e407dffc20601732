import type { StageState } from "../../../model/stage/state.ts";

/** A request that a health check makes, whichever tool makes it. */
export interface HttpProbe {
  readonly url: string;
  readonly timeoutSeconds: number | undefined;
  readonly insecure: boolean;
  /** Does something read the answer, as in `curl … | grep -q UP`? */
  readonly isRead?: boolean;
}

/** A tool that an image may have, and how it makes the request. */
export interface ProbeTool {
  readonly name: string;
  /** The words of the command; undefined when it cannot make this request. */
  readonly words: (probe: HttpProbe, state: Pick<StageState, "os">) => readonly string[] | undefined;
}

/** Options without a value that change nothing a health check cares for. */
const silentOptions = new Set(
  "-f -s -S -L -q -nv --fail --silent --show-error --location --quiet --no-verbose --spider --compressed".split(
    " ",
  ),
);
const timeouts = new Set(["-m", "--max-time", "--connect-timeout", "-T", "--timeout"]);

/** Reads the words behind `curl` or `wget`; undefined as soon as one of them is not understood. */
export function readProbe(tool: string, words: readonly string[]): HttpProbe | undefined {
  let url: string | undefined;
  let timeoutSeconds: number | undefined;
  let insecure = false;
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [option = "", inline] = word.startsWith("--") ? word.split("=", 2) : [word];
    if (timeouts.has(option)) timeoutSeconds = Number(inline ?? rest.shift());
    else if (option === "--tries" || option === "-t") void (inline ?? rest.shift());
    else if (option === "-k" || option === "--insecure" || option === "--no-check-certificate")
      insecure = true;
    else if (isSilent(tool, option)) continue;
    else if (writesAway(tool, option))
      void (inline ?? (/^-[a-zA-Z]*[oO].+$/.test(option) ? undefined : rest.shift()));
    else if (word.startsWith("-") || url !== undefined) return undefined;
    else url = word;
  }
  if (url === undefined || (timeoutSeconds !== undefined && !Number.isFinite(timeoutSeconds)))
    return undefined;
  return { url, timeoutSeconds, insecure };
}

function isSilent(tool: string, option: string): boolean {
  if (silentOptions.has(option)) return true;
  return tool === "curl" ? /^-[fsSL]+$/.test(option) : /^-q+$/.test(option);
}

/** `-o /dev/null`, `-qO-`, `-O -`. */
function writesAway(tool: string, option: string): boolean {
  if (tool === "curl") return /^-[fsSL]*o$/.test(option) || option === "--output";
  return /^-q?O(-|\/dev\/null)?$/.test(option) || option === "--output-document";
}

/** In the order in which they are offered. */
export const probeTools: readonly ProbeTool[] = [
  {
    name: "curl",
    words: ({ url, timeoutSeconds, insecure, isRead }) => [
      "curl",
      "-fsS",
      ...(insecure ? ["-k"] : []),
      ...(timeoutSeconds === undefined ? [] : ["-m", String(timeoutSeconds)]),
      ...(isRead ? [] : ["-o", "/dev/null"]),
      url,
    ],
  },
  {
    name: "wget",
    words: ({ url, timeoutSeconds, insecure, isRead }, state) => [
      "wget",
      "-q",
      ...(insecure ? ["--no-check-certificate"] : []),
      ...(timeoutSeconds === undefined ? [] : ["-T", String(timeoutSeconds)]),
      "-O",
      isRead ? "-" : "/dev/null",
      // BusyBox takes ::1 for localhost and does not try 127.0.0.1 after it, as curl does.
      isBusyBox(state)
        ? url.replace(/^(https?:\/\/)?localhost(?=[:/]|$)/, (_, scheme = "") => `${scheme}127.0.0.1`)
        : url,
    ],
  },
  {
    name: "node",
    words: ({ url, insecure, isRead }) =>
      insecure || isRead || !isQuotable(url)
        ? undefined
        : [
            "node",
            "-e",
            `fetch('${withScheme(url)}').then((it) => process.exit(it.ok ? 0 : 1), () => process.exit(1))`,
          ],
  },
  ...["python3", "python"].map(
    (name): ProbeTool => ({
      name,
      words: ({ url, timeoutSeconds = 3, insecure, isRead }) =>
        insecure || isRead || !isQuotable(url)
          ? undefined
          : [
              name,
              "-c",
              `import urllib.request; urllib.request.urlopen('${withScheme(url)}', timeout=${timeoutSeconds})`,
            ],
    }),
  ),
];

function isBusyBox({ os }: Pick<StageState, "os">): boolean {
  return os.known && ["alpine", "busybox", "wolfi"].includes(os.value.family);
}

function isQuotable(url: string): boolean {
  return !/['"\\$`\s]/.test(url);
}

function withScheme(url: string): string {
  return /^https?:\/\//.test(url) ? url : `http://${url}`;
}
