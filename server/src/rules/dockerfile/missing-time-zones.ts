import { baseName } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { startedCommand } from "../../model/stage/started/started-command.ts";
import { saysText } from "../../syntax/dockerfile/says.ts";
import type { Instruction, Pair } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import { importsTimeZones, usesTimeZones } from "../knowledge/binaries/go-needs.ts";
import { type StartedBinary, startedBinary } from "../knowledge/started/started-binary.ts";
import { type Report, stageRule } from "../rule.ts";
import { addFeature } from "../writing/dockerfile/add-feature.ts";

export const missingTimeZones = stageRule({
  id: "missing-time-zones",
  title: "Time zone by name where the image knows none",
  severity: "warning",
  tags: ["run"],
  aliases: ["S21", "tz-without-tzdata"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a final image that certainly has no database of time zones, while ENV sets \`TZ\` to one by name and the image
      starts a program of the system, or the Go program that it starts loads one (\`time.LoadLocation("Europe/Berlin")\`, also by a constant, or by what a request says).
      The sources are read in the build context. Silent where the program brings the time zones itself, as Node.js, Java,
      PHP and Go programs that import \`time/tzdata\` do. Reports a RUN too that links or copies a time zone that is not there.`,
    why: source`
      \`LoadLocation\` fails with "unknown time zone" when it is called, and a \`TZ\` that is not known is taken for UTC
      without a word. Alpine, Ubuntu and \`scratch\` come without the database; Debian and distroless have it.`,
    bad: source`
      FROM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /api .
      FROM scratch
           ^^^^^^^ missing-time-zones: This image has no time zones, and the program calls time.LoadLocation("Europe/Berlin") (main.go).
      COPY --from=builder /api /api
      ENTRYPOINT ["/api"]`,
    good: source`
      FROM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /api .
      FROM gcr.io/distroless/static-debian13:nonroot
      COPY --from=builder /api /api
      ENTRYPOINT ["/api"]`,
    context: {
      "go.mod": "module example.com/api\n",
      "main.go": 'package main\n\nfunc main() { serve(time.LoadLocation("Europe/Berlin")) }\n',
    },
  },

  check(stage, report) {
    if (checkLinks(stage, report)) return;
    const { timeZones } = stage.result;
    // A Go toolchain has a database of its own.
    if (!stage.isFinal || timeZones.is !== "no" || stage.result.hasTool("go").is !== "no") return;
    if (stage.result.isSet("ZONEINFO").is === "yes") return;
    const binary = startedBinary(stage);
    if (binary && (importsTimeZones(binary.sources) || isBuiltIn(binary))) return;

    const variable = zoneVariable(stage);
    const need = binary && usesTimeZones(binary.sources);
    const finding = { related: timeZones.because, fixes: addFeature("timeZones", stage, binary?.builder) };
    if (variable && (binary || startsSystemProgram(stage)))
      report(
        variable.pair.span,
        `This image has no time zones, so that TZ=${variable.zone} is taken for UTC.`,
        finding,
      );
    else if (need)
      report(
        stage.base.word?.span ?? stage.from.keyword,
        `This image has no time zones, and the program calls ${need.what} (${need.path}).`,
        finding,
      );
  },
});

/** `ln -s /usr/share/zoneinfo/… /etc/localtime` makes a link to nothing, and `cp` ends the build. */
function checkLinks(stage: Stage, report: Report): boolean {
  for (const run of stage.instructions) {
    if (run.name !== "RUN" || !saysText(ZONES, run)) continue;
    const script = stage.commandsOf(run);
    for (const command of script?.commands ?? []) {
      const program = command.name?.literal;
      const zone = command.arguments.find((it) => it.raw.replace(/^["']/, "").startsWith(ZONES));
      if (!zone || (program !== "ln" && program !== "cp") || command.conditional || command.mayFail) continue;
      const state = stage.beforeCommand(command, run);
      // A link may be made before what it leads to.
      if (state.timeZones.is !== "no" || stage.result.timeZones.is !== "no") continue;
      if (program === "ln" && !stage.isFinal) continue;
      const what =
        program === "ln" ? "this links to nothing and the time stays UTC" : "there is nothing to copy";
      report(zone.span, `This image has no time zones here, so that ${what}.`, {
        related: state.timeZones.because,
        fixes: addFeature("timeZones", stage, undefined),
      });
      return true;
    }
  }
  return false;
}

const ZONES = "/usr/share/zoneinfo";

/**
 * Does the container start a program that came with the image or as a package, and asks the C library for the time? A
 * program that the author brings may have the time zones in it.
 */
function startsSystemProgram(stage: Stage): boolean {
  const { entrypoint, command } = stage.result;
  if (OWN_DATABASE.some((it) => stage.result.hasTool(it).is === "yes")) return false;
  const isUntouched = [entrypoint, command].every((it) => it.known && !it.value?.instruction);
  const program = isUntouched ? SHELL : startedCommand(stage)?.program.text;
  if (program === undefined || stage.result.hasTool(program).is === "no") return false;
  if (stage.result.isToolBrought(program).is === "no") return stage.result.hasShell.is === "yes";
  const isCopied = stage.result.files.some((it) => it.kind !== "directory" && baseName(it.path) === program);
  return stage.result.hasTool(program).is === "yes" && !isCopied;
}

/** What an image starts that says nothing of it; where it is not there, that is no image with a system. */
const SHELL = "sh";

/** Runtimes that bring the time zones themselves, or do not look at TZ (php.ini has date.timezone); read 2026-11. */
const OWN_DATABASE = ["node", "deno", "bun", "java", "php"];

/** `go build -tags timetzdata` puts the database into the program. */
function isBuiltIn({ file, builder }: StartedBinary): boolean {
  const builtBy = file.binary?.builtBy;
  const commands = (builtBy && builder?.commandsOf(builtBy)?.commands) ?? [];
  if (commands.some((it) => it.arguments.some((word) => word.raw.includes("timetzdata")))) return true;
  const flags = builtBy && builder?.before(builtBy).variable("GOFLAGS");
  return flags?.known === true && flags.value.includes("timetzdata");
}

/** The last ENV of this stage that sets TZ, to a name or to an argument with a name as its default; `Etc/UTC` is UTC anyway. */
function zoneVariable(stage: Stage): { readonly pair: Pair; readonly zone: string } | undefined {
  const pair = stage.instructions
    .filter((it: Instruction) => it.name === "ENV")
    .flatMap((it) => it.pairs)
    .findLast((it) => it.name.raw === "TZ");
  const zone = stage.result.variable("TZ");
  return pair && zone.known && ZONE_NAME.test(zone.value) ? { pair, zone: zone.value } : undefined;
}

const ZONE_NAME = /^(?!Etc\/)[A-Z][A-Za-z_]+\/[A-Za-z_/+-]+$/;
