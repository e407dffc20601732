import { expect, test } from "vitest";
import { checkDockerfile } from "../../../server/src/rules/check.ts";
import { modelOf } from "../../support/model.ts";

const times = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("");
const on = (rest: string): string => `FROM debian:13\n${rest}`;

/** Whatever a file holds: no rule fails, and nothing takes the stack or the memory. */
test.each<[string, string]>([
  ["nothing", ""],
  ["comments only", "# one\n  # two\n"],
  ["a byte order mark", "\ufeffFROM alpine:3.22\nRUN true\n"],
  ["CRLF, and a CR alone", "FROM alpine:3.22\r\nCOPY <<E /x\r\nhi\r\nE\r\nRUN a \\\r\n b\rRUN c\r"],
  ["tabs", '\tFROM\talpine:3.22\n\tRUN\ttrue\n\tCMD\t["a"\t]\n'],
  ["NUL", on("RUN a\0b\nENV \0=\0\nUSER \0\n")],
  ["half of a surrogate pair", on("RUN \ud800 \udfff\nLABEL a=\ud800\n")],
  ["stages on each other in a ring", "FROM b AS a\nFROM a AS b\nFROM c AS c\n"],
  ["copies in a ring", 'FROM a AS a\nCOPY --from=b /x /x\nFROM a AS b\nCOPY --from=a /x /x\nCMD ["/x"]\n'],
  ["arguments in a ring", "ARG A=$B\nARG B=$A\nFROM $A\nARG A=$B\nARG B=$A\nENV A=$A B=$B\nRUN $A\n"],
  [
    "names that every object has",
    on(
      'ENV __proto__=1 constructor=2\nUSER toString\nRUN constructor\nEXPOSE __proto__\nCMD ["valueOf"]\n__proto__ x\n',
    ),
  ],
  ["a file cut off anywhere", on('RUN if a; then b \\\nENV A="\nCOPY <<E <<"F" /x\nRUN $(( `')],
  ["a long line", on(`RUN echo ${"a$B'c' ".repeat(10_000)}\nENV A=${"a$B".repeat(20_000)}\n`)],
  ["a quote that stays open", on(`RUN echo "a\n${"RUN echo \"it's\n".repeat(500)}`)],
  ["a here-document that stays open", on(`RUN <<E\n${"echo a\n".repeat(5_000)}`)],
  ["a long here-document", on(`RUN <<E\n${"echo a > /b\n".repeat(5_000)}E\n`)],
  ["stages on each other", times(1_000, (it) => `FROM ${it > 0 ? `s${it - 1}` : "alpine:3.22"} AS s${it}\n`)],
  [
    "more stages on each other than calls fit on the stack",
    `${times(10_000, (it) => `FROM ${it > 0 ? `s${it - 1}` : "golang:1.27"} AS s${it}\n`)}COPY go.mod ./\nRUN go install example.com/a && go build -o /a . && npm ci && rm /a\nCMD a $B\n`,
  ],
  [
    "a file copied from stage to stage",
    `${times(5_000, (it) => `FROM alpine:3.22 AS s${it}\n${it > 0 ? `COPY --from=s${it - 1} /a /a\n` : "COPY a /a\n"}`)}CMD ["/a"]\n`,
  ],
  [
    "directories made and copied",
    `FROM alpine:3.22 AS a\n${times(4_000, (it) => `RUN mkdir -p /d${it}\n`)}FROM alpine:3.22\n${times(4_000, (it) => `COPY --from=a /d${it} /d${it}\n`)}`,
  ],
  [
    "programs built and copied",
    `FROM golang:1.27 AS a\nWORKDIR /src\n${times(3_000, (it) => `COPY c${it} c${it}\nRUN go build -o /out/p${it} ./c${it}\n`)}FROM alpine:3.22\n${times(3_000, (it) => `COPY --from=a /out/p${it} /usr/local/bin/\n`)}`,
  ],
  [
    "programs built in one RUN",
    `FROM golang:1.27 AS a\nRUN true${times(3_000, (it) => ` && go build -o /out/p${it} ./c${it}`)}\nFROM scratch\n${times(3_000, (it) => `COPY --from=a /out/p${it} /p${it}\n`)}`,
  ],
  [
    "here-documents in one line",
    on(`RUN cat${times(3_000, (it) => ` <<E${it}`)}\n${times(3_000, (it) => `a\nE${it}\n`)}`),
  ],
  ["variables in one ENV", on(`ENV${times(20_000, (it) => ` V${it}=$V${it + 1}`)}\nRUN echo $V1\n`)],
  ["a long list of commands", on(`RUN a${" && b".repeat(10_000)}\n`)],
  ["a long list of commands in a branch", on(`RUN if a; then b${" && c".repeat(10_000)}; fi\n`)],
  ["substitutions in each other", on(`RUN echo ${"$(echo ".repeat(3_000)}x${")".repeat(3_000)}\n`)],
  ["quoted substitutions in each other", on(`RUN echo ${'"$(echo '.repeat(3_000)}x${')"'.repeat(3_000)}\n`)],
  ["substitutions that stay open", on(`RUN echo ${"$(echo ".repeat(3_000)}\n`)],
  ["subshells in each other", on(`RUN ${"( ".repeat(3_000)}a${" )".repeat(3_000)}\n`)],
  ["branches in each other", on(`RUN ${"if a; then ".repeat(3_000)}b${"; fi".repeat(3_000)}\n`)],
  ["defaults in each other", on(`ENV A=${"${A:-".repeat(3_000)}x${"}".repeat(3_000)}\n`)],
  [
    "values that double",
    on(`ARG A0=x\n${times(100, (it) => `ARG A${it + 1}=$A${it}$A${it}\n`)}RUN echo $A100\n`),
  ],
  [
    "health checks with a tool that is not there",
    on(times(4_000, (it) => `HEALTHCHECK CMD curl -f :${it}\n`)),
  ],
  ["secrets in arguments", on(times(10_000, (it) => `ARG PASSWORD_${it}\nRUN echo $PASSWORD_${it}\n`))],
  [
    "archives downloaded, unpacked and removed in one RUN",
    on(
      `RUN true${times(8_000, (it) => ` && curl -o /x${it}.tgz :${it} && tar xf /x${it}.tgz && rm /x${it}.tgz`)}\n`,
    ),
  ],
  [
    "comments about one stage",
    on(times(8_000, (it) => `# plimsoll stage ignore=DL3008\nRUN apt-get install -y a${it}\n`)),
  ],
  ["variables in many ENVs", on(times(8_000, (it) => `ENV A_${it}=${it} B_${it}=$A_${it}/b\n`))],
  ["values that grow", on(`ENV P=x\n${times(1_000, (it) => `ENV P=$P:/${it}\n`)}`)],
  [
    "long options",
    on(
      `RUN apt-get update && apt-get install -y -${"r".repeat(60_000)}! curl && curl -${"k".repeat(60_000)}! :1\n`,
    ),
  ],
  [
    "many variables that the linker sets",
    `FROM golang:1.27 AS a\nRUN go build -ldflags "${"-X".repeat(60_000)}" -o /p\nFROM scratch\nCOPY --from=a /p /p\n`,
  ],
  ["a directory in a directory", on(times(1_000, (it) => `WORKDIR directory-${it}\n`))],
])("%s", (_, text) => {
  const failures: unknown[] = [];
  const options = { allRules: true, onFailure: (it: unknown) => failures.push(it) };
  expect(checkDockerfile(modelOf(text), options)).toBeInstanceOf(Array);
  expect(failures).toEqual([]);
});
