import type { ComposeProject, Placed } from "../../model/compose/project.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportUndeclared, undeclaredFixes, usedNames } from "../writing/compose/undeclared-name.ts";

export const unknownVolume = composeRule({
  id: "unknown-volume",
  title: "Volume that is declared nowhere",
  severity: "error",
  tags: ["run"],
  aliases: ["S96"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a named volume of a service that the top-level \`volumes\` does not have. A source that starts with \`.\`, \`/\` or
      \`~\` is a folder and needs no declaration. Nothing is said when a part of the project
      is not known.`,
    why: source`
      Compose refuses the whole project and starts none of its services: "refers to undefined volume".`,
    bad: source`
      services:
        db:
          image: postgres:18
          volumes:
            - databse:/var/lib/postgresql
              ^^^^^^^ unknown-volume: No volume databse is declared; did you mean database?
      volumes:
        database:`,
    good: source`
      services:
        db:
          image: postgres:18
          volumes:
            - database:/var/lib/postgresql
            - ./init:/docker-entrypoint-initdb.d
      volumes:
        database:`,
  },

  check(project, report) {
    reportUndeclared(project, "volumes", names, report, (name, near) => fixesFor(project, name, near));
  },
});

const names = usedNames(({ mounts }) =>
  mounts.flatMap(({ kind, source: volume }) =>
    kind === "volume" && volume?.known
      ? [{ value: volume.value, span: volume.spanOf(0, volume.value.length) }]
      : [],
  ),
);

/** A slash is not allowed in the name of a volume, so a path was meant. */
function fixesFor(project: ComposeProject, name: Placed<string>, near: string | undefined): readonly Fix[] {
  if (!name.value.includes("/")) return undeclaredFixes(project, "volumes", name, near);
  const isWritten = project.file.text.slice(name.span.start, name.span.end) === name.value;
  if (!isWritten) return [];
  return [
    { kind: "unsafe", title: `Mount the folder ./${name.value}`, edits: [insert(name.span.start, "./")] },
  ];
}
