import { EventEmitter, l10n, type Pseudoterminal, type TerminalDimensions } from "vscode";
import type { TerminalSession } from "../../engine/containers/container-types.ts";
import { failureOf } from "../../engine-access.ts";

/**
 * A terminal for a program in a container: what is typed goes to it. When it has ended, `end` gives the last line, and any
 * key closes the terminal. `closed` is told when the user closes it before.
 */
export function sessionTerminal(
  session: TerminalSession,
  greeting: string,
  end: () => Promise<{ readonly text: string; readonly exitCode: number | undefined }>,
  closed: () => void = () => {},
): Pseudoterminal {
  const write = new EventEmitter<string>();
  const close = new EventEmitter<number>();
  let over: { readonly exitCode: number } | undefined;
  const line = (text: string) => write.fire(`\x1b[2m${text}\x1b[0m\r\n`);
  const resize = (size: TerminalDimensions | undefined) =>
    size && void session.resize({ columns: size.columns, rows: size.rows });

  const show = async () => {
    line(greeting);
    let said = "";
    try {
      for await (const text of session.output) write.fire(text);
    } catch (error) {
      if (failureOf(error) === undefined || !(error instanceof Error)) throw error;
      said = `${error.message} `;
    }
    const { text, exitCode } = await end();
    over = { exitCode: exitCode ?? 0 };
    // The program may have left its last line open, or colours on.
    write.fire("\x1b[0m\r\n");
    line(`${said}${text} ${l10n.t("Press any key to close.")}`);
  };
  return {
    onDidWrite: write.event,
    onDidClose: close.event,
    open(size) {
      resize(size);
      void show();
    },
    setDimensions: resize,
    handleInput(keys) {
      if (over) close.fire(over.exitCode);
      else session.write(keys);
    },
    close() {
      session.close();
      if (!over) closed();
    },
  };
}
