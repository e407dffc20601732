import type { Stage } from "../../../model/stage/stage.ts";
import { insert, replace, type TextEdit } from "../../../text/edit.ts";
import type { Span } from "../../../text/span.ts";

/** A port that a file names. */
export interface NamedPort {
  readonly port: number;
  /** Where its digits are, among others; of an implied one the scheme and the host. */
  readonly span: Span;
  /** `http://localhost/` asks port 80 without saying so. */
  readonly isImplied?: true | undefined;
}

/** Ports of the container itself that the stage's health check asks by URL. */
export function askedPorts(stage: Stage): NamedPort[] {
  const check = stage.instructions.findLast((it) => it.name === "HEALTHCHECK");
  const commands = (check && stage.commandsOf(check)?.commands) ?? [];
  return commands
    .flatMap((it) => it.arguments)
    .flatMap(({ literal, span }): NamedPort[] => {
      const [url, port] = OWN_URL.exec(literal ?? "") ?? WITHOUT_PORT.exec(literal ?? "") ?? [];
      const text = stage.model.file.text.slice(span.start, span.end);
      const at = url === undefined ? -1 : text.indexOf(url);
      if (url === undefined || at < 0) return [];
      const start = span.start + at;
      const end = start + url.length;
      if (port === undefined) return [{ port: 80, span: { start, end }, isImplied: true }];
      return [{ port: Number(port), span: { start: end - port.length, end } }];
    });
}

const HOST = String.raw`(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])`;
const OWN_URL = new RegExp(String.raw`(?<=^|['"(\s])(?:https?:\/\/)?${HOST}:(\d+)(?![\d.])`, "i");
const WITHOUT_PORT = new RegExp(String.raw`(?<=^|['"(\s])http:\/\/${HOST}(?=[/?\s'")]|$)`, "i");

/** Makes another port of it; undefined where its digits do not stand there alone. */
export function portEdits({ port, span, isImplied }: NamedPort, right: number): TextEdit[] | undefined {
  if (isImplied) return [insert(span.end, `:${right}`)];
  const isWritten = span.end - span.start === String(port).length;
  return isWritten ? [replace(span, String(right))] : undefined;
}
