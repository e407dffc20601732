import { expect, test } from "vitest";
import { usedFileIgnored as rule } from "../../../../server/src/rules/dockerfile/used-file-ignored.ts";
import { expectProblems, problemsOf, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const around = (ignored: string, more: Readonly<Record<string, string>> = {}) => ({
  context: contextOf({
    ".dockerignore": ignored,
    "docker/start.sh": "#!/bin/sh\n",
    "scripts/build.sh": "#!/bin/sh\n",
    "target/api.jar": "PK",
    "api/main.py": "",
    "requirements.txt": "flask\n",
    "package.json": '{ "scripts": { "build": "node build.mjs" } }',
    "dist/server.js": "",
    ...more,
  }),
});

test("what RUN calls, by its path, by an interpreter and as an operand", () => {
  reports(rule, around("*.txt\nscripts\n"))`
    FROM python:3.14-slim
    WORKDIR /app
    COPY . .
    RUN pip install -r requirements.txt
                       ^^^^^^^^^^^^^^^^ used-file-ignored: The ignore file keeps requirements.txt out of the build with the pattern *.txt.
  `;
  reports(rule, around("**/*.sh\n"))`
    FROM debian:trixie-slim AS base
    COPY . /src/
    FROM base
    WORKDIR /src
    RUN cd scripts && bash build.sh
                           ^^^^^^^^ used-file-ignored: The ignore file keeps scripts/build.sh out of the build with the pattern **/*.sh.
  `;
});

test("what the container starts, with an exception as the fix", () => {
  reports(rule, around("target/\n"))`
    FROM eclipse-temurin:21-jre
    WORKDIR /app
    ADD ./ ./
    CMD ["java", "-Xmx1g", "-jar", "target/api.jar"]
                                   ^^^^^^^^^^^^^^^^ used-file-ignored
  `;
  reports(rule, around("api\n"))`
    FROM python:3.14-slim
    WORKDIR /app
    COPY api api
    COPY . .
    CMD python api/main.py
               ^^^^^^^^^^^ used-file-ignored
  `;
  const [problem] = problemsOf(rule, around("docker/\n"))`
    FROM debian:trixie-slim
    COPY . /app
    ENTRYPOINT ["/app/docker/start.sh"]
  `;
  expect(problem?.fixes.map((it) => it.title)).toEqual([
    "Let docker/start.sh in with an exception in .dockerignore",
  ]);
  expect(problem?.related).toMatchObject([{ message: "The pattern docker/." }]);
});

test.each([
  ["let in", "docker\n!docker/start.sh", 'CMD ["./docker/start.sh"]'],
  ["not in the project", "docker", 'CMD ["./docker/other.sh"]'],
  [
    "made here",
    "scripts",
    "RUN mkdir -p scripts && echo '#!/bin/sh' > scripts/build.sh && sh scripts/build.sh",
  ],
  ["made by a build", "target", 'RUN ./mvnw package\nCMD ["java", "-jar", "target/api.jar"]'],
  [
    "copied from a stage",
    "target",
    'COPY --from=build /src/target ./target\nCMD ["java", "-jar", "target/api.jar"]',
  ],
  ["mounted", "scripts", "RUN --mount=type=bind,from=tools,target=/app/scripts scripts/build.sh"],
  ["may fail", "scripts", "RUN scripts/build.sh || true"],
  ["another folder", "scripts", 'WORKDIR /srv\nCMD ["./scripts/build.sh"]'],
  ["a variable", "scripts", "RUN ./$DIR/build.sh"],
])("silent: %s", (_, ignored, lines) =>
  expectProblems(rule, `FROM debian:trixie-slim\nWORKDIR /app\nCOPY . .\n${lines}\n`, around(`${ignored}\n`)),
);

test("silent where nothing of the folder is copied, and without an ignore file", () => {
  expectProblems(
    rule,
    'FROM debian:trixie-slim\nWORKDIR /app\nCOPY api .\nCMD ["./docker/start.sh"]\n',
    around("docker\n"),
  );
  const context = contextOf({ "docker/start.sh": "" });
  expectProblems(rule, 'FROM debian:trixie-slim\nCOPY . /app\nCMD ["/app/docker/start.sh"]\n', { context });
});
