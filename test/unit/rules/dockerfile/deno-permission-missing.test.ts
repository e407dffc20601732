import { test } from "vitest";
import { denoPermissionMissing as rule } from "../../../../server/src/rules/dockerfile/deno-permission-missing.ts";
import { expectProblems, fixes, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const around = (main = "Deno.serve((request) => new Response(request.url));\n") => ({
  context: contextOf({ "main.ts": main, "src/main.ts": main, "deno.json": "{}" }),
});

test("its documented examples hold", () => {
  const context = contextOf(rule.docs.context ?? {});
  expectProblems(rule, rule.docs.bad, { context });
  expectProblems(rule, rule.docs.good, { context });
});

test("words of the image's entrypoint, and an ENTRYPOINT of the file's own", () => {
  reports(rule, around())`
    FROM denoland/deno:alpine-2.5.6
    WORKDIR /app
    COPY . .
    CMD ["run", "--cached-only", "src/main.ts"]
         ^^^^^ deno-permission-missing: src/main.ts calls Deno.serve, which deno run refuses without --allow-net.
  `;
  reports(rule, around("const listener = Deno.listen({ port: 80 });\n"))`
    FROM debian:13
    COPY --from=denoland/deno:bin-2.5.6 /deno /usr/local/bin/deno
    WORKDIR /app
    COPY . .
    ENTRYPOINT ["deno", "run", "--allow-env"]
                        ^^^^^ deno-permission-missing: main.ts calls Deno.listen, which deno run refuses without --allow-net.
    CMD ["main.ts"]
  `;
});

test.each([
  ['CMD ["run", "-A", "main.ts"]', undefined],
  ['CMD ["run", "-RNE", "main.ts"]', undefined],
  ['CMD ["run", "--allow-net=0.0.0.0:8000", "main.ts"]', undefined],
  ['CMD ["run", "-P", "main.ts"]', undefined],
  ['CMD ["serve", "main.ts"]', undefined],
  ['CMD ["task", "start"]', undefined],
  ['CMD ["run", "main.ts"]', 'console.log("Deno.serve()"); // Deno.serve()\n'],
  ['CMD ["run", "https://example.com/main.ts"]', undefined],
  ['ENTRYPOINT ["/start.sh"]\nCMD ["run", "main.ts"]', undefined],
])("silent for %s", (line, main) => {
  expectProblems(rule, `FROM denoland/deno:2.5.6\nWORKDIR /app\nCOPY . .\n${line}\n`, around(main));
});

test("the option is added", () => {
  fixes(rule, "unsafe", "", around())`
    FROM denoland/deno:2.5.6
    WORKDIR /app
    COPY . .
    CMD ["run", "main.ts"]
    ->
    FROM denoland/deno:2.5.6
    WORKDIR /app
    COPY . .
    CMD ["run", "--allow-net", "main.ts"]
  `;
});
