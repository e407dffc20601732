import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";

export const includeConflict = composeRule({
  id: "include-conflict",
  title: "Name that two included files give to different things",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports an \`include\` that brings in a service, network, volume, secret, config or model whose name the file itself or another
      included file has too, with other contents. Nothing behind the name and \`{}\` are different contents for Compose, and so are
      \`environment\` as a list and as a mapping. Silent where a variable that is not known decides what the contents are.`,
    why: source`
      Included files are not merged over one another, so Compose refuses the whole project: "conflicts with imported resource". What
      shall differ belongs in an override file, or in a list of files behind one \`path\`.`,
    bad: source`
      include:
        - db.yaml
          ^^^^^^^ include-conflict: The service db of db.yaml is declared in compose.yaml too, with another \`image\`.
      services:
        db:
          image: postgres:18.1`,
    good: source`
      include:
        - db.yaml
      services:
        api:
          image: example/api:1.4
          depends_on: [db]`,
    context: {
      "db.yaml": source`
        services:
          db:
            image: postgres:17.2
      `,
    },
  },

  check({ composition, file }, report) {
    const isHere = (it: { source: { file: unknown } }) => it.source.file === file;
    for (const { kind, message, origin, via, places, open } of composition) {
      if (kind !== "conflict" || open) continue;
      // It may be an included file that includes two others: here it is what leads there.
      const here = [origin, ...via].find(isHere);
      if (!here) continue;
      const inner = here === origin ? "" : `In ${origin.source.name}, which this brings in: `;
      report(here.span, `${inner}${message}`, {
        related: places.map((it) => ({
          message: "It is declared here.",
          span: it.span,
          ...(!isHere(it) && { file: it.source.path }),
        })),
      });
    }
  },
});
