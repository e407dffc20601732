import { expect, test } from "vitest";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { runPathMissing as rule } from "../../../../server/src/rules/dockerfile/run-path-missing.ts";
import { expectProblems, fixes, offersNothing, reports } from "../../../support/check.ts";
import { contextOf, modelOf } from "../../../support/model.ts";

const inputs = {
  context: contextOf({ "build.sh": "#!/bin/sh\n", "scripts/setup": "#!/bin/sh\n", "src/a.c": "" }),
};

test("copied later, to another folder, or not at all", () => {
  fixes(rule, "unsafe", "Copy build.sh first", inputs)`
    FROM debian:trixie-slim
    WORKDIR /app
    RUN ./build.sh --all
    COPY . .
    ->
    FROM debian:trixie-slim
    WORKDIR /app
    COPY build.sh ./
    RUN ./build.sh --all
    COPY . .
  `;
  reports(rule, inputs)`
    FROM debian:trixie-slim
    COPY build.sh /opt/
    WORKDIR /app
    RUN mkdir out && ./build.sh && echo done
                     ^^^^^^^^^^ run-path-missing: ./build.sh is not in /app here.
  `;
  reports(rule, inputs)`
    FROM debian:trixie-slim
    WORKDIR /app
    COPY src /src
    RUN ["/app/setup"]
         ^^^^^^^^^^^^ run-path-missing: /app/setup is not in the image here.
  `;
  reports(rule, inputs)`
    FROM debian:trixie-slim
    WORKDIR /srv/api
    COPY build.sh /
    RUN cd .. && ./build.sh
                 ^^^^^^^^^^ run-path-missing: ./build.sh is not in /srv here.
  `;
  offersNothing(rule, inputs)`
    FROM debian:trixie-slim
    WORKDIR /app
    COPY src ./src
    RUN ./configure
  `;
});

test("what commands cannot do without", () => {
  const fails = [
    "chmod +x start.sh",
    "chmod 755 /start.sh",
    "chown -R root:root conf",
    "cp config.yml out.yml",
    "cp -r a b /srv/",
    "mv build dist",
    "rm old.txt",
    "rmdir old",
    "cat VERSION",
    "head -n 3 VERSION",
    "sed -i 's/a/b/' app.conf",
    "sed -i.bak -e 's/a/b/' app.conf",
    "tar -xzf app.tgz",
    "tar xf app.tar -C /srv",
    "tar -cf /tmp/x.tar -C nowhere .",
    "unzip -q app.zip",
    "gunzip app.gz",
    "cd src",
    ". ./env.sh",
    "find conf -type f",
    "install -m 755 tool /usr/local/bin/tool",
    "ln tool /usr/local/bin/tool",
    "crontab jobs",
    "dpkg -i tool.deb",
    "apt-get install -y ./tool.deb",
    "java -Xmx1g -jar tool.jar",
    "sha256sum -c SUMS",
    "tr a b < names",
  ];
  for (const command of fails) {
    const [problem, ...more] = check(
      `FROM debian:trixie-slim\nWORKDIR /app\nCOPY src ./src2\nRUN ${command}\n`,
    );
    expect(problem?.severity, command).toBe("error");
    expect(more.length, command).toBe(command === "cp -r a b /srv/" ? 1 : 0);
  }
  reports(rule, inputs)`
    FROM debian:trixie-slim
    WORKDIR /app
    COPY src ./src
    RUN chmod +x build.sh
                 ^^^^^^^^ run-path-missing: chmod needs build.sh, which is not in /app here.
    RUN rm /srv/old; echo done
           ^^^^^^^^ run-path-missing: rm needs /srv/old, which is not in the image here.
    RUN <<EOF
    tr a b < /srv/names
             ^^^^^^^^^^ run-path-missing
    EOF
  `;
  fixes(rule, "unsafe", "Copy build.sh first", inputs)`
    FROM debian:trixie-slim
    WORKDIR /app
    RUN chmod +x build.sh
    COPY . .
    ->
    FROM debian:trixie-slim
    WORKDIR /app
    COPY build.sh ./
    RUN chmod +x build.sh
    COPY . .
  `;
});

test("an error only where the RUN ends with it", () => {
  for (const [script, severity] of [
    ["rm old", "error"],
    ["rm old && ls", "error"],
    ["set -e; rm old; ls", "error"],
    ["rm old; ls", "warning"],
    // `set -e` does not look at what stands left of `&&`.
    ["set -e; rm old && ls; ls", "warning"],
    ["set -e; rm old && { ls; }; ls", "warning"],
    ["set -e; rm old && if true; then ls; fi; ls", "warning"],
    ["set -e; rm old; { ls; }; ls", "error"],
    ["set -e; ls && rm old; ls", "error"],
    ["set -e; rm old && ls", "error"],
  ] as const)
    expect(
      check(`FROM debian:trixie-slim\nWORKDIR /app\nCOPY src ./src2\nRUN ${script}\n`).map(
        (it) => it.severity,
      ),
      script,
    ).toEqual([severity]);
});

test("nothing of what is made, may be there or is not meant", () => {
  for (const command of [
    "rm -f old.txt",
    "rm -rf old",
    "chmod -f 755 start.sh",
    "rm *.txt",
    "rm $OLD",
    "rm old || true",
    "[ -f old ] && rm old; true",
    "if [ -f old ]; then rm old; fi",
    "ls conf && rm conf; true",
    "touch start.sh && chmod +x start.sh",
    "mkdir -p src && cd src",
    "echo 1 > VERSION && cat VERSION",
    "cp /etc/hostname name && mv name host && cat host",
    "ln -s later link",
    "curl -fsSLo app.tgz https://example.com/app.tgz && tar -xzf app.tgz",
    "make && strip out",
    "git clone https://example.com/a && cd a",
    "cat <<E > x\nE",
    "cat - < /dev/null",
    "cp -t /srv a",
    "apt-get install -y tool",
    "java -cp lib Main",
    ". env",
    "cat old | head",
    "sed 's/a/b/'",
    "tar -cf src.tar src2",
    "unzip app",
    "ls",
  ])
    expect(
      check(`FROM debian:trixie-slim\nWORKDIR /app\nCOPY src ./src2\nRUN ${command}\n`),
      command,
    ).toEqual([]);
  // A builder that is not BuildKit makes the folders of volumes for each RUN.
  expect(check("FROM debian:trixie-slim\nCOPY src /s\nVOLUME /data\nRUN chown root /data\n")).toEqual([]);
  expect(check("FROM example/base\nCOPY src /s\nRUN chown root /data\n")).toEqual([]);
});

test("a slip of a file that comes with a folder", () => {
  fixes(rule, "unsafe", "Replace with build.sh", inputs)`
    FROM debian:trixie-slim
    WORKDIR /app
    COPY . .
    RUN chmod +x biuld.sh
    ->
    FROM debian:trixie-slim
    WORKDIR /app
    COPY . .
    RUN chmod +x build.sh
  `;
  reports(rule, inputs)`
    FROM debian:trixie-slim
    WORKDIR /app
    COPY . .
    RUN ./scripts/setpu
        ^^^^^^^^^^^^^^^ run-path-missing: ./scripts/setpu is not in /app here; did you mean setup?
  `;
  // It may be made before the build, or in front of it, and a file that is elsewhere is no slip.
  for (const lines of [
    "COPY . .\nRUN chmod +x other.sh",
    "COPY . .\nRUN ls && cp build.sh biuld.sh && chmod +x biuld.sh",
    "COPY . .\nRUN make && chmod +x biuld.sh",
    "COPY src ./\nRUN chmod +x biuld.sh",
  ])
    expect(check(`FROM debian:trixie-slim\nWORKDIR /app\n${lines}\n`), lines).toEqual([]);
  expect(
    check("FROM debian:trixie-slim\nWORKDIR /app\nCOPY . .\nRUN chmod +x biuld.sh\n").map(
      (it) => it.severity,
    ),
  ).toEqual(["warning"]);
});

function check(text: string) {
  return checkDockerfile(modelOf(text, inputs), { rules: [rule] });
}

test.each([
  ["copied", "COPY build.sh ./\nRUN ./build.sh"],
  ["copied with all", "COPY . .\nRUN ./build.sh && scripts/setup"],
  ["mounted", "COPY src .\nRUN --mount=type=bind,target=. ./build.sh"],
  ["cloned", "COPY src .\nRUN git clone https://example.com/a.git && cd a && ./autogen.sh"],
  [
    "downloaded",
    "COPY src .\nRUN curl -fsSLO https://example.com/build.sh && chmod +x build.sh && ./build.sh",
  ],
  ["unpacked", "ADD a.tar.gz ./\nRUN ./configure"],
  ["written", "COPY src .\nRUN echo '#!/bin/sh' > build.sh && chmod +x build.sh && ./build.sh"],
  ["compiled", "COPY src .\nRUN gcc -o tool a.c && ./tool"],
  ["made by a build", "COPY src .\nRUN make\nRUN ./tool"],
  ["installed", "COPY src .\nRUN python3 -m venv /venv && /venv/bin/pip install flask"],
  ["of the system", "COPY src .\nRUN /bin/true && /usr/bin/env"],
  ["asked first", "COPY src .\nRUN if [ -x ./build.sh ]; then ./build.sh; fi"],
  ["may fail", "COPY src .\nRUN ./build.sh || true"],
  ["a variable", "COPY src .\nRUN ./$NAME.sh"],
  ["another folder", "COPY src .\nRUN cd $DIR && ./build.sh"],
  ["a sketch", "RUN ./build.sh"],
  ["a trigger", "COPY src .\nONBUILD RUN ./build.sh"],
])("silent: %s", (_, text) =>
  expectProblems(rule, `FROM debian:trixie-slim\nWORKDIR /app\n${text}\n`, inputs),
);

test("silent for an image from elsewhere, which may have it", () =>
  expectProblems(rule, "FROM example/builder\nWORKDIR /app\nCOPY src .\nRUN ./build.sh\n", inputs));

test("paths with variables that ENV sets", () => {
  reports(rule, { context: contextOf({ "run.sh": "#!/bin/sh\n" }) })`
    FROM alpine:3.24
    ENV APP_HOME=/app
    WORKDIR $APP_HOME
    COPY run.sh $APP_HOME/
    RUN chmod +x $APP_HOME/start.sh && "\${APP_HOME}/bin/serve"
                 ^^^^^^^^^^^^^^^^^^ run-path-missing: chmod needs /app/start.sh, which is not in the image here.
                                       ^^^^^^^^^^^^^^^^^^^^^^^ run-path-missing
  `;
});

test("not with those that an argument or the script may set", () => {
  reports(rule, { context: contextOf({ "run.sh": "#!/bin/sh\n" }) })`
    FROM alpine:3.24
    ARG APP_HOME=/app
    ENV HOME_OF_APP=$APP_HOME/home OTHER=/other
    COPY run.sh $APP_HOME/
    RUN chmod +x $APP_HOME/start.sh
    RUN chmod +x $HOME_OF_APP/start.sh
    RUN OTHER=/app && chmod +x $OTHER/run.sh
    RUN for OTHER in /app; do chmod +x $OTHER/run.sh; done
    RUN . /etc/os-release && chmod +x $OTHER/start.sh
    RUN chmod +x $UNSET/start.sh \${OTHER:-/x}/start.sh $OTHER*/start.sh
    RUN chmod +x '$OTHER/start.sh' || true
  `;
});
