import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shippedImages } from "../../server/src/model/image/shipped-images.ts";
import type { Problem } from "../../server/src/rules/rule.ts";
import { entriesOf, valueAt } from "../../server/src/syntax/compose/find.ts";
import { parseCompose } from "../../server/src/syntax/compose/parse.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { checkFile } from "../../server/src/workspace/check-file.ts";
import { Disk } from "../../server/src/workspace/disk.ts";
import { KnownImages } from "../../server/src/workspace/known-images.ts";
import { shippedPackages } from "../../server/src/workspace/package-names.ts";
import { shellReader } from "../../server/src/workspace/wasm.ts";
import type { Files } from "../support/compose/compose-projects.ts";
import { dockerCompose } from "../support/engine/docker-command.ts";
import { engineWithStore } from "../support/engine/engines.ts";
import { folderTree } from "../support/folder-tree.ts";
import { seedsOf } from "../support/random/random.ts";
import { RANDOM_IMAGE, randomCompose } from "../support/random/random-compose.ts";

/**
 * Compose projects that nobody wrote, shown to `docker compose`. What it refuses has an error of ours. What it takes has none but of
 * rules about the start, and what they and others are sure of is so when it is started. And it takes what each fix leaves.
 */
const up = engineWithStore("graph");
const project = "plimsoll-random";
let shell: Awaited<ReturnType<typeof shellReader>>;
let images: KnownImages;

beforeAll(async () => {
  shell = await shellReader();
  images = new KnownImages(shippedImages);
  images.set(RANDOM_IMAGE, { reading: await up.engine.readImage(RANDOM_IMAGE), isHere: true });
});
afterAll(async () => {
  await up.real.docker("image", "prune", "--force");
});

/** Others may be tried by `RANDOM_SEEDS=100-150`. */
const seeds = seedsOf(process.env["RANDOM_SEEDS"] ?? "1-10");

test.each(seeds)("seed %i", async (seed) => {
  const files = randomCompose(seed);
  const text = shown(files);
  const folder = folderTree({ ...files, ".git/HEAD": "" });
  const problems = foundIn(folder, files);
  const errors = problems.filter((it) => it.severity === "error");
  const refusal = await refusalOf(folder);
  if (refusal !== undefined) {
    const seen = errors.length > 0 || problems.some((it) => REFUSED_WHERE_MISSING.has(it.rule));
    expect(seen, `${refusal}\n${text}`).toBe(true);
    return;
  }
  const early = errors.filter((it) => !KEEPS_FROM_STARTING.has(it.rule) && !OBSERVED.has(it.rule));
  expect(early.map(told), text).toEqual([]);
  await expectSo(problems, folder, text);
  await expectFixesTaken(problems, files);
});

type Found = Problem & { readonly file: string };

/** Warnings, since the file may be made before Compose is started. */
const REFUSED_WHERE_MISSING: ReadonlySet<string> = new Set([
  "environment-file-missing",
  "listed-file-missing",
  "missing-compose-file",
]);

/** Rules that say, of a project that Compose takes, that it does not start. */
const KEEPS_FROM_STARTING: ReadonlySet<string> = new Set([
  "build-context-missing",
  "build-target-unknown",
  "command-in-one-word",
  "container-name-with-replicas",
  "dockerfile-missing",
  "duplicate-container-name",
  "engine-refuses-value",
  "health-condition-without-check",
  "host-port-clash",
  "invalid-container-name",
  "mount-kind-differs",
  "replicas-with-fixed-port",
  "service-command-not-found",
  "service-user-unknown",
]);

/** Whether it is as the rule says of a container that was started; undefined where that one cannot tell. */
type Observation = (problem: Found, container: Container) => Promise<boolean | undefined>;

const OBSERVED: ReadonlyMap<string, Observation> = new Map<string, Observation>([
  ["service-ends-at-once", async (_, { State, RestartCount }) => !State.Running || RestartCount > 0],
  ["service-healthcheck-tool-missing", async (_, container) => hasFailedCheck(container)],
  ["healthcheck-list-form", async (_, container) => hasFailedCheck(container)],
  [
    "volume-not-writable",
    async ({ message }, { Id, State }) => {
      const place = / has no ([^\s,]+),/.exec(message)?.[1];
      if (place === undefined || !State.Running) return undefined;
      return up.real.docker("exec", Id, "touch", `${place}/probe`).then(
        () => false,
        () => true,
      );
    },
  ],
]);

/** What `docker inspect` says. */
interface Container {
  readonly Id: string;
  readonly RestartCount: number;
  readonly Config: { readonly Labels: Readonly<Record<string, string>> };
  readonly State: {
    readonly Running: boolean;
    readonly Health?: { readonly Log: readonly { readonly ExitCode: number }[] };
  };
}

function hasFailedCheck({ State: { Running, Health } }: Container): boolean | undefined {
  if (!Running || !Health || Health.Log.length === 0) return undefined;
  return Health.Log.every((it) => it.ExitCode !== 0);
}

/** Starts the project where something is said about that, and holds that it is so. */
async function expectSo(problems: readonly Found[], folder: string, text: string): Promise<void> {
  const starting = problems.filter((it) => KEEPS_FROM_STARTING.has(it.rule));
  const running = problems.filter((it) => OBSERVED.has(it.rule));
  if (starting.length + running.length === 0) return;
  try {
    const started = await compose(folder, "up", "--detach", "--build", "--quiet-pull", "--timeout", "0");
    expect(starting.length > 0 && !started.failed ? starting.map(told) : [], text).toEqual([]);
    if (started.failed || running.length === 0) return;
    // A check every second, and what ends has ended.
    await sleep(2_500);
    const containers = await containersOf(project);
    for (const problem of running)
      for (const it of containers.filter((it) => it.Config.Labels[SERVICE] === serviceAt(problem, folder)))
        expect((await OBSERVED.get(problem.rule)?.(problem, it)) ?? true, `${told(problem)}\n${text}`).toBe(
          true,
        );
  } finally {
    await compose(folder, "down", "--volumes", "--timeout", "0", "--remove-orphans", "--rmi", "local");
  }
}

const SERVICE = "com.docker.compose.service";

async function containersOf(name: string): Promise<readonly Container[]> {
  const label = `label=com.docker.compose.project=${name}`;
  const ids = (await up.real.docker("ps", "--all", "--quiet", "--filter", label)).split("\n").filter(Boolean);
  return ids.length === 0 ? [] : JSON.parse(await up.real.docker("inspect", ...ids));
}

/** The service in whose text a problem is. */
function serviceAt({ file, span }: Found, folder: string): string | undefined {
  const text = new Disk().read(path.join(folder, file));
  const root = text.kind === "text" ? parseCompose(text.text).root : undefined;
  const entry = entriesOf(valueAt(root, "services")).find(
    (it) => it.span.start <= span.start && span.end <= it.span.end,
  );
  return entry?.key.value;
}

/** Of several alike one is enough. */
async function expectFixesTaken(problems: readonly Found[], files: Files): Promise<void> {
  const offered = problems.flatMap(({ rule, file, fixes }) =>
    fixes.map((fix) => ({ ...fix, file, name: `${rule}: ${fix.title}` })),
  );
  const left = [...new Map(offered.map((it) => [it.name, it])).values()];
  const refused: string[] = [];
  const ask = async () => {
    for (let fix = left.pop(); fix; fix = left.pop()) {
      const after = { ...files, [fix.file]: applyEdits(files[fix.file] ?? "", fix.edits) };
      for (const it of fix.others ?? [])
        after[inProject(it.file)] = it.kind === "create" ? it.text : applyEdits(it.before, it.edits);
      const refusal = await refusalOf(folderTree(after), ["--profile", "*"]);
      if (refusal !== undefined) refused.push(`${fix.name}: ${refusal}\n${shown(after)}`);
    }
  };
  await Promise.all([ask(), ask(), ask()]);
  expect(refused).toEqual([]);
}

/** By its path in the project, whose folder is one of the tests' own. */
function inProject(file: string): string {
  return file.replace(/^.*?\/plimsoll-test-[^/]+\//, "");
}

function foundIn(folder: string, files: Files): readonly Found[] {
  const disk = new Disk();
  const around = {
    disk,
    shell,
    images,
    packages: shippedPackages,
    folders: [folder],
    textAt(file: string) {
      const read = disk.read(file);
      return read.kind === "text" ? read.text : undefined;
    },
    composeGeneration: () => 0,
  };
  return Object.entries(files).flatMap(([name, text]) => {
    const kind = name.endsWith(".yaml") ? "compose" : name.endsWith(".env") ? "environment" : undefined;
    if (kind === undefined) return [];
    const problems = checkFile(kind, text, path.join(folder, name), around, {
      allRules: true,
      onFailure: ({ rule, error }) => expect.fail(`${rule} ${error}`),
    });
    return problems.map((it) => ({ ...it, file: name }));
  });
}

/** Why Compose does not take the project: with all profiles, or with none. */
async function refusalOf(
  folder: string,
  ...profiles: readonly (readonly string[])[]
): Promise<string | undefined> {
  const asked = profiles.length > 0 ? profiles : [["--profile", "*"], []];
  const said = await Promise.all(asked.map((it) => compose(folder, ...it, "config", "--quiet")));
  return said.find((it) => it.failed)?.errors;
}

function compose(folder: string, ...args: readonly string[]) {
  const all = args[0]?.startsWith("-") || args[0] === "config" ? [] : ["--profile", "*"];
  return dockerCompose(folder, up.real.dockerHost, "--project-name", project, ...all, ...args);
}

function told({ rule, message }: Problem): string {
  return `${rule}: ${message}`;
}

/** The files that differ from project to project. */
function shown(files: Files): string {
  const own = Object.entries(files).filter(([name]) => /\.yaml$|^\.env$/.test(name));
  return own.map(([name, text]) => `--- ${name}\n${text}`).join("");
}
