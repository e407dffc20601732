import { describe, expect, test } from "vitest";
import { at, only, problemsIn, raws, shown } from "./shown.ts";

describe("flags", () => {
  test("stand before the arguments, with and without value", () => {
    const text = "COPY --link --from=build --chmod= a b\n";
    const { flags, words } = only(text);
    expect(flags.map(({ name, value }) => [name, value])).toEqual([
      ["link", undefined],
      ["from", "build"],
      ["chmod", ""],
    ]);
    expect(flags.map((it) => at(text, it.span))).toEqual(["--link", "--from=build", "--chmod="]);
    expect(flags.map((it) => at(text, it.nameSpan))).toEqual(["link", "from", "chmod"]);
    expect(flags.map((it) => it.valueSpan && at(text, it.valueSpan))).toEqual([undefined, "build", ""]);
    expect(raws(words)).toEqual(["a", "b"]);
  });

  test("end at -- and at the first word that is none", () => {
    expect(shown("RUN --mount=type=ssh -- --x a\n")).toEqual(['(run ["--mount=type=ssh"] "--x a")']);
    expect(shown("RUN -- a\n")).toEqual(['(run "a")']);
    expect(shown("RUN --\n")).toEqual(["(run)"]);
    expect(shown("RUN a --network=none\n")).toEqual(['(run "a --network=none")']);
    expect(shown("RUN -a\n")).toEqual(['(run "-a")']);
  });

  test("lose their quotes and escapes at once", () => {
    const text = 'RUN --mount="type=bind,source=/a b" --network=\'no\'ne --x=a\\ b --"y"=z c\n';
    const { flags } = only(text);
    expect(flags.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      "mount: type=bind,source=/a b",
      "network: none",
      "x: a b",
      "y: z",
    ]);
    expect(flags.map((it) => at(text, it.span))).toEqual([
      '--mount="type=bind,source=/a b"',
      "--network='no'ne",
      "--x=a\\ b",
      '--"y"=z',
    ]);
    expect(shown(text)).toEqual([
      '(run ["--mount=type=bind,source=/a b" "--network=none" "--x=a b" "--y=z"] "c")',
    ]);
  });

  test("a quote that does not close takes the rest", () => {
    expect(shown('RUN --x="a b\n')).toEqual(['(run ["--x=a b"])']);
  });

  test("take the escape character of the file", () => {
    expect(shown("# escape=`\nRUN --x=a` b --y=c:\\d e\n")).toEqual(['(run ["--x=a b" "--y=c:\\\\d"] "e")']);
  });

  test("behind HEALTHCHECK CMD there are none", () => {
    const check = only("HEALTHCHECK --interval=1s CMD --x y");
    expect(check.flags.map((it) => it.name)).toEqual(["interval"]);
    expect(check.inner?.flags).toEqual([]);
    expect(raws(check.words)).toEqual(["CMD", "--x y"]);
  });
});

describe("fields of a flag", () => {
  test("are names and values with their places", () => {
    const text = "RUN --mount=Type=cache,target=/a=b,readonly x\n";
    const fields = only(text).flags[0]?.fields ?? [];
    expect(fields.map(({ name, value }) => [name, value])).toEqual([
      ["type", "cache"],
      ["target", "/a=b"],
      ["readonly", undefined],
    ]);
    expect(fields.map((it) => at(text, it.span))).toEqual(["Type=cache", "target=/a=b", "readonly"]);
    expect(fields.map((it) => it.valueSpan && at(text, it.valueSpan))).toEqual(["cache", "/a=b", undefined]);
  });

  test("quotes around the flag do not hold a comma, escaped ones do", () => {
    expect(only('RUN --mount="source=a,b" x').flags[0]?.fields.map((it) => it.name)).toEqual(["source", "b"]);
    const text = 'RUN --mount=type=bind,\\"source=a,b\\" x\n';
    const fields = only(text).flags[0]?.fields ?? [];
    expect(fields.map(({ name, value }) => [name, value])).toEqual([
      ["type", "bind"],
      ["source", "a,b"],
    ]);
    expect(fields.map((it) => at(text, it.span))).toEqual(["type=bind", '"source=a,b\\"']);
  });

  test("lie across continued lines", () => {
    const text = "RUN --mount=type=bind,\\\ntarget=/x a\n";
    const fields = only(text).flags[0]?.fields ?? [];
    expect(fields.map((it) => at(text, it.span))).toEqual(["type=bind", "target=/x"]);
  });
});

describe("problems of flags", () => {
  test("every flag of every instruction is known", () => {
    const text = `FROM --platform=linux/amd64 a
RUN --mount=type=cache,target=/x --mount=type=ssh --network=none --security=insecure --device=a.b/c=d,required --device=e x
COPY --from=b --chown=1:1 --chmod=u=rw,go=r --link --parents --exclude=*.md --exclude=*.txt c d
ADD --checksum=sha256:${"0".repeat(64)} --keep-git-dir=true --unpack=false --link=TRUE --chmod=0755 --chown=x --exclude=y https://e.f/g h
HEALTHCHECK --interval=30s --timeout=1m30s --start-period=0s --start-interval=500ms --retries=3 CMD x
`;
    expect(problemsIn(text)).toEqual([]);
  });

  test("a flag the instruction does not have, with the one that was meant", () => {
    expect(
      problemsIn("FROM a\nCOPY --form=b c d\nRUN --platform=x y\nCMD --version\nENV --x=y a=b\n"),
    ).toEqual([
      "unknown-flag: form -> from",
      "unknown-flag: platform",
      "unknown-flag: version",
      "unknown-flag: x",
    ]);
    expect(problemsIn("FROM a\nCOPY --From=b c d\n")).toEqual(["unknown-flag: From -> from"]);
  });

  test("a flag twice, without its value, or not true or false", () => {
    expect(
      problemsIn(
        "FROM a\nCOPY --from=b --from=c d e\nRUN --mount x\nCOPY --link= a b\nCOPY --link=yes a b\n",
      ),
    ).toEqual([
      "duplicate-flag: --from=c",
      "flag-without-value: --mount",
      "flag-without-value: --link=",
      "flag-not-boolean: yes",
    ]);
  });

  test("BuildKit looks at no flag of ARG, STOPSIGNAL and HEALTHCHECK NONE", () => {
    expect(problemsIn("FROM a\nARG --x b\nSTOPSIGNAL --x 9\nHEALTHCHECK --x NONE\n")).toEqual([]);
  });
});
