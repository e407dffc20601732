import { describe, expect, test } from "vitest";
import { parseDockerfile } from "../../../../server/src/syntax/dockerfile/parse.ts";
import { source } from "../../../../server/src/text/source.ts";
import { problemsIn } from "./shown.ts";

/** Problems of lines behind a FROM. */
function inStage(lines: string): string[] {
  return problemsIn(`FROM a\n${lines}\n`);
}

test("a file that uses everything has none", () => {
  const text = source`
    # syntax=docker/dockerfile:1
    # check=skip=JSONArgsRecommended
    ARG VERSION=1 BASE=registry.example:5000/team/base:\${VERSION}@sha256:0000000000000000000000000000000000000000000000000000000000000000
    FROM --platform=$BUILDPLATFORM golang:\${VERSION:-1.26} as Build-1.x_y
    FROM "scratch" AS empty
    FROM build-1.x_y
    FROM localhost/x
    MAINTAINER Some One <some@one.example>
    run --mount=type=secret,id=token,required --mount=type=ssh,required=true,uid=0 \
        --mount=type=cache,target=/x,sharing=LOCKED,mode=0755,uid=1000,gid=1000,from=empty,source=/y,ro \
        --mount=type=tmpfs,target=/tmp,size=64m --mount=target=/src,rw --mount=type=bind,src=a,dst=b,readonly=false \
        --mount=type=secret,source=a,env=TOKEN --mount=type=$KIND,id=x,mode=$MODE \
        --network=host --security=sandbox --device=vendor.example/device true
    RUN
    Copy --from=0 . .
    COPY --chmod=u=rwX,go=rX+t --chown=$USER:\${GROUP:-root} a b "c"/
    ADD --chmod=$MODE https://x.example/a.tar.gz git@github.com:a/b.git#main:dir /c
    ADD --checksum=$SUM https://x.example/a /b
    ADD --checksum=0123abc https://github.com/a/b.git /b
    EXPOSE 80 443/tcp 53/UDP 9000-9010/sctp 127.0.0.1:80:8080 $PORT "\${PORT:-90}"/tcp 80/
    ENV a=b c="$d"
    LABEL "a b"=c
    VOLUME /a /b
    USER 1000:1000
    WORKDIR "/a b"
    STOPSIGNAL SIGTERM
    STOPSIGNAL rtmin+3
    STOPSIGNAL 9
    STOPSIGNAL $SIGNAL
    SHELL ["powershell", "-Command"]
    HEALTHCHECK NONE
    HEALTHCHECK --interval=1h2m3.5s --retries=0 --timeout=0 cmd x
    ONBUILD RUN x
    ENTRYPOINT
    CMD it's fine
  `;
  expect(problemsIn(text)).toEqual([]);
});

describe("the file as a whole", () => {
  test("without instructions", () => {
    expect(problemsIn("")).toEqual(["no-instructions: "]);
    expect(problemsIn("# c\n")).toEqual(["no-instructions: # c\n"]);
  });

  test("without FROM", () => {
    expect(problemsIn("ARG A=1\n")).toEqual(["missing-from: ARG"]);
    expect(problemsIn("ARG A=1\nRUN x\nRUN y\n")).toEqual(["missing-from: RUN"]);
  });

  test("something before FROM", () => {
    expect(problemsIn("ARG A\nENV b=c\nRUN x\nFROM a\nRUN y\n")).toEqual([
      "instruction-before-from: ENV",
      "instruction-before-from: RUN",
    ]);
  });

  test("problems stand in the order of the text", () => {
    const { problems } = parseDockerfile("RUN <<E\n");
    expect(problems.map((it) => it.span.start)).toEqual(
      problems.map((it) => it.span.start).sort((a, b) => a - b),
    );
    expect(problems.map((it) => it.code)).toEqual(["missing-from", "unterminated-here-document"]);
  });
});

describe("instructions", () => {
  test("that do not exist, with the one that was meant", () => {
    expect(inStage("RNU x\nwokdir /x\nFOO\nentrypiont x\nRUN: x")).toEqual([
      "unknown-instruction: RNU -> RUN",
      "unknown-instruction: wokdir -> WORKDIR",
      "unknown-instruction: FOO",
      "unknown-instruction: entrypiont -> ENTRYPOINT",
      "unknown-instruction: RUN: -> RUN",
    ]);
    expect(parseDockerfile("FROM a\nRNU x\n").problems[0]?.message).toBe(
      "There is no instruction RNU. Did you mean RUN?",
    );
  });

  test("that were meant to be a part of the line above, with what ended it", () => {
    const messages = (text: string) => parseDockerfile(text).problems.map((it) => it.message);
    expect(messages("FROM a\nRUN b\n  && c\n")).toEqual([
      "There is no instruction &&: the line above does not go on here, as no \\ ends it.",
    ]);
    expect(messages("FROM a\nRUN b \\  # why\n  | c\n")).toEqual([
      "There is no instruction |: the line above does not go on here, as a comment stands behind its \\.",
    ]);
    expect(messages("# escape=`\nFROM a\nRUN b ` # why\n  || c\n")).toEqual([
      "There is no instruction ||: the line above does not go on here, as a comment stands behind its `.",
    ]);
    expect(messages("FROM a\nRUN b\nFOO c\n")).toEqual(["There is no instruction FOO."]);
  });

  test("without their arguments", () => {
    const names = [
      "ARG",
      "ENV",
      "LABEL",
      "EXPOSE",
      "VOLUME",
      "USER",
      "WORKDIR",
      "STOPSIGNAL",
      "SHELL",
      "ONBUILD",
      "MAINTAINER",
    ];
    expect(inStage(names.join("\n"))).toEqual(names.map((name) => `missing-arguments: ${name}`));
    expect(inStage("HEALTHCHECK\nVOLUME []")).toEqual([
      "missing-arguments: HEALTHCHECK",
      "missing-arguments: VOLUME",
    ]);
  });

  test("COPY and ADD without destination", () => {
    expect(inStage('COPY\nCOPY a\nADD ["a"]')).toEqual([
      "missing-destination: COPY",
      "missing-destination: a",
      'missing-destination: ["a"]',
    ]);
  });

  test("VOLUME with nothing in it", () => {
    expect(inStage('VOLUME ["/a", " "]')).toEqual(['empty-volume: " "']);
    expect(inStage("VOLUME '' /a")).toEqual(["empty-volume: ''"]);
    expect(inStage("VOLUME $X")).toEqual([]);
  });
});

describe("FROM", () => {
  test("takes an image, or an image with a name", () => {
    expect(problemsIn("FROM\nFROM a b\nFROM a as\nFROM a AS b c\nFROM a IS b\n")).toEqual([
      "invalid-from: FROM",
      "invalid-from: a b",
      "invalid-from: a as",
      "invalid-from: a AS b c",
      "invalid-from: a IS b",
    ]);
  });

  test("takes names of stages that start with a letter", () => {
    expect(
      problemsIn("FROM a AS 1b\nFROM a AS b/c\nFROM a AS _b\nFROM a AS b-\nFROM a AS B-c.d_1\n"),
    ).toEqual([
      "invalid-stage-name: 1b",
      "invalid-stage-name: b/c",
      "invalid-stage-name: _b",
      "invalid-stage-name: b-",
    ]);
  });

  test.each(["a:b:c", "a//b", "-a", "a@sha256:123", "a:", "a b".replace(" ", "!"), "A!/b", "0".repeat(64)])(
    "%s is no image",
    (image) => {
      expect(problemsIn(`FROM ${image}\n`)).toEqual([`invalid-image-reference: ${image}`]);
    },
  );

  test("a stage before is no image, but FROM takes lower case only", () => {
    expect(problemsIn("FROM a AS Build\nFROM BUILD\nFROM Later\nFROM b AS later\n")).toEqual([
      "invalid-image-reference: BUILD -> build",
      "invalid-image-reference: Later -> later",
    ]);
  });

  test("platforms", () => {
    expect(
      problemsIn(
        "FROM --platform=linux/arm/v7 a\nFROM --platform=linux/amd64, a\nFROM --platform=a/b/c/d a\n",
      ),
    ).toEqual(["invalid-platform: linux/amd64,", "invalid-platform: a/b/c/d"]);
    expect(
      problemsIn(
        "FROM --platform=windows(10.0.17763)/amd64 a\nFROM --platform=$X/y/${Z} a\n".replace("${", "$"),
      ),
    ).toEqual([]);
  });

  test("a platform of one word is a system or an architecture", () => {
    const from = (...platforms: string[]) => platforms.map((it) => `FROM --platform=${it} a\n`).join("");
    expect(problemsIn(from("linux", "Windows", "arm64", "x86_64", "macos", "windows(10.0.20348)"))).toEqual(
      [],
    );
    expect(problemsIn(from("x64", "linux-arm64", "local"))).toEqual([
      "invalid-platform: x64",
      "invalid-platform: linux-arm64",
      "invalid-platform: local",
    ]);
    expect(problemsIn(from("x64/y", "linux/x64"))).toEqual([]);
  });

  test("an image has a name", () => {
    expect(problemsIn('FROM "" AS a\n')).toEqual(['invalid-image-reference: ""']);
    expect(problemsIn("FROM ''\n")).toEqual(["invalid-image-reference: ''"]);
    expect(problemsIn("ARG A\nFROM $A\n")).toEqual([]);
  });

  test("an image is in lower case, its registry and tag need not be", () => {
    expect(problemsIn("FROM Alpine:Edge\n")).toEqual(["invalid-image-reference: Alpine:Edge -> alpine:edge"]);
    expect(problemsIn("FROM Registry.Example/a:Edge\n")).toEqual([]);
  });
});

describe("COPY and ADD", () => {
  test("modes", () => {
    expect(
      inStage("COPY --chmod=7777 a b\nCOPY --chmod=10000 a b\nCOPY --chmod=999 a b\nCOPY --chmod=u+q a b"),
    ).toEqual(["invalid-mode: 10000", "invalid-mode: 999", "invalid-mode: u+q"]);
  });

  test("--from takes no variables", () => {
    expect(inStage(`COPY --from=$x a b\nCOPY --from=a\${x} a b\nCOPY --from=a$ a b`)).toEqual([
      "from-with-variable: $x",
      `from-with-variable: a\${x}`,
    ]);
  });

  test("--from a stage, a number or an image", () => {
    expect(
      problemsIn(
        "FROM a AS Base\nCOPY --from=BASE a b\nCOPY --from=0 a b\nCOPY --from=c/d:e a b\nCOPY --from=: a b\n",
      ),
    ).toEqual(["invalid-image-reference: :"]);
  });

  test("checksums", () => {
    const sum = `sha256:${"0".repeat(64)}`;
    expect(
      inStage(
        `ADD --checksum=${sum} a.txt /b\nADD --checksum=${sum} http://a http://b /c\nADD --checksum=sha256:12 http://a /c\nADD --checksum=x:y http://a /c`,
      ),
    ).toEqual([
      `checksum-of-local-file: --checksum=${sum}`,
      `checksum-of-several-sources: --checksum=${sum}`,
      "invalid-checksum: sha256:12",
      "invalid-checksum: x:y",
    ]);
  });
});

describe("EXPOSE", () => {
  test.each([
    "x",
    "80:x",
    "80/x",
    "70000",
    "90-80",
    "80-",
    "1/tcp/udp",
    "-80",
    "127.0.0.01:80:80",
    "1.2.3:80:80",
    "x:80",
    '["80"]',
    "'web'",
  ])("%s is no port", (port) => {
    expect(inStage(`EXPOSE ${port}`)).toEqual([`invalid-port: ${port}`]);
  });

  test("quotes are taken away, variables may be anything", () => {
    expect(inStage(`EXPOSE "80" '443/udp' +8080 $PORT \${PORT}/tcp ""`)).toEqual([]);
  });
});

describe("HEALTHCHECK", () => {
  test("what follows it", () => {
    expect(
      inStage("HEALTHCHECK CDM x\nHEALTHCHECK curl\nHEALTHCHECK CMD\nHEALTHCHECK CMD []\nHEALTHCHECK NONE x"),
    ).toEqual([
      "unknown-health-check: CDM -> CMD",
      "unknown-health-check: curl",
      "missing-command: CMD",
      "missing-command: CMD",
      "unexpected-arguments: x",
    ]);
  });

  test.each(["30", "1x", "s", "1.s.", "$x", "1m 30s".replace(" ", "_"), "+"])(
    "%s is no duration",
    (value) => {
      expect(inStage(`HEALTHCHECK --interval=${value} CMD x`)).toEqual([`invalid-duration: ${value}`]);
    },
  );

  test.each(["1us", "999µs", "-1s", "0.5ms"])("%s is too short", (value) => {
    expect(inStage(`HEALTHCHECK --timeout=${value} CMD x`)).toEqual([`duration-too-short: ${value}`]);
  });

  test.each(["1ms", "1.5h", ".5s", "1h2m", "0", "0s", "+1s"])("%s is a duration", (value) => {
    expect(inStage(`HEALTHCHECK --start-period=${value} CMD x`)).toEqual([]);
  });

  test("retries", () => {
    expect(
      inStage(
        "HEALTHCHECK --retries=-1 CMD x\nHEALTHCHECK --retries=x CMD x\nHEALTHCHECK --retries=3000000000 CMD x",
      ),
    ).toEqual(["invalid-retries: -1", "invalid-retries: x", "invalid-retries: 3000000000"]);
  });
});

describe("STOPSIGNAL", () => {
  test.each(["SIGNOPE", "0", "RTMIN+16", "TERM KILL"])("%s is no signal", (signal) => {
    expect(inStage(`STOPSIGNAL ${signal}`)).toEqual([`unknown-signal: ${signal}`]);
  });
});

describe("mounts", () => {
  function inMount(fields: string): string[] {
    return inStage(`RUN --mount=${fields} x`);
  }

  test("fields and types that do not exist", () => {
    expect(inMount("type=cahce,target=/x")).toEqual(["unknown-mount-type: cahce -> cache"]);
    expect(inMount("type=volume,target=/x")).toEqual(["unknown-mount-type: volume"]);
    expect(inMount("type=cache,taget=/x")).toEqual(["unknown-mount-field: taget -> target"]);
    expect(inMount("type=cache,nonsense")).toEqual(["unknown-mount-field: nonsense"]);
    expect(inMount("type=tmpfs,target=/x,tmpfs-size=1m")).toEqual([
      "unknown-mount-field: tmpfs-size -> size",
    ]);
    expect(inMount("type=bind,target=/x,Z")).toEqual(["unknown-mount-field: Z"]);
  });

  test("fields without value, and empty ones", () => {
    expect(inMount("type=cache,target")).toEqual(["field-without-value: target"]);
    expect(inMount("type=cache,target=/x,")).toEqual(["field-without-value: "]);
  });

  test("values", () => {
    expect(inMount("type=cache,target=/x,sharing=lock,mode=9,uid=a,ro=yes")).toEqual([
      "invalid-mount-value: lock",
      "invalid-mount-value: 9",
      "invalid-mount-value: a",
      "invalid-mount-value: yes",
    ]);
    expect(inMount("type=tmpfs,target=/x,size=big")).toEqual(["invalid-mount-value: big"]);
    expect(inMount("target=/x,from=$y")).toEqual(["from-with-variable: $y"]);
  });

  test("fields that only some types have", () => {
    expect(inMount("target=/x,uid=1")).toEqual(["mount-field-not-allowed: uid=1"]);
    expect(inMount("type=tmpfs,target=/x,mode=700")).toEqual(["mount-field-not-allowed: mode=700"]);
    expect(inMount("type=bind,target=/x,sharing=shared")).toEqual([
      "mount-field-not-allowed: sharing=shared",
    ]);
    expect(inMount("type=cache,target=/x,size=1m")).toEqual(["mount-field-not-allowed: size=1m"]);
    expect(inMount("type=cache,target=/x,required")).toEqual(["mount-field-not-allowed: required"]);
    expect(inMount("type=secret,id=a,from=b")).toEqual(["mount-field-not-allowed: from=b"]);
  });

  test("an SSH agent has no source", () => {
    expect(inMount("type=ssh,source=x")).toEqual(["mount-field-not-allowed: source=x"]);
    expect(inMount("type=ssh,id=x,target=/x")).toEqual([]);
  });

  test("a field may need the type before it", () => {
    expect(inMount("required,type=secret,id=x")).toEqual(["mount-field-not-allowed: required"]);
  });

  test("secrets", () => {
    expect(inMount("type=secret")).toEqual(["secret-without-id: type=secret"]);
    expect(inMount("type=secret,id=a,source=b")).toEqual(["secret-with-two-ids: type=secret,id=a,source=b"]);
  });

  test("substitutions in values", () => {
    expect(inMount(`type=cache,target=/\${x=y}`)).toEqual([`unsupported-modifier: /\${x=y}`]);
    expect(inMount("type=cache,target=/it\\'s")).toEqual(["unterminated-quote: /it\\'s"]);
    expect(inMount(`type=cache,target=/\${x:-y},uid=\${UID}`)).toEqual([]);
  });

  test("quotes that do not fit", () => {
    expect(inMount('\\"type=cache')).toEqual(['invalid-flag-fields: \\"type=cache']);
    expect(inMount('type=\\"cache\\"')).toEqual(['invalid-flag-fields: type=\\"cache\\"']);
  });
});

describe("other flags of RUN", () => {
  test("networks, securities, devices", () => {
    expect(inStage("RUN --network=bridge x\nRUN --security=insecrue x\nRUN --network=$x y")).toEqual([
      "invalid-flag-value: bridge",
      "invalid-flag-value: insecrue -> insecure",
      "invalid-flag-value: $x",
    ]);
    expect(
      inStage(
        "RUN --device=a,b x\nRUN --device=name=a,name=b x\nRUN --device=a,requird=1 x\nRUN --device=a,required=x y",
      ),
    ).toEqual([
      "field-without-value: b",
      "duplicate-device-name: name=b",
      "unknown-device-field: requird=1 -> required",
      "invalid-flag-value: x",
    ]);
  });
});

describe("ONBUILD", () => {
  test("does not stand before itself, FROM and MAINTAINER", () => {
    expect(inStage("ONBUILD ONBUILD RUN x\nONBUILD from a\nONBUILD MAINTAINER x")).toEqual([
      "trigger-not-allowed: ONBUILD",
      "trigger-not-allowed: from",
      "trigger-not-allowed: MAINTAINER",
    ]);
  });

  test("what only the later build refuses is a warning", () => {
    expect(inStage("ONBUILD RNU x\nONBUILD COPY a\nONBUILD ENV a\nONBUILD RUN [1]")).toEqual([
      "(unknown-instruction): RNU -> RUN",
      "(missing-destination): a",
      "missing-value: a",
      "exec-form-not-strings: [1]",
    ]);
  });
});

describe("substitutions", () => {
  test("in every instruction that expands them", () => {
    const open = `\${A`;
    expect(problemsIn(`FROM x${open}\nENV a="b\nLABEL c=${open}\nUSER 'd\nCOPY it's /e\nARG f=\${}`)).toEqual(
      [
        `unterminated-substitution: ${open}`,
        'unterminated-quote: "b',
        `unterminated-substitution: ${open}`,
        "unterminated-quote: 'd",
        "unterminated-quote: 's",
        `bad-substitution: \${}`,
      ],
    );
    expect(problemsIn(`FROM --platform=\${A=b} a\nCOPY --chown=\${B!} a b`)).toEqual([
      `unsupported-modifier: \${A=b}`,
      `unsupported-modifier: \${B!}`,
    ]);
  });

  test("names with a dot, as Maven fills them in", () => {
    expect(parseDockerfile("FROM a\nCOPY ${app.name}.jar /\n").problems.map((it) => it.message)).toEqual([
      "No variable has a dot in its name: this works only where Maven or the like fills it in first.",
    ]);
  });

  test("in what COPY writes from a here-document, but not in quoted ones and in scripts", () => {
    const content = `it's \${#x} y\nz`;
    expect(inStage(`COPY <<E /x\n${content}\nE`)).toEqual([`unsupported-modifier: \${#x} y`]);
    expect(inStage(`ADD <<-E /x\n\t${content}\n\tE`)).toEqual([`unsupported-modifier: \${#x} y`]);
    expect(inStage(`COPY <<'E' /x\n${content}\nE\nRUN <<E\n${content}\nE`)).toEqual([]);
    expect(inStage("COPY <<E /x\nit's $x\nE")).toEqual([]);
  });

  test("not in those that leave them to a shell", () => {
    expect(
      inStage(
        `RUN echo \${#x} \${y^^} it's\nCMD \${z\nENTRYPOINT 'x\nHEALTHCHECK CMD "x\nCOPY --exclude=\${x a b`,
      ),
    ).toEqual([]);
    expect(inStage("COPY <<'E' /x\nE")).toEqual([]);
    // COPY divides its words at every blank, so a delimiter with a blank is two sources with a quote each.
    expect(inStage("COPY <<'E F' /x\nE F")).toEqual(["unterminated-quote: 'E", "unterminated-quote: '"]);
  });

  test("quotes around blanks, which do not keep words together: said once, as what it is", () => {
    const { problems } = parseDockerfile('FROM a\nCOPY a "C:/Program Files (x86)/b/"\n');
    expect(problems.map((it) => it.message)).toEqual([
      "COPY divides its words at blanks also within quotes: write a JSON array instead.",
    ]);
    expect(inStage(`ADD 'a b' "$c d"/`)).toEqual([
      "unterminated-quote: 'a b'",
      'unterminated-quote: "$c',
      'unterminated-quote: "/',
    ]);
    // Once for all of them, as one array mends it.
    expect(inStage(`COPY "a b" c 'd e f' "/g h/"`)).toEqual(['unterminated-quote: "a b"']);
    expect(inStage(`VOLUME "/a b"`)).toEqual([`unterminated-quote: "/a b"`]);
    expect(inStage(`COPY "a /b`)).toEqual(['unterminated-quote: "a']);
    expect(inStage(`COPY "a" "/b"\nCOPY ["a b", "\\"c", "d\\""]\nLABEL a="b c"\nWORKDIR "/a b"`)).toEqual([
      'unterminated-quote: "\\"c"',
      'unterminated-quote: "d\\""',
    ]);
  });
});
