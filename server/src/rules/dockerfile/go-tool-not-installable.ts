import { source } from "../../text/source.ts";
import { isBefore } from "../../text/version-order.ts";
import { goOfImage } from "../knowledge/images/go-of-image.ts";
import { failureOf } from "../knowledge/stages/build-failure.ts";
import { commandRule } from "../rule.ts";
import { replaceWord } from "../writing/commands/command-words.ts";

export const goToolNotInstallable = commandRule({
  id: "go-tool-not-installable",
  title: "Tool of Go that cannot be installed as it is named",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`go install TOOL@latest\` of well-known tools (air, delve, gopls, goose, templ, sqlc, mockgen, staticcheck …) whose releases
      need a newer Go than the image's tag names, and of tools under a path that they have left. Silent where another Go may be in use.`,
    why: source`
      Images of Go set \`GOTOOLCHAIN=local\`, so that no newer Go is fetched: "requires go >= 1.23 (running go 1.21)". A module that was
      moved says another path in its go.mod, and Go refuses it under the old one. Builds that were fine yesterday end so when a release
      comes; a version in place of \`latest\` keeps them.`,
    bad: source`
      FROM golang:1.22
      RUN go install github.com/air-verse/air@latest
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ go-tool-not-installable: Releases of github.com/air-verse/air need Go 1.23, and this is 1.22.`,
    good: source`
      FROM golang:1.22
      RUN go install github.com/air-verse/air@v1.52.3`,
  },
  programs: ["go"],

  check(call, report) {
    const { command, script, run, instruction, stage } = call;
    const [verb, ...words] = command.arguments;
    if (verb?.literal !== "install" || instruction.name !== "RUN") return;
    const failure = failureOf(command, script, run, stage);
    if (failure === "allowed") return;
    const severity = failure === "stops" ? "error" : "warning";
    for (const word of words) {
      const [, path = "", version] = /^([\w.-]+\.[a-z]+\/[\w./-]+)@(\S+)$/.exec(word.literal ?? "") ?? [];
      if (version === undefined) continue;
      const moved = MOVED.find(([it]) => isOf(path, it));
      if (moved && version === "latest") {
        const [from, to] = moved;
        report(
          word.span,
          `${from} is called ${to} in its own go.mod now, and Go refuses it under its old path.`,
          {
            severity,
            fixes: [
              {
                kind: "unsafe",
                title: `Replace it with ${to}`,
                edits: [replaceWord(word, `${to}${path.slice(from.length)}@${version}`, run)],
              },
            ],
          },
        );
        continue;
      }
      const [name, needed] = NEEDED.find(([it]) => isOf(path, it)) ?? [];
      const found = name === undefined || version !== "latest" ? undefined : goOfImage(call);
      if (needed === undefined || found === undefined || !isBefore(found, needed)) continue;
      // Before 1.21 Go only fails where it meets what it does not know.
      const certain = severity === "error" && !isBefore(found, "1.21");
      report(word.span, `Releases of ${name} need Go ${needed}, and this is ${found}.`, {
        severity: certain ? "error" : "warning",
      });
    }
  },
});

function isOf(path: string, module: string): boolean {
  return path === module || path.startsWith(`${module}/`);
}

/** Modules that have moved since, of which go.mod says so (their repositories, as generally known, 2026-11). */
const MOVED: readonly (readonly [from: string, to: string])[] = [
  ["github.com/cosmtrek/air", "github.com/air-verse/air"],
  ["github.com/kyleconroy/sqlc", "github.com/sqlc-dev/sqlc"],
];

/**
 * The Go that the newest release of a tool needs; later ones only raise it. air, templ, sqlc, mock, x/tools and gopls by a go.mod of theirs (commits
 * of 2024-12 to 2026-02, read 2026-11-27); goose by its v3.27.0, migrate by its v4.19.1, delve by what came behind v1.26.3
 * (openshift-kni/oran-o2ims#3030, 2026-06), golangci-lint by its v2.13.2 (doordash-oss/oapi-codegen-dd#145, 2026-09), staticcheck by
 * the go.mod of 2026-04, behind which v0.8.0 came (read 2026-11-27).
 */
const NEEDED: readonly (readonly [module: string, go: string])[] = [
  ["github.com/air-verse/air", "1.23"],
  ["github.com/pressly/goose/v3", "1.25"],
  ["github.com/a-h/templ", "1.23"],
  ["github.com/sqlc-dev/sqlc", "1.23"],
  ["go.uber.org/mock", "1.23"],
  ["golang.org/x/tools/gopls", "1.25"],
  ["golang.org/x/tools", "1.24"],
  ["github.com/go-delve/delve", "1.25"],
  ["honnef.co/go/tools", "1.25"],
  ["github.com/golangci/golangci-lint/v2", "1.26"],
  ["github.com/golang-migrate/migrate/v4", "1.24"],
];
