/** A place in a source file that a compiler, linter or interpreter named in a build's log. */
export interface CompilerMessage {
  /** Who says it: `go`, `rustc`, `tsc` … */
  readonly tool: string;
  /** As written: relative to wherever the tool ran, or absolute in the image. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based; undefined where only the line is named. */
  readonly column: number | undefined;
  readonly severity: "error" | "warning";
  readonly message: string;
  /** `TS2322`, `E0425`, `no-undef`. */
  readonly code: string | undefined;
  /** Of the messages with the same, only the first counts whose file is found: the frames of a traceback. */
  readonly oneOf?: string;
}

/** More than anyone reads. */
const most = 200;

/** One line that says everything. The named groups are the fields of CompilerMessage. */
interface OneLine {
  readonly tool: string;
  readonly line: RegExp;
}

// A file's name has an extension: `12:30:05` and `localhost:8080` are none.
const file = String.raw`(?<file>(?:[A-Za-z]:)?[^\s:()'"]+\.[A-Za-z][A-Za-z0-9]*)`;

/** The first that matches speaks. Formats as of Go 1.27, TypeScript 5.9, GCC 14, Clang 19, OpenJDK 21, Maven 3.9, .NET 9. */
const oneLine: readonly OneLine[] = [
  // src/a.ts(3,5): error TS2322: Type …      Program.cs(3,5): error CS0103: The name … [/src/App.csproj]
  {
    tool: "tsc",
    line: new RegExp(
      String.raw`^\s*${file}\((?<line>\d+),(?<column>\d+)\): (?<severity>error|warning) (?<code>[A-Z]+\d+): (?<message>.*?)(?: \[[^\]]+proj(?:::[^\]]*)?\])?$`,
    ),
  },
  // src/a.ts:3:5 - error TS2322: Type …
  {
    tool: "tsc",
    line: new RegExp(
      String.raw`^${file}:(?<line>\d+):(?<column>\d+) - (?<severity>error|warning) (?<code>TS\d+): (?<message>.*)$`,
    ),
  },
  // [ERROR] /app/src/main/java/App.java:[5,3] cannot find symbol
  {
    tool: "javac",
    line: new RegExp(
      String.raw`^\[(?<severity>ERROR|WARNING)\] ${file}:\[(?<line>\d+),(?<column>\d+)\] (?<message>.*)$`,
    ),
  },
  // main.c:3:5: error: …     main.c:3: fatal error: …     src/Main.java:5: error: ';' expected
  {
    tool: "gcc",
    line: new RegExp(
      String.raw`^${file}:(?<line>\d+):(?:(?<column>\d+):)? (?:fatal )?(?<severity>error|warning): (?<message>.*?)(?: \[-W(?<code>[^\]]+)\])?$`,
    ),
  },
  // ./main.go:12:5: undefined: x      vet: ./main.go:3:2: …     main.go:7:2: no required module provides package …
  {
    tool: "go",
    line: /^(?:vet: )?(?<file>(?:[^\s:()'"]+\/)?[^\s:()'"/]+\.go):(?<line>\d+):(?:(?<column>\d+):)? (?<message>.*)$/,
  },
  //     main_test.go:12: want 1, have 2
  {
    tool: "go",
    line: /^\s+(?<file>[^\s:()'"]+_test\.go):(?<line>\d+): (?<message>.*)$/,
  },
];

/**
 * Finds what compilers say of source files in the log of a step; each place and message once, errors and warnings in the order in
 * which they came.
 */
export function compilerMessages(log: string): readonly CompilerMessage[] {
  const lines = log.split("\n");
  const found = new Map<string, CompilerMessage>();
  const add = (message: CompilerMessage | undefined) => {
    if (message === undefined || message.line < 1 || found.size >= most) return;
    const key = `${message.file}:${message.line}:${message.column} ${message.message}`;
    if (!found.has(key)) found.set(key, message);
  };
  lines.forEach((line, at) => {
    for (const { tool, line: form } of oneLine) {
      const groups = form.exec(line)?.groups;
      if (!groups) continue;
      add(fromGroups(tool, groups));
      return;
    }
    add(rust(lines, at));
  });
  for (const it of eslint(lines)) add(it);
  for (const it of python(lines)) add(it);
  return [...found.values()];
}

function fromGroups(tool: string, groups: Record<string, string | undefined>): CompilerMessage {
  const { file = "", line, column, severity, message = "", code } = groups;
  return {
    tool: toolOf(tool, file),
    file,
    line: Number(line),
    column: column === undefined ? undefined : Number(column),
    severity: severity?.toLowerCase() === "warning" ? "warning" : "error",
    message: message.trim(),
    code,
  };
}

/** Several tools write alike; what they read tells them apart. */
function toolOf(tool: string, name: string): string {
  if (/\.(?:cs|fs|vb|[a-z]+proj)$/i.test(name)) return "dotnet";
  return /\.java$/i.test(name) ? "javac" : tool;
}

/** `error[E0425]: cannot find value` and, below it, ` --> src/main.rs:4:5`. */
function rust(lines: readonly string[], at: number): CompilerMessage | undefined {
  const place = /^\s*--> ([^\s:]+\.rs):(\d+):(\d+)$/.exec(lines[at] ?? "");
  if (!place) return undefined;
  const said = /^(error|warning)(?:\[([^\]]+)\])?: (.*)$/.exec(lines[at - 1] ?? "");
  // A place without one is a note to what was said before.
  if (!said) return undefined;
  return {
    tool: "rustc",
    file: place[1] ?? "",
    line: Number(place[2]),
    column: Number(place[3]),
    severity: said[1] === "warning" ? "warning" : "error",
    message: said[3] ?? "",
    code: said[2],
  };
}

/** A file on a line of its own, its findings indented below: `  3:5  error  'x' is not defined  no-undef`. */
function* eslint(lines: readonly string[]): Generator<CompilerMessage> {
  let named: string | undefined;
  for (const line of lines) {
    const heading = /^(\/?[^\s:()]+\.[A-Za-z]+)\s*$/.exec(line)?.[1];
    const finding = /^\s+(\d+):(\d+)\s+(error|warning)\s+(.*?)(?:\s{2,}(\S+))?\s*$/.exec(line);
    if (heading !== undefined) named = heading;
    else if (finding && named !== undefined)
      yield {
        tool: "eslint",
        file: named,
        line: Number(finding[1]),
        column: Number(finding[2]),
        severity: finding[3] === "warning" ? "warning" : "error",
        message: finding[4] ?? "",
        code: finding[5],
      };
    else named = undefined;
  }
}

/**
 * A traceback: its frames, outermost first, then what was raised. Every frame is named, innermost first, as those of libraries
 * are not in the build context and only the first that is counts.
 */
function* python(lines: readonly string[]): Generator<CompilerMessage> {
  let count = 0;
  let frames: { readonly file: string; readonly line: number }[] = [];
  for (const line of lines) {
    const frame = /^\s+File "([^"<]+)", line (\d+)/.exec(line);
    if (frame) frames.push({ file: frame[1] ?? "", line: Number(frame[2]) });
    else if (frames.length > 0 && /^[A-Za-z_][\w.]*(?:Error|Exception|Warning|Interrupt|Exit)\b/.test(line)) {
      const oneOf = `traceback ${++count}`;
      for (const { file: name, line: number } of frames.reverse())
        yield {
          oneOf,
          tool: "python",
          file: name,
          line: number,
          column: undefined,
          severity: "error",
          message: line.trim(),
          code: undefined,
        };
      frames = [];
    } else if (line !== "" && !/^\s/.test(line)) frames = [];
  }
}
