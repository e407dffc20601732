import { EventEmitter, l10n, type Terminal, ThemeIcon, window } from "vscode";

/** Takes down what a build tells. */
export interface BuildWriter {
  /** A line of our own. Tones: `step` begins something, `quiet` steps back, `failure` is what one looks for. */
  line(text: string, tone?: Tone): void;
  /** Output of what runs in the build, as it comes. */
  output(text: string): void;
}

/** What builds wrote, each in a terminal of its own, so that colours of the tools in it come out. It opens when asked for. */
export interface BuildLogs {
  /** Begins the log of a build. `name` is its tag; the terminal of an earlier build of that name shows this one from now on. */
  start(id: string, name: string): BuildWriter;
  /** The build is over. */
  end(id: string): void;
  /** Opens a build's log, or the last one's. False when there is none. */
  show(id?: string): boolean;
  dispose(): void;
}

export type Tone = "plain" | "title" | "step" | "quiet" | "failure";

const colour: Record<Tone, string> = {
  plain: "",
  title: "\x1b[1m",
  step: "\x1b[36m",
  quiet: "\x1b[2m",
  failure: "\x1b[31m",
};
const reset = "\x1b[0m";
/** Screen, scrollback, cursor. */
const clear = "\x1b[2J\x1b[3J\x1b[H";

/** Of a log that is twice as long the start is dropped, as a terminal does, so that this is left. Characters. */
const longest = 1_000_000;
/** Logs that are kept. */
const most = 20;

interface Log {
  readonly id: string;
  readonly name: string;
  /** The whole, for a terminal that is opened, or opened again, when the build is long over. */
  text: string;
  isOver: boolean;
}

interface Screen {
  readonly terminal: Terminal;
  readonly written: EventEmitter<string>;
  shown: Log;
  isOpen: boolean;
}

export function createBuildLogs(): BuildLogs {
  const logs: Log[] = [];
  const screens = new Set<Screen>();
  const screenOf = (log: Log) => [...screens].find((it) => it.shown === log);

  function open(log: Log): Screen {
    const written = new EventEmitter<string>();
    const terminal = window.createTerminal({
      name: l10n.t("Build {0}", log.name),
      iconPath: new ThemeIcon("package"),
      pty: {
        onDidWrite: written.event,
        open: () => {
          screen.isOpen = true;
          written.fire(screen.shown.text);
        },
        close: () => {
          screens.delete(screen);
          written.dispose();
        },
      },
    });
    const screen: Screen = { terminal, written, shown: log, isOpen: false };
    screens.add(screen);
    return screen;
  }
  return {
    start(id, name) {
      const log: Log = { id, name, text: "", isOver: false };
      const free = [...screens].find((it) => it.shown.name === name && it.shown.isOver);
      if (free) {
        free.shown = log;
        if (free.isOpen) free.written.fire(clear);
      }
      logs.push(log);
      if (logs.length > most) logs.splice(0, logs.length - most);
      return buildWriter((text) => {
        log.text += text;
        // Not at each piece: the whole would be copied for it.
        if (log.text.length > 2 * longest) log.text = log.text.slice(-longest);
        const screen = screenOf(log);
        if (screen?.isOpen) screen.written.fire(text);
      });
    },
    end(id) {
      const log = logs.find((it) => it.id === id);
      if (log) log.isOver = true;
    },
    show(id) {
      const log = id === undefined ? logs.at(-1) : logs.find((it) => it.id === id);
      if (log === undefined) return false;
      (screenOf(log) ?? open(log)).terminal.show(true);
      return true;
    },
    dispose() {
      for (const { terminal } of [...screens]) terminal.dispose();
    },
  };
}

/** Writes for a terminal. `write` is given text with the line ends that terminals want. */
export function buildWriter(write: (text: string) => void): BuildWriter {
  let atStart = true;
  const put = (text: string) => {
    if (text === "") return;
    atStart = text.endsWith("\n");
    write(text.replace(/\r?\n/g, "\r\n"));
  };
  return {
    line: (text, tone = "plain") => put(`${atStart ? "" : "\n"}${colour[tone]}${text}${reset}\n`),
    output: put,
  };
}
