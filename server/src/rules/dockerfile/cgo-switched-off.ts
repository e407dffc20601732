import { bindingIn } from "../../model/stage/commands/go-sources.ts";
import { holdingStage } from "../../model/stage/holding-stage.ts";
import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { buildCommand } from "../knowledge/binaries/built-by.ts";
import { stageRule } from "../rule.ts";

export const cgoSwitchedOff = stageRule({
  id: "cgo-switched-off",
  title: "Go program built without the C that it needs",
  severity: "error",
  tags: ["build", "run"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`go build\` of a program whose own sources import a package that is a binding to C (\`github.com/mattn/go-sqlite3\`,
      \`gorm.io/driver/sqlite\`, \`confluent-kafka-go\` …), where cgo is off: by \`CGO_ENABLED=0\`, or since there is no C compiler.`,
    why: source`
      Without cgo those packages are empty. The build of some ends with "undefined"; \`go-sqlite3\` compiles, and says "Binary was compiled
      with 'CGO_ENABLED=0', go-sqlite3 requires cgo to work" when the program opens its database. Golang's Alpine image has no
      compiler, so that cgo is off there without a word.`,
    bad: source`
      FROM golang:1.27-alpine
      WORKDIR /src
      COPY . .
      RUN go build -o /api .
          ^^^^^^^^ cgo-switched-off: github.com/mattn/go-sqlite3 (main.go) needs cgo, which is off here without a C compiler.`,
    good: source`
      FROM golang:1.27-alpine
      RUN apk add --no-cache gcc musl-dev
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=1 go build -o /api .`,
    context: {
      "go.mod": "module example.com/api\n",
      "main.go":
        'package main\n\nimport (\n\t"database/sql"\n\t_ "github.com/mattn/go-sqlite3"\n)\n\nfunc main() { open(sql.Open) }\n',
    },
  },
  onlyWith: { programs: ["go"] },

  check(stage, report) {
    const seen = new Set<Command>();
    for (const { binary } of stage.result.files) {
      if (binary?.language !== "go" || holdingStage(binary.builtBy, stage.model) !== stage) continue;
      const command = buildCommand(binary, stage);
      const verb = command?.arguments[0];
      if (!command?.name || !verb || seen.has(command)) continue;
      seen.add(command);
      const off = whyOff(command, stage);
      const need = off === undefined ? undefined : bindingIn(binary.sources ?? []);
      if (off === undefined || !need) continue;
      const span = { start: command.name.span.start, end: verb.span.end };
      report(span, `${need.module} (${need.path}) needs cgo, which ${off}.`, { related: [] });
    }
  },
});

/** Undefined where cgo is on, or that is not known. */
function whyOff(command: Command, stage: Stage): string | undefined {
  const run = runOf(command, stage);
  if (!run) return undefined;
  const state = stage.beforeCommand(command, run);
  const own = command.assignments.find((it) => it.name === "CGO_ENABLED");
  if (!own && setsItself(stage).has(run)) return undefined;
  const set = state.variable("CGO_ENABLED");
  if (own ? own.value?.literal === "0" : set.known && set.value === "0") return "CGO_ENABLED=0 turns off";
  const isOpen =
    own !== undefined || state.isSet("CGO_ENABLED").is !== "no" || state.isSet("CC").is === "yes";
  return !isOpen && state.lacksTool("gcc") ? "is off here without a C compiler" : undefined;
}

function runOf(command: Command, { instructions }: Stage): Stage["instructions"][number] | undefined {
  return instructions.find((it) => it.span.start <= command.span.start && command.span.end <= it.span.end);
}

/** RUNs whose script sets the variable itself. */
const setsItself = notedOnStage(
  ({ instructions }): ReadonlySet<Stage["instructions"][number]> =>
    new Set(
      instructions.filter(
        (it) =>
          it.name === "RUN" && /(export|env -w)\s.*CGO_ENABLED|CGO_ENABLED=\S*\s*(;|\n)/.test(it.body.text),
      ),
    ),
);
