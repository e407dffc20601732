import { expect, test } from "vitest";
import { mountsOf } from "../../../../server/src/syntax/dockerfile/run-mounts.ts";
import { only } from "./shown.ts";

const shown = (text: string) =>
  mountsOf(only(text)).map(({ type, from, source, target, id }) =>
    [type, ...[from, source, target, id].map((it) => it?.value ?? "-")].join(" "),
  );

test("a mount binds where no type is written, and types are read in any case", () => {
  expect(shown("RUN --mount=target=/src true\n")).toEqual(["bind - - /src -"]);
  expect(shown("RUN --mount=type=CACHE,id=apt,dst=/var/cache/apt true\n")).toEqual([
    "cache - - /var/cache/apt apt",
  ]);
});

test("fields have other names, and the last of several counts", () => {
  expect(shown("RUN --mount=from=build,src=/out,destination=/in true\n")).toEqual(["bind build /out /in -"]);
  expect(shown("RUN --mount=target=/a,dst=/b,type=bind,type=tmpfs true\n")).toEqual(["tmpfs - - /b -"]);
});

test("other flags and other instructions have no mounts", () => {
  expect(shown("RUN --network=none true\n")).toEqual([]);
  expect(shown("COPY --from=build /a /b\n")).toEqual([]);
});
