/** An instruction as one writes it in a Dockerfile, read back from an image's history. */
export interface HistoryInstruction {
  /** Upper case; `OTHER` for what no Dockerfile made, such as an imported archive. */
  readonly keyword: string;
  /** On one line, keyword included: `RUN go build -o /out .`. */
  readonly text: string;
}

/** The instructions that leave a row in the history. */
const keywords = new Set(
  "ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR".split(
    " ",
  ),
);

/** A shell with its options up to the one that takes the command: `/bin/sh -c`, `/bin/bash -o pipefail -ec`. */
const shell =
  /(?<=^|\s)(?:(?:\/\S*\/)?(?:ba|da|a|z|k)?sh(?: pipefail| -\S+)*? -\w*c|cmd \/S \/C|powershell -Command) /;

/**
 * Reads `CreatedBy` of a history row: BuildKit's `RUN |1 A=b /bin/sh -c x # buildkit`, the classic builder's
 * `/bin/sh -c #(nop)  ENV A=1` and `|1 A=b /bin/sh -c x`, and Podman's, which keeps the instruction behind `#(nop)`. Forms seen on engines
 * 20.10.24, 26.1.5 and 28.5.2, and Podman 4.3.1 and 5.8.6. `comment` is the row's.
 */
export function instructionText(createdBy: string, comment = ""): HistoryInstruction {
  const bare = createdBy.replace(/ # buildkit$/, "").trim();
  if (bare === "") return other(comment);

  const metadata = /#\(nop\)\s+(.*)$/s.exec(bare)?.[1];
  if (metadata !== undefined) return written(metadata) ?? other(metadata);
  const plain = written(bare);
  if (plain) return plain;
  // The classic builder writes a RUN as the command alone.
  const isCommand = bare.startsWith("|") || shell.exec(bare)?.index === 0;
  return isCommand ? { keyword: "RUN", text: `RUN ${command(bare)}` } : other(bare);
}

function written(text: string): HistoryInstruction | undefined {
  const match = /^([A-Za-z]+)\s+(.*)$/s.exec(text);
  const keyword = match?.[1]?.toUpperCase() ?? "";
  if (!keywords.has(keyword)) return undefined;
  const write = writers[keyword] ?? oneLine;
  return { keyword, text: `${keyword} ${write(match?.[2] ?? "")}` };
}

/** How the arguments of instructions are written that the history keeps in another form. */
const writers: Readonly<Record<string, (text: string) => string>> = {
  RUN: command,
  COPY: withoutDigest,
  ADD: withoutDigest,
  CMD: execForm,
  ENTRYPOINT: execForm,
  EXPOSE: ports,
  VOLUME: (text) => /^\[(.*)\]$/.exec(text)?.[1] ?? text,
  SHELL: (text) => (/^\[[^"]/.test(text) ? list(text.slice(1, -1).split(" ")) : text),
  HEALTHCHECK: healthcheck,
};

/** `|2 A=b C=d e /bin/sh -c x` is the command `x`; the number says how many build arguments come first. */
function command(text: string): string {
  const argumentCount = Number(/^\|(\d+) /.exec(text)?.[1] ?? 0);
  const found = shell.exec(text);
  if (found && (argumentCount > 0 || found.index === 0))
    return oneLine(text.slice(found.index + found[0].length));
  if (argumentCount === 0) return oneLine(text);
  // Exec form: values may hold spaces, so the command is taken to begin at the first path behind the last argument.
  const rest = text.replace(/^\|\d+ /, "").replace(new RegExp(`^(?:.*?\\b\\w+=){${argumentCount}}`, "s"), "");
  return oneLine(/(?:^|\s)(\/.*)$/s.exec(rest)?.[1] ?? rest.replace(/^\S*\s*/, ""));
}

/** The classic builder names what was copied by digest: `file:1a2b… in /a.txt `. */
function withoutDigest(text: string): string {
  return oneLine(text.replace(/(?:file|dir|multi):[0-9a-f]{64} in /, "… "));
}

/** `["/bin/sh" "-c" "echo hi"]` was written as `echo hi`; other lists keep their brackets, with the commas that JSON wants. */
function execForm(text: string): string {
  const words = goStrings(text);
  if (!words) return oneLine(text);
  const [program = "", option = "", line] = words;
  const isShell = words.length === 3 && shell.test(`${program} ${option} `);
  return isShell && line !== undefined ? oneLine(line) : list(words);
}

/** `[443/udp 80/tcp]`, `map[80/tcp:{}]` or `443/udp 80`; TCP goes without saying. */
function ports(text: string): string {
  const inside = /^(?:map)?\[(.*)\]$/.exec(text)?.[1] ?? text;
  return inside.replaceAll(":{}", "").replaceAll("/tcp", "").trim();
}

/**
 * `&{["CMD-SHELL" "x"] "5s" "3s" "0s" "0s" '\x03'}` or `&{[CMD-SHELL x] 5s 3s 0s 0s 3}`: test, interval, timeout, start period, start interval
 * (from engine 25), retries, printed as Go prints a structure.
 */
function healthcheck(text: string): string {
  const structure = /^&\{\[(.*)\] (.*)\}$/s.exec(text);
  if (!structure) return oneLine(text);
  const [, test = "", rest = ""] = structure;
  const quoted = goStrings(`[${test}]`);
  const [kind = "", ...words] = quoted ?? [test.split(" ")[0] ?? "", test.slice(test.indexOf(" ") + 1)];
  if (kind === "NONE") return "NONE";

  const values = rest.match(/'[^']*'|"[^"]*"|\S+/g) ?? [];
  const retries = goNumber(values.at(-1) ?? "0");
  const names =
    values.length > 4
      ? ["interval", "timeout", "start-period", "start-interval"]
      : ["interval", "timeout", "start-period"];
  const options = names.flatMap((name, index) => {
    const value = (values[index] ?? "").replaceAll('"', "");
    return value === "" || value === "0s" ? [] : [`--${name}=${value}`];
  });
  if (retries > 0) options.push(`--retries=${retries}`);
  const run = kind === "CMD" && quoted ? list(words) : oneLine(words.join(" "));
  return [...options, "CMD", run].join(" ");
}

/** Go prints a small number under %q as a character: `'\x03'`, `'\n'` for 10. */
function goNumber(value: string): number {
  if (/^\d+$/.test(value)) return Number(value);
  const character = value.slice(1, -1);
  const code = /^\\(?:x|u|U)([0-9a-f]+)$/.exec(character)?.[1];
  if (code !== undefined) return Number.parseInt(code, 16);
  const named = "abtnvfr".indexOf(character.slice(1));
  if (character.startsWith("\\") && named >= 0) return named + 7;
  return character.codePointAt(0) ?? 0;
}

/** The words of `["a" "b c"]`, as Go prints a list of strings; undefined for anything else. */
function goStrings(text: string): readonly string[] | undefined {
  if (!/^\[(?:"(?:[^"\\]|\\.)*"(?: |,\s*)?)*\]$/s.test(text)) return undefined;
  return (text.match(/"(?:[^"\\]|\\.)*"/gs) ?? []).map((word) => {
    try {
      return JSON.parse(word) as string;
    } catch {
      // An escape that Go has and JSON has not.
      return word.slice(1, -1);
    }
  });
}

function list(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(", ")}]`;
}

/** Here-documents come as lines; joined continuations leave runs of spaces. */
function oneLine(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .join("; ")
    .replace(/\s{2,}/g, " ");
}

function other(text: string): HistoryInstruction {
  return { keyword: "OTHER", text: oneLine(text) || "(no instruction)" };
}
