import { describe, expect, test } from "vitest";
import { vulnerablePackages } from "../../../client/src/scan/place-findings.ts";
import {
  readReport,
  scanArguments,
  scanFailure,
  scannerCandidates,
  tellsOfDownload,
} from "../../../client/src/scan/scanner.ts";
import { countBySeverity, fixesOf, scanMarkdown } from "../../../client/src/scan/told.ts";
import type { ChainLine } from "../../../client/src/sizes/map-lines.ts";

const config = {
  architecture: "amd64",
  history: [
    { created_by: "/bin/sh -c #(nop) ADD file:fe64 in / " },
    { created_by: '/bin/sh -c #(nop)  CMD ["/bin/sh"]', empty_layer: true },
    { created_by: "RUN /bin/sh -c apk add curl # buildkit", comment: "buildkit.dockerfile.v0" },
    { created_by: "ENV A=1", comment: "buildkit.dockerfile.v0", empty_layer: true },
    { created_by: "COPY /app /app # buildkit", comment: "buildkit.dockerfile.v0" },
  ],
  rootfs: { type: "layers", diff_ids: ["sha256:base", "sha256:curl", "sha256:app"] },
};

/** With the fields that Trivy's own integration test data has (alpine-310.json.golden). */
const trivy = {
  SchemaVersion: 2,
  CreatedAt: "2026-11-25T12:20:30Z",
  ArtifactName: "shop:latest",
  ArtifactType: "container_image",
  Metadata: {
    OS: { Family: "alpine", Name: "3.24.0" },
    ImageID: "sha256:1",
    DiffIDs: config.rootfs.diff_ids,
    ImageConfig: config,
  },
  Results: [
    {
      Target: "shop:latest (alpine 3.24.0)",
      Class: "os-pkgs",
      Type: "alpine",
      Vulnerabilities: [
        {
          VulnerabilityID: "CVE-2026-1551",
          PkgID: "libssl3@3.5.1-r0",
          PkgName: "libssl3",
          InstalledVersion: "3.5.1-r0",
          FixedVersion: "3.5.2-r0",
          Status: "fixed",
          Layer: { Digest: "sha256:packed", DiffID: "sha256:base" },
          PrimaryURL: "https://avd.aquasec.com/nvd/cve-2026-1551",
          Title: "openssl: overflow",
          Severity: "MEDIUM",
        },
        {
          VulnerabilityID: "CVE-2026-1549",
          PkgName: "libssl3",
          InstalledVersion: "3.5.1-r0",
          Layer: { DiffID: "sha256:base" },
          Severity: "HIGH",
        },
        {
          VulnerabilityID: "CVE-2026-2000",
          PkgName: "curl",
          InstalledVersion: "8.9.0-r0",
          FixedVersion: "8.9.1-r0",
          Layer: { DiffID: "sha256:curl" },
          Severity: "LOW",
        },
      ],
    },
    {
      Target: "app",
      Class: "lang-pkgs",
      Type: "gobinary",
      Vulnerabilities: [
        {
          VulnerabilityID: "CVE-2026-3000",
          PkgName: "golang.org/x/net",
          InstalledVersion: "v0.1.0",
          FixedVersion: "0.2.0",
          Layer: { DiffID: "sha256:app" },
          Severity: "CRITICAL",
        },
      ],
    },
    { Target: "nothing here", Class: "lang-pkgs" },
  ],
};

/** With the fields of Grype's own presenter tests; `layerID` is syft's. */
const grype = {
  matches: [
    {
      vulnerability: {
        id: "CVE-2026-1549",
        dataSource: "https://nvd.nist.gov/vuln/detail/CVE-2026-1549",
        severity: "Negligible",
        description: "A flaw. More of it.",
        fix: { versions: ["1.2.1", "2.1.3"], state: "fixed" },
      },
      relatedVulnerabilities: [],
      artifact: {
        name: "zlib",
        version: "1.1.1",
        type: "apk",
        locations: [
          { path: "/lib/apk/db/installed", layerID: "sha256:curl", accessPath: "/lib/apk/db/installed" },
        ],
      },
    },
    {
      vulnerability: { id: "GHSA-1", dataSource: "", severity: "High", fix: { versions: [], state: "" } },
      artifact: { name: "minimist", version: "0.0.8", locations: [] },
    },
  ],
  source: {
    type: "image",
    target: { userInput: "shop", config: Buffer.from(JSON.stringify(config)).toString("base64"), layers: [] },
  },
  descriptor: { name: "grype", version: "0.100.0" },
};

const line = (keyword: string, text: string, at: number): ChainLine => ({
  keyword,
  text,
  line: at,
  endLine: at,
});
const chain = [
  line("FROM", "FROM alpine:3.24", 0),
  line("RUN", "RUN apk add curl", 1),
  line("ENV", "ENV A=1", 2),
  line("COPY", "COPY --from=build /app /app", 3),
];

const read = (report: unknown) => {
  const it = readReport(JSON.stringify(report));
  if (!it) throw new Error("no report");
  return it;
};
const placed = (report: unknown, floor: "low" | "high" | "unknown" = "unknown", lines = chain) =>
  vulnerablePackages(read(report), lines, floor).map(
    (it) =>
      `${it.severity} ${it.name} ${it.version} ${it.vulnerabilities.map((one) => one.id)} ${typeof it.from === "object" ? it.from.line : (it.from ?? "?")}`,
  );

describe("Trivy's report", () => {
  test("packages on the line that brought them, worst first", () => {
    expect(placed(trivy)).toEqual([
      "critical golang.org/x/net v0.1.0 CVE-2026-3000 3",
      "high libssl3 3.5.1-r0 CVE-2026-1549,CVE-2026-1551 base",
      "low curl 8.9.0-r0 CVE-2026-2000 1",
    ]);
  });

  test("of a severity and worse", () => {
    expect(placed(trivy, "high")).toHaveLength(2);
    expect(placed(trivy, "high")[1]).toBe("high libssl3 3.5.1-r0 CVE-2026-1549 base");
  });

  test("what it says of one", () => {
    expect(read(trivy).vulnerabilities[0]).toEqual({
      id: "CVE-2026-1551",
      severity: "medium",
      package: "libssl3",
      version: "3.5.1-r0",
      fixedIn: "3.5.2-r0",
      title: "openssl: overflow",
      url: "https://avd.aquasec.com/nvd/cve-2026-1551",
      layer: "sha256:base",
    });
  });

  test("an image without findings has no Results", () => {
    expect(read({ SchemaVersion: 2, Metadata: {} }).vulnerabilities).toEqual([]);
  });

  test("a line that was edited since is not named, and neither is any of another history", () => {
    const edited = chain.with(1, line("RUN", "RUN apk add wget", 1));
    expect(placed(trivy, "low", edited).at(-1)).toMatch(/^low curl .* \?$/);
    expect(placed(trivy, "low", [line("RUN", "RUN true", 0)]).every((it) => it.endsWith("?"))).toBe(true);
  });
});

test("Grype's report", () => {
  expect(placed(grype)).toEqual(["high minimist 0.0.8 GHSA-1 ?", "negligible zlib 1.1.1 CVE-2026-1549 1"]);
  expect(read(grype).vulnerabilities[0]).toMatchObject({
    fixedIn: "1.2.1, 2.1.3",
    title: "A flaw.",
    url: "https://nvd.nist.gov/vuln/detail/CVE-2026-1549",
  });
  expect(read(grype).vulnerabilities[1]).toMatchObject({
    fixedIn: undefined,
    url: undefined,
    layer: undefined,
  });
});

test.each(["", "no json", "null", "[]", "{}", '{"SchemaVersion":1}', '{"matches":{}}'])(
  "%j is no report",
  (text) => {
    expect(readReport(text)).toBeUndefined();
  },
);

test("fields of another kind are left out", () => {
  const odd = {
    SchemaVersion: 2,
    Results: [
      null,
      { Vulnerabilities: [1, {}, { VulnerabilityID: "X", PkgName: "p", Severity: 3, Layer: "y" }] },
    ],
  };
  expect(read(odd).vulnerabilities).toMatchObject([{ id: "X", severity: "unknown", layer: undefined }]);
});

describe("the program", () => {
  test("where it is looked for", () => {
    expect(scannerCandidates("").map((it) => it.program)).toEqual(["trivy", "grype"]);
    expect(scannerCandidates("/opt/bin/grype-0.100")).toEqual([
      { kind: "grype", program: "/opt/bin/grype-0.100" },
    ]);
    expect(scannerCandidates("C:\\tools\\trivy.exe")).toEqual([
      { kind: "trivy", program: "C:\\tools\\trivy.exe" },
    ]);
  });

  test("asks the engine only", () => {
    expect(scanArguments({ kind: "trivy", program: "trivy" }, "shop:1").join(" ")).toBe(
      "image --format json --scanners vuln --image-src docker --no-progress shop:1",
    );
    expect(scanArguments({ kind: "grype", program: "grype" }, "shop:1").join(" ")).toBe(
      "docker:shop:1 --output json",
    );
  });

  test.each([
    ["2026-11-26T10:00:00Z\tINFO\t[vulndb] Need to update DB", true],
    ["2026-11-26T10:00:00Z\tINFO\t[vulndb] Downloading vulnerability DB...", true],
    ["[0000]  INFO downloading new vulnerability DB", true],
    ["INFO Vulnerability scanning is enabled", false],
  ])("%j tells of a download: %s", (line, tells) => {
    expect(tellsOfDownload(line)).toBe(tells);
  });

  test.each([
    [
      "2026-11-26T10:00:00Z\tINFO\tscanning\n2026-11-26T10:00:01Z\tFATAL\tFatal error\timage scan error: no space\n",
      "image scan error: no space",
    ],
    [
      "[0000] ERROR failed to load vulnerability db: no such host\n",
      "failed to load vulnerability db: no such host",
    ],
    ["\u001b[31merror:\u001b[0m something\n", "something"],
    ["", ""],
  ])("the reason in %j", (printed, reason) => {
    expect(scanFailure(printed)).toBe(reason);
  });
});

test("what is told of packages", () => {
  const packages = vulnerablePackages(read(trivy), chain, "unknown");
  expect([...countBySeverity(packages)]).toEqual([
    ["critical", 1],
    ["high", 1],
    ["medium", 1],
    ["low", 1],
  ]);
  expect(packages.map((it) => fixesOf(it).join())).toEqual(["0.2.0", "3.5.2-r0", "8.9.1-r0"]);
  const text = scanMarkdown("shop:1", "trivy", packages, ({ from }) =>
    typeof from === "object" ? `line ${from.line}` : (from ?? "?"),
  );
  expect(text).toContain(
    "| medium | libssl3 3.5.1-r0 | [CVE-2026-1551](https://avd.aquasec.com/nvd/cve-2026-1551) | 3.5.2-r0 | base | openssl: overflow |",
  );
  expect(text).toContain("| high | libssl3 3.5.1-r0 | CVE-2026-1549 | — | base |  |");
});
