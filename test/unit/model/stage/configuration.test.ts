import { describe, expect, test } from "vitest";
import { modelOf } from "../../../support/model.ts";
import { answers, resultOf } from "../../../support/stage-questions.ts";

describe("user", () => {
  test("the base's, until USER sets another", () => {
    answers({ user: "root (root)" })`
      FROM alpine:3.24
    `;
    answers({ user: "65532" })`
      FROM gcr.io/distroless/static-debian12:nonroot
    `;
    answers({ user: "app:web" })`
      FROM alpine:3.24
      ARG GROUP=web
      USER root
      USER app:\${GROUP}
    `;
    answers({ user: "0 (root)" })`
      FROM alpine:3.24
      USER 0
    `;
  });

  test("inherited from the stage below", () => {
    answers({ user: "app" })`
      FROM alpine:3.24 AS base
      USER app
      FROM base
    `;
  });

  test("not known where the base or the value is not", () => {
    answers({ user: "?" })`
      FROM example.com/app:1
    `;
    answers({ user: "?" })`
      FROM alpine:3.24
      ARG WHO
      USER $WHO
    `;
  });
});

test("WORKDIR resolves against the one before", () => {
  answers({ workdir: "/srv/app/sub" })`
    FROM alpine:3.24
    ENV BASE=/srv
    WORKDIR $BASE/app
    WORKDIR sub/../sub/.
  `;
  answers({ workdir: "/go/src" })`
    FROM golang:1.27
    WORKDIR src
  `;
  answers({ workdir: "?" })`
    FROM example.com/app:1
    WORKDIR sub
  `;
});

describe("variables", () => {
  test("ENV, with what held before the instruction", () => {
    answers({ "variable A": "1", "variable B": "1-x", "variable C": "", "set D": "no" })`
      FROM alpine:3.24
      ENV A=1
      ENV B=$A-x C=$D
    `;
  });

  test("ARG: default, given value, global default, none", () => {
    answers(
      {
        "variable A": "1",
        "variable B": "given",
        "variable C": "3",
        "variable D": "?",
        "set D": "yes",
        "set E": "no",
      },
      { buildArguments: { B: "given" } },
    )`
      ARG C=3
      ARG E=5
      FROM alpine:3.24
      ARG A=1
      ARG B=2
      ARG C
      ARG D
    `;
  });

  test("the arguments of one ARG see those before them, the variables of one ENV do not", () => {
    answers({ "variable B": "1", "variable D": "1-1", "variable F": "" })`
      FROM alpine:3.24
      ARG A=1 B=$A C=$A-$B
      ENV D=$C E=5 F=$E
    `;
  });

  test("an argument that is given, but not known, takes the default away", () => {
    answers(
      { "variable A": "?", "set A": "yes", "variable B": "?", "variable C": "1" },
      { buildArguments: { A: undefined, B: undefined } },
    )`
      ARG B=2
      FROM alpine:3.24
      ARG A=1
      ARG B
      ARG C=1
    `;
  });

  test("the last of ENV and ARG counts, an ARG without value takes nothing away", () => {
    answers({ "variable A": "arg", "variable B": "env" })`
      FROM alpine:3.24
      ENV A=env
      ARG A=arg
      ARG B=arg
      ENV B=env
    `;
  });

  test("of the base, where all are known", () => {
    answers({
      "variable GOPATH": "/go",
      "set CGO_ENABLED": "no",
      "set GOLANG_VERSION": "yes",
      "variable GOLANG_VERSION": "?",
    })`
      FROM golang:1.22
    `;
    answers({ "set CGO_ENABLED": "?" })`
      FROM example.com/go:1
    `;
  });

  test("platform variables are there once declared, with a value that depends on the build", () => {
    answers({
      "set TARGETARCH": "yes",
      "variable TARGETARCH": "?",
      "variable TARGETOS": "linux",
      "set BUILDPLATFORM": "no",
    })`
      FROM alpine:3.24
      ARG TARGETARCH TARGETOS
    `;
  });
});

test("SHELL, ports and volumes add up over stages", () => {
  answers({ ports: "80/tcp 8080/tcp 53/udp 9000/tcp 9001/tcp 9002/tcp", volumes: "/data /cache" })`
    FROM nginx:alpine AS base
    EXPOSE 8080 53/udp
    VOLUME /data
    FROM base
    ARG PORT=9000
    EXPOSE $PORT-9002
    VOLUME ["/cache"]
  `;
  expect(resultOf('FROM alpine:3.24\nSHELL ["/bin/bash", "-c"]\n').shellCommand).toMatchObject({
    value: ["/bin/bash", "-c"],
  });
});

describe("command, entrypoint and health check", () => {
  test("of the base and of the stage", () => {
    answers({ entrypoint: "/docker-entrypoint.sh", command: "nginx -g daemon off;", healthcheck: "none" })`
      FROM nginx:alpine
    `;
    answers({ entrypoint: "/app", command: "serve now", healthcheck: "curl -f x || exit 1" })`
      FROM alpine:3.24
      ENTRYPOINT ["/app"]
      CMD serve now
      HEALTHCHECK CMD curl -f x || exit 1
    `;
  });

  test("ENTRYPOINT takes a CMD of the base away, not one of its own stage", () => {
    answers({ command: "none" })`
      FROM nginx:alpine
      ENTRYPOINT ["/app"]
    `;
    answers({ command: "a" })`
      FROM nginx:alpine
      CMD ["a"]
      ENTRYPOINT ["/app"]
    `;
  });

  test("HEALTHCHECK NONE", () => {
    answers({ healthcheck: "none" })`
      FROM alpine:3.24
      HEALTHCHECK CMD true
      HEALTHCHECK NONE
    `;
  });

  test("not known of a base that is not", () => {
    answers({ entrypoint: "?", command: "?", healthcheck: "?", ports: "?" })`
      FROM example.com/app:1
    `;
  });
});

test("each instruction sees what is above it", () => {
  const model = modelOf("FROM alpine:3.24\nUSER a\nWORKDIR /x\nUSER b\n");
  const stage = model.stages[0];
  const users = stage?.instructions.map((it) =>
    [stage.before(it), stage.after(it)].map(({ user }) => (user.known ? user.value.name : "?")),
  );
  expect(users).toEqual([
    ["root", "a"],
    ["a", "a"],
    ["a", "b"],
  ]);
});

test("answers name the place that made them so", () => {
  const text = "FROM alpine:3.24\nUSER app\n";
  const { user, workdir } = resultOf(text);
  expect(user.because).toEqual([{ message: "USER sets app", span: { start: 17, end: 25 } }]);
  expect(workdir.because[0]?.span).toEqual({ start: 5, end: 16 });
});

describe("stop signal", () => {
  const signalOf = (text: string) => {
    const { stopSignal } = modelOf(text).stages.at(-1)?.result ?? {};
    return stopSignal?.known ? (stopSignal.value ?? "none") : "?";
  };

  test("the last one, the base's, none, or not known", () => {
    expect(signalOf("FROM alpine:3.24\nSTOPSIGNAL SIGINT\nARG S=QUIT\nSTOPSIGNAL SIG$S\n")).toBe("SIGQUIT");
    expect(signalOf("FROM alpine:3.24 AS base\nSTOPSIGNAL SIGINT\nFROM base\n")).toBe("SIGINT");
    expect(signalOf("FROM scratch\n")).toBe("none");
    expect(signalOf("FROM example.com/app\n")).toBe("?");
    expect(signalOf("FROM alpine:3.24\nARG S\nSTOPSIGNAL $S\n")).toBe("?");
    expect(signalOf("FROM alpine:3.24 AS b\nONBUILD STOPSIGNAL SIGINT\nFROM b\n")).toBe("?");
  });
});

test("BuildKit gives scratch a PATH", () => {
  const path = modelOf("FROM scratch\n").stages[0]?.result.variable("PATH");
  expect(path?.known && path.value).toBe("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
});
