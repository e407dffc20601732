import { describe, expect, test } from "vitest";
import { mapLines } from "../../../../client/src/sizes/lines/map-lines.ts";
import { chain, image } from "../../../support/images/images.ts";

const linesOf = (rows: readonly string[], texts: readonly string[]) => {
  const { history } = image(rows.map((row) => [row, 1] as const));
  const { instructions, baseRows } = mapLines(history, chain(texts));
  return { lines: instructions.map((it) => it?.line), baseRows };
};

describe("history laid beside the Dockerfile", () => {
  test("what is left over came from the base", () => {
    expect(
      linesOf(
        [
          "ADD rootfs.tar / # buildkit",
          'CMD ["/bin/sh"]',
          "WORKDIR /src",
          "COPY . . # buildkit",
          "RUN /bin/sh -c go build # buildkit",
        ],
        ["WORKDIR /src", "COPY . .", "RUN go build"],
      ),
    ).toEqual({ lines: [undefined, undefined, 1, 2, 3], baseRows: 2 });
  });

  test("nothing is left over from scratch", () => {
    expect(linesOf(["COPY /a /a # buildkit"], ["COPY --from=build /a /a"])).toEqual({
      lines: [1],
      baseRows: 0,
    });
  });

  test("the classic builder, which does not tell what was copied", () => {
    expect(
      linesOf(
        [
          "",
          "/bin/sh -c #(nop)  ARG V=x",
          `/bin/sh -c #(nop) COPY file:${"0".repeat(64)} in /a `,
          "|1 V=x /bin/sh -c echo $V",
        ],
        ["ARG V", "COPY a /a", "RUN echo $V"],
      ),
    ).toEqual({ lines: [undefined, 1, 2, 3], baseRows: 1 });
  });

  test("ONBUILD has no row from BuildKit, and one from the classic builder", () => {
    const texts = ["ENV A=1", "ONBUILD RUN x", "USER 1"];
    expect(linesOf(["ENV A=1", "USER 1"], texts)).toEqual({ lines: [1, 3], baseRows: 0 });
    expect(
      linesOf(
        ["/bin/sh -c #(nop)  ENV A=1", "/bin/sh -c #(nop)  ONBUILD RUN x", "/bin/sh -c #(nop)  USER 1"],
        texts,
      ),
    ).toEqual({
      lines: [1, 2, 3],
      baseRows: 0,
    });
  });

  test("flags, continuations, comments and here-documents do not matter", () => {
    const run = "RUN --mount=type=cache,target=/c echo a && \\\n    # why\n    echo b";
    expect(
      linesOf(
        [
          "RUN /bin/sh -c echo a &&     echo b # buildkit",
          "RUN /bin/sh -c echo here\n # buildkit",
          "RUN /bin/echo exec # buildkit",
        ],
        [run, "RUN <<E\necho here\nE", 'RUN ["/bin/echo", "exec"]'],
      ),
    ).toEqual({ lines: [1, 4, 7], baseRows: 0 });
  });

  test("an instruction that was edited since has no line, the others keep theirs", () => {
    expect(
      linesOf(
        ["RUN /bin/sh -c make all # buildkit", "COPY a /a # buildkit", "USER 1"],
        ["RUN make everything", "COPY b /a", "USER 1"],
      ),
    ).toEqual({ lines: [undefined, undefined, 3], baseRows: 0 });
  });

  test("a variable is told expanded", () => {
    expect(linesOf(["COPY a.txt /opt/app/ # buildkit"], ["COPY a.txt $HOME/"]).lines).toEqual([1]);
  });

  test("no base is claimed when the Dockerfile has other instructions", () => {
    expect(linesOf(["RUN /bin/sh -c x # buildkit", "USER 1"], ["COPY a b", "USER 1"])).toEqual({
      lines: [undefined, 2],
      baseRows: undefined,
    });
    expect(linesOf(["USER 1"], ["RUN x", "USER 1"])).toEqual({ lines: [2], baseRows: undefined });
  });
});
