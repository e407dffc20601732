import { join } from "node:path";
import { expect, test } from "vitest";
import type { SizeRequest, SizeSubject } from "../../client/src/shared/size-request.ts";
import { plimsoll, type Ran } from "../support/command-line.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** What the part that speaks to engines is asked for; it answers `code`. */
async function asked(
  words: readonly string[],
  folder: string,
  code = 0,
): Promise<Ran & { readonly request: SizeRequest | undefined }> {
  let request: SizeRequest | undefined;
  const runSize = async (it: SizeRequest) => {
    request = it;
    return code;
  };
  const ran = await plimsoll(["size", ...words], { folder, size: { runSize } });
  return { ...ran, request };
}

function dockerfileOf(request: SizeRequest | undefined): Extract<SizeSubject, { kind: "dockerfile" }> {
  const [subject] = request?.subjects ?? [];
  if (subject?.kind !== "dockerfile") throw new Error("This is no Dockerfile.");
  return subject;
}

const files = {
  ".plimsoll.yaml": "size-budget:\n  ghcr.io/acme/*: 50MB\n  api: { max-transfer: 20MB }\n",
  "api/Dockerfile":
    "FROM alpine:3.24 AS build\nRUN make\n# plimsoll: max-size=25MB\nFROM scratch AS app\nCOPY api/app /\n",
  "api/app": "",
};

test("a Dockerfile, how it is built, and its budgets in the order in which they count", async () => {
  const folder = temporaryFolder({ ".git/HEAD": "", ...files });
  const { code, request } = await asked(
    [
      ...["api/Dockerfile", "--budget", "1.5 GiB", "--build-arg", "A=1", "--build-arg=B=x=y"],
      ...["--build-arg", "NOT_IN_THE_ENVIRONMENT", "--secret", "id=key,src=k.txt", "--secret=id=token,env=T"],
      ...["--platform", "linux/arm64", "--pull", "--tag", "app:ci"],
    ],
    folder,
    1,
  );
  const { file, name, stage, build, budgets } = dockerfileOf(request);
  expect({ code, file, name }).toEqual({
    code: 1,
    file: join(folder, "api/Dockerfile"),
    name: "api/Dockerfile",
  });
  expect([stage.name, stage.chain.map((it) => it.line)]).toEqual(["app", [4]]);
  expect(build).toEqual({
    // The folder that holds what COPY names.
    context: folder,
    target: undefined,
    tag: "app:ci",
    platform: "linux/arm64",
    buildArguments: { A: "1", B: "x=y" },
    secrets: [
      { id: "key", from: { kind: "file", path: join(folder, "k.txt") } },
      { id: "token", from: { kind: "environment", variable: "T" } },
    ],
    noCache: false,
    pull: true,
  });
  const path = join(folder, ".plimsoll.yaml");
  expect(budgets.map(({ of, bytes, image, from }) => ({ of, bytes, image, from }))).toEqual([
    { of: "disk", bytes: 1_610_612_736, image: null, from: { kind: "flag", name: "budget" } },
    { of: "disk", bytes: 25_000_000, image: null, from: { kind: "comment", line: 2 } },
    {
      ...{ of: "transfer", bytes: 20_000_000, image: null },
      from: { kind: "configuration", path, pattern: "api" },
    },
    {
      ...{ of: "disk", bytes: 50_000_000, image: "ghcr.io/acme/*" },
      from: { kind: "configuration", path, pattern: "ghcr.io/acme/*" },
    },
  ]);
});

test("a stage, a context, and where the results go", async () => {
  const folder = temporaryFolder(files);
  const { request } = await asked(
    [
      ...["--target", "BUILD", "--context=api", "./api", "--no-config", "--format", "markdown"],
      ...["--output", "o.md", "--record", "r.json", "--against", "b.json", "--max-growth", "2.5%"],
    ],
    folder,
  );
  const { name, stage, build, budgets } = dockerfileOf(request);
  expect([name, stage.index, build.context, build.target, budgets]).toEqual([
    ...["api/Dockerfile#build", 0, join(folder, "api"), "BUILD", []],
  ]);
  expect(request).toMatchObject({
    format: "markdown",
    output: join(folder, "o.md"),
    record: join(folder, "r.json"),
    against: join(folder, "b.json"),
    maxGrowth: { kind: "percent", percent: 2.5 },
  });
});

test("any other word is an image, also where a folder has its name", async () => {
  const folder = temporaryFolder({ ".git/HEAD": "", ...files });
  const { request } = await asked(
    ["api", "ghcr.io/acme/web:1", "--max-growth=0", "--against=b.json"],
    folder,
  );
  const path = join(folder, ".plimsoll.yaml");
  const common = { severity: "warning" } as const;
  const budgets = [
    {
      ...{ ...common, of: "disk", bytes: 50_000_000, image: "ghcr.io/acme/*" },
      from: { kind: "configuration", path, pattern: "ghcr.io/acme/*" },
    },
    {
      ...{ ...common, of: "transfer", bytes: 20_000_000, image: "api" },
      from: { kind: "configuration", path, pattern: "api" },
    },
  ];
  expect(request?.subjects).toEqual([
    { kind: "image", reference: "api", budgets: [budgets[1], budgets[0]] },
    { kind: "image", reference: "ghcr.io/acme/web:1", budgets: [budgets[1], budgets[0]] },
  ]);
  expect(request?.maxGrowth).toEqual({ kind: "bytes", bytes: 0 });
});

test.each([
  [[], "Name images or Dockerfiles to weigh, for example: plimsoll size Dockerfile"],
  [["api:1", "--budget", "25"], "--budget: `25` lacks a unit: for example 25MB or 1.5GiB."],
  [["api:1", "--max-growth", "5%"], "--max-growth needs --against FILE."],
  [
    ["api:1", "--max-growth", "5", "--against", "x"],
    "--max-growth: `5` lacks a unit: for example 25MB or 1.5GiB.",
  ],
  [
    ["api:1", "--target", "x"],
    "--target is for a Dockerfile, and api:1 is none here: it is taken for an image.",
  ],
  [["api/Dockerfil"], "api/Dockerfil: there is no such file."],
  [["web/Dockerfile"], "web/Dockerfile: there is no such file."],
  [["./empty"], "./empty: there is no Dockerfile in this folder."],
  [["api/", "--target", "biuld"], "api/Dockerfile: there is no stage biuld. Did you mean build?"],
  [["api/", "--context", "nowhere"], "--context: there is no folder nowhere."],
  [["api/", "--build-arg", "1A=secret"], '--build-arg is NAME=VALUE, not "1A=…".'],
  [["api/", "--secret", "key"], "--secret needs an id: id=NAME,src=FILE or id=NAME,env=VARIABLE."],
  [["none.Dockerfile"], "none.Dockerfile: there is no FROM in it."],
])("%j is refused", async (words, message) => {
  const folder = temporaryFolder({ ...files, "empty/x": "", "none.Dockerfile": "ARG A\n" });
  const { code, out, error, request } = await asked(words, folder);
  expect({ code, out, error, request }).toEqual({
    code: 2,
    out: "",
    error: `plimsoll size: ${message}\n`,
    request: undefined,
  });
});
