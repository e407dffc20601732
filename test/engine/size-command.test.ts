import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ImageReport } from "../../client/src/sizes/report/image-report.ts";
import { buildCommandLine } from "../setup/bundles.ts";
import { engineWithStore, imageStores } from "../support/engine/engines.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Each layer is known to the byte. */
const dockerfile = `FROM alpine:3.22 AS base
COPY big /data/big
# plimsoll: max-size=15MB
FROM base
COPY small \\
  /data/small
RUN rm /data/big && printf 1234567 > /one
ENV A=1
`;
const files = { Dockerfile: dockerfile, big: Buffer.alloc(2_000_003, "b"), small: "s".repeat(1234) };

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

let programs: string;
let cli: string;

beforeAll(async () => {
  programs = mkdtempSync(join(tmpdir(), "plimsoll-cli-"));
  cli = await buildCommandLine(programs);
});
afterAll(() => rmSync(programs, { recursive: true }));

/** Runs the built command line as CI does: no terminal, the engine by DOCKER_HOST. */
function plimsoll(
  folder: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...words], {
      cwd: folder,
      env: { PATH: process.env["PATH"], HOME: folder, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let out = "";
    let error = "";
    child.stdout.on("data", (part) => {
      out += part;
    });
    child.stderr.on("data", (part) => {
      error += part;
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, out, error }));
  });
}

describe.each(imageStores)("with the %s image store", (store) => {
  const up = engineWithStore(store);
  const size = (folder: string, ...words: readonly string[]) =>
    plimsoll(folder, ["size", ...words], { DOCKER_HOST: up.real.dockerHost });

  test("a Dockerfile is built, and each of its lines weighed to the byte", async () => {
    const folder = temporaryFolder(files);
    const { code, out, error } = await size(folder, "Dockerfile", "--format", "json");
    expect(error).toMatch(/^Building Dockerfile in .*\n(?: {2}.*\n)+Weighing Dockerfile \(/);
    const [image] = (JSON.parse(out) as { images: (ImageReport & { budgets: unknown })[] }).images;
    expect(image?.lines).toEqual([
      { instruction: "COPY big /data/big", keyword: "COPY", line: 2, bytes: 2_000_003, files: 1, hidden: 0 },
      {
        ...{ instruction: "COPY small /data/small", keyword: "COPY", line: 5, bytes: 1234 },
        ...{ files: 1, hidden: 0 },
      },
      {
        ...{ instruction: "RUN rm /data/big && printf 1234567 > /one", keyword: "RUN", line: 7, bytes: 7 },
        ...{ files: 1, hidden: 2_000_003 },
      },
      { instruction: "ENV A=1", keyword: "ENV", line: 8, bytes: 0, files: 0, hidden: 0 },
    ]);
    expect(image?.waste).toEqual([
      { how: "deleted", bytes: 2_000_003, files: 1, storedBy: 0, hiddenBy: 2, paths: ["/data/big"] },
    ]);
    expect(image?.base?.name).toBe("alpine:3.22");
    expect((image?.onDisk ?? 0) - (image?.base?.bytes ?? 0)).toBe(2_000_003 + 1234 + 7);
    // The store that keeps layers unpacked does not tell it: it is measured.
    expect(image?.transfer).toBeGreaterThan(1_000_000);
    expect(image?.transfer).toBeLessThan(image?.onDisk ?? 0);
    expect(image?.budgets).toMatchObject([{ of: "disk", bytes: 15_000_000, over: 0 }]);
    expect(code).toBe(0);
  });

  test("over its budget: exit code 1, and what weighs most", async () => {
    const folder = temporaryFolder(files);
    const { code, out } = await size(folder, ".", "--budget", "4MB");
    expect(out).toContain("FAILS: Dockerfile is ");
    expect(out).toMatch(/ over its budget of 4\.00 MB on disk \(--budget\)/);
    expect(out).toMatch(/ {2}2,000,003 {2}Dockerfile:2 {2}COPY big \/data\/big/);
    expect(code).toBe(1);
  });

  test("against the base branch: the lines that moved it, for a summary", async () => {
    const folder = temporaryFolder(files);
    const tag = `plimsoll-size-test:${store}`;
    const recorded = await size(folder, "Dockerfile", "--record", "sizes/base.json");
    expect(recorded.code).toBe(0);
    writeFileSync(join(folder, "small"), "s".repeat(501_234));
    const summary = join(folder, "summary.md");
    writeFileSync(summary, "# Before\n");
    const compared = await plimsoll(
      folder,
      [
        ...["size", "Dockerfile", "--against", "sizes/base.json", "--max-growth", "400kB", "--tag", tag],
        ...["--format", "markdown", "--output", "summary.md"],
      ],
      { DOCKER_HOST: up.real.dockerHost, GITHUB_STEP_SUMMARY: summary },
    );
    const markdown = readFileSync(summary, "utf8");
    expect(markdown).toMatch(/^# Before\n### Image sizes: too large\n/);
    expect(markdown).toContain("- **`Dockerfile` grew 100 kB more than the 400 kB that it may.**");
    expect(markdown).toContain(
      "| +500 kB | 1.23 kB | 501 kB | Dockerfile:5 `COPY small /data/small` |\n\n<details>",
    );
    expect(compared.out).toContain("+500 kB  Dockerfile:5  COPY small /data/small");
    expect(compared.code).toBe(1);

    const image = await size(folder, tag, "--format", "json", "--against", "sizes/base.json");
    const [report] = (JSON.parse(image.out) as { images: (ImageReport & { change: object })[] }).images;
    expect(report?.references).toEqual([tag]);
    // The tests' alpine has several tags.
    expect(report?.base?.name).toMatch(/^alpine:3\.\d+$/);
    expect(report?.lines.map((it) => it.bytes)).toEqual([2_000_003, 501_234, 7, 0]);
    expect(report?.change).toMatchObject({ onDisk: 500_000 });
    await up.real.docker("image", "rm", tag);
  });

  test("what fails says why, where and what to do", async () => {
    const folder = temporaryFolder({
      ...files,
      "broken.Dockerfile": "FROM alpine:3.22\nRUN echo no; exit 3\n",
    });
    const broken = await size(folder, "broken.Dockerfile");
    expect(broken.error).toMatch(/\n {4}no\n/);
    expect(broken.error).toContain(
      "plimsoll size: broken.Dockerfile:2: The build failed at “RUN echo no; exit 3”: exit code 3.\n",
    );
    expect([broken.code, broken.out]).toEqual([2, ""]);

    const missing = await size(folder, "nobody/knows:this");
    expect(missing.error).toMatch(/^plimsoll size: .*nobody\/knows:this/);
    expect(missing.code).toBe(2);
  });
});

test("without an engine there is one sentence, and exit code 2", async () => {
  const folder = temporaryFolder(files);
  const { code, out, error } = await plimsoll(folder, ["size", "Dockerfile"], {
    DOCKER_HOST: `unix://${folder}/none.sock`,
  });
  expect(error).toBe(
    `plimsoll size: No Docker Engine at unix://${folder}/none.sock: there is no such socket. Start Docker (or Podman's socket), or set DOCKER_HOST to where the engine listens.\n`,
  );
  expect([code, out]).toEqual([2, ""]);
});
