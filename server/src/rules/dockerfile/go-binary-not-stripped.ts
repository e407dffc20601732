import type { Stage } from "../../model/stage/stage.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { insert, replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { type BuiltBinary, builtBinaries, scriptsMention } from "../knowledge/binaries/built-by.ts";
import { type Fix, stageRule } from "../rule.ts";

export const goBinaryNotStripped = stageRule({
  id: "go-binary-not-stripped",
  title: "Go binary shipped with its symbols",
  severity: "info",
  tags: ["size"],
  aliases: [],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`go build\` without \`-ldflags="-s"\` whose binary another stage copies into the final image. Silent where
      the flags come from a variable, where \`strip\` or \`upx\` runs, and for builds to debug with (\`-gcflags\`,
      \`-race\`).`,
    why: source`
      The symbol table and the debug information make up a fifth to a third of a Go binary, and only a debugger reads
      them: stack traces and \`runtime\` need neither.`,
    bad: source`
      FROM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/api .
                        ^^^^^^^^ go-binary-not-stripped: /api is shipped with its symbols and debug information.
      FROM scratch
      COPY --from=builder /out/api /api`,
    good: source`
      FROM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -ldflags="-s -w" -o /out/api .
      FROM scratch
      COPY --from=builder /out/api /api`,
  },

  check(stage, report) {
    if (!stage.isFinal) return;
    for (const built of builtBinaries(stage)) {
      const { binary, builder, command, path } = built;
      const verb = command.arguments[0];
      if (binary.language !== "go" || builder === stage || !command.name || !verb) continue;
      if (isStripped(built) || isToDebug(built) || isStrippedLater(builder, stage)) continue;
      const span = { start: command.name.span.start, end: verb.span.end };
      const rest = LEAVES_DEBUG_OUT.test(linkerFlags(command)) ? "symbols" : "symbols and debug information";
      report(span, `${path} is shipped with its ${rest}.`, { fixes: fixesOf(built) });
    }
  },
});

/** `-s` leaves the debug information out as well. Where a variable is among the flags it is not known. */
function isStripped({ binary, builder, command }: BuiltBinary): boolean {
  if (builder.before(binary.builtBy).isSet("GOFLAGS").is !== "no" || scriptsMention(builder, /GOFLAGS/))
    return true;
  const words = command.arguments.map((it) => it.raw);
  const flags = linkerFlags(command);
  // `-X main.version=$VERSION` holds variables of its own.
  const rest = flags.replace(/(?<![\w./-])-X[= ]?\\?['"]?[\w./-]+=\S*/g, "");
  return /(^|[\s"'=])-s\b/.test(flags) || rest.includes("$") || words.some((it) => /^["']?\$/.test(it));
}

const LEAVES_DEBUG_OUT = /(^|[\s"'=])-w\b/;

/** What stands behind `-ldflags`, as it is written; `-w` alone leaves the debug information out and keeps the symbols. */
function linkerFlags(command: Command): string {
  const words = command.arguments.map((it) => it.raw);
  const at = words.findIndex((it) => /^--?ldflags\b/.test(it));
  const word = words[at] ?? "";
  return word.includes("=") ? word : at < 0 ? "" : (words[at + 1] ?? "");
}

function isToDebug({ command }: BuiltBinary): boolean {
  return command.arguments.some((it) =>
    /^--?(gcflags|race|msan|asan|cover|buildmode|linkshared)\b/.test(it.raw),
  );
}

function isStrippedLater(builder: Stage, stage: Stage): boolean {
  return [builder, stage].some((it) => scriptsMention(it, /\b(strip|upx|dlv|delve)\b/));
}

function fixesOf({ binary, command }: BuiltBinary): Fix[] {
  const [verb] = command.arguments;
  const given = command.arguments.find((it) => /^--?ldflags\b/.test(it.raw));
  const title = "Leave symbols and debug information out";
  if (!verb || binary.builtBy.exec) return [];
  if (!given) return [{ kind: "unsafe", title, edits: [insert(verb.span.end, ' -ldflags="-s -w"')] }];
  const value = given.raw.includes("=") ? given : command.arguments[command.arguments.indexOf(given) + 1];
  const at = value ? value.raw.search(/["']/) : -1;
  if (!value) return [];
  const isExact = value.span.end - value.span.start === value.raw.length;
  const missing = LEAVES_DEBUG_OUT.test(value.raw) ? "-s" : "-s -w";
  if (at >= 0 && isExact)
    return [{ kind: "unsafe", title, edits: [insert(value.span.start + at + 1, `${missing} `)] }];
  const word = value.raw.replace(/^--?ldflags=/, "");
  if (value.literal === undefined || !isExact) return [];
  const span = { start: value.span.end - word.length, end: value.span.end };
  return [{ kind: "unsafe", title, edits: [replace(span, `"${missing} ${word}"`)] }];
}
