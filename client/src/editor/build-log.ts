import { EventEmitter, l10n, type Terminal, ThemeIcon, window } from "vscode";

/** What the last build wrote, in a terminal, so that colours of the tools in it come out. It opens when asked for. */
export interface BuildLog {
  /** Begins a new log, with `title` as its first line. */
  start(title: string): void;
  /** A line of our own. Tones: `step` begins something, `quiet` steps back, `failure` is what one looks for. */
  line(text: string, tone?: Tone): void;
  /** Output of what runs in the build, as it comes. */
  output(text: string): void;
  show(): void;
  dispose(): void;
}

export type Tone = "plain" | "step" | "quiet" | "failure";

const colour: Record<Tone, string> = { plain: "", step: "\x1b[36m", quiet: "\x1b[2m", failure: "\x1b[31m" };
const reset = "\x1b[0m";
/** Screen, scrollback, cursor. */
const clear = "\x1b[2J\x1b[3J\x1b[H";

/** The start of a log that is longer is dropped, as a terminal does. Characters. */
const longest = 1_000_000;

export function createBuildLog(): BuildLog {
  // The whole text is kept, for a terminal that is opened, or opened again, when the build is long over.
  let text = "";
  let terminal: Terminal | undefined;
  let isOpen = false;
  const written = new EventEmitter<string>();

  const write = (more: string) => {
    const lines = more.replace(/\r?\n/g, "\r\n");
    text = (text + lines).slice(-longest);
    if (isOpen) written.fire(lines);
  };
  const openTerminal = () =>
    window.createTerminal({
      name: l10n.t("Plimsoll Build"),
      iconPath: new ThemeIcon("package"),
      pty: {
        onDidWrite: written.event,
        open: () => {
          isOpen = true;
          written.fire(text);
        },
        close: () => {
          isOpen = false;
          terminal = undefined;
        },
      },
    });
  return {
    start(title) {
      text = "";
      if (isOpen) written.fire(clear);
      write(`\x1b[1m${title}${reset}\n`);
    },
    line: (line, tone = "plain") => {
      const begin = text === "" || text.endsWith("\n") ? "" : "\n";
      write(`${begin}${colour[tone]}${line}${reset}\n`);
    },
    output: write,
    show() {
      terminal ??= openTerminal();
      terminal.show(true);
    },
    dispose() {
      terminal?.dispose();
      written.dispose();
    },
  };
}
