import { describe, expect, test } from "vitest";
import { vulnerablePackages } from "../../../client/src/scan/place-findings.ts";
import {
  isReachedByScanners,
  readReport,
  scanArguments,
  scanFailure,
  scannerCandidates,
  tellsOfDownload,
} from "../../../client/src/scan/scanner.ts";
import { countBySeverity, fixesOf, isLeft, scanMarkdown } from "../../../client/src/scan/told.ts";
import type { ChainLine } from "../../../client/src/sizes/lines/map-lines.ts";

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
          // The list of all packages, which the last one that came wrote.
          { path: "/lib/apk/db/installed", layerID: "sha256:app", accessPath: "/lib/apk/db/installed" },
          { path: "/usr/lib/libz.so.1", layerID: "sha256:curl", accessPath: "/usr/lib/libz.so.1" },
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
  if ("why" in it) throw new Error(it.why);
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

test.each(["", "no json", "null", "[]", "{}", '{"matches":{}}', '{"SchemaVersion":2,"Results":[{"Targ'])(
  "%j is no report",
  (text) => {
    expect(readReport(text)).toEqual({ why: "no-report" });
  },
);

test.each([
  ['{"SchemaVersion":1}', "1"],
  ['{"SchemaVersion":3,"Results":[]}', "3"],
  ['[{"Target":"shop (alpine 3.10)","Vulnerabilities":null}]', undefined],
])("%j is one of a form that is not known", (text, schema) => {
  expect(readReport(text)).toEqual({ why: "other-schema", schema });
});

describe("reports that say little", () => {
  test("Trivy: nulls, results without packages, several targets, no fix, none to come, a system that is too old", () => {
    const found = (more: object) => ({ PkgName: "p", InstalledVersion: "1", Severity: "HIGH", ...more });
    const report = {
      SchemaVersion: 2,
      ArtifactName: "shop",
      Metadata: { OS: { Family: "alpine", Name: "3.10.2", EOSL: true }, ImageConfig: null, DiffIDs: null },
      Results: [
        { Target: "shop (alpine 3.10.2)", Class: "os-pkgs", Packages: [{ Name: "musl" }] },
        { Target: "usr/bin/tool", Class: "lang-pkgs", Type: "gobinary", Vulnerabilities: null },
        {
          Target: "a",
          Vulnerabilities: [found({ VulnerabilityID: "CVE-1", Status: "affected", Layer: {} })],
        },
        {
          Target: "b",
          Vulnerabilities: [
            found({ VulnerabilityID: "CVE-1", FixedVersion: "", Title: null, Layer: null }),
            found({ VulnerabilityID: "CVE-2", Status: "will_not_fix", PkgName: "q" }),
            found({ VulnerabilityID: null }),
          ],
        },
        { Target: "etc/passwd", Class: "secret", Secrets: [{ RuleID: "x" }] },
      ],
    };
    expect(placed(report)).toEqual(["high p 1 CVE-1 ?", "high q 1 CVE-2 ?"]);
    expect(read(report).unsupported).toBe("alpine 3.10.2");
    const [p, q] = vulnerablePackages(read(report), chain, "unknown");
    expect([p && isLeft(p), q && isLeft(q)]).toEqual([false, true]);
    expect(read({ SchemaVersion: 2, Results: null, Metadata: null }).vulnerabilities).toEqual([]);
  });

  test("Grype: an SBOM for an image, packages that only the list of all packages names, fixes that will not come", () => {
    const match = (name: string, path: string, fix: unknown) => ({
      vulnerability: { id: "CVE-1", severity: null, fix },
      artifact: { name, version: "1", locations: path === "" ? null : [{ path, layerID: "sha256:curl" }] },
    });
    const matches = [
      match("apk", "/lib/apk/db/installed", { versions: null, state: "wont-fix" }),
      match("deb", "/var/lib/dpkg/status", null),
      match("deb-own", "/var/lib/dpkg/info/zlib1g.md5sums", { versions: [], state: "not-fixed" }),
      match("none", "", { versions: ["2"], state: "fixed" }),
      match("rpm", "/var/lib/rpm/rpmdb.sqlite", {}),
    ];
    const { target } = grype.source;
    const report = { matches, source: { type: "image", target } };
    expect(placed(report).toSorted()).toEqual([
      "unknown apk 1 CVE-1 ?",
      "unknown deb 1 CVE-1 ?",
      "unknown deb-own 1 CVE-1 1",
      "unknown none 1 CVE-1 ?",
      "unknown rpm 1 CVE-1 ?",
    ]);
    expect(
      vulnerablePackages(read(report), chain, "unknown")
        .filter(isLeft)
        .map((it) => it.name),
    ).toEqual(["apk"]);
    const ofSbom = { matches, source: { type: "sbom-file", target: "/x/sbom.json" }, distro: {} };
    expect(read(ofSbom)).toMatchObject({ diffIds: undefined, history: undefined });
    expect(read({ matches: [], source: null }).vulnerabilities).toEqual([]);
  });

  test("a huge one is read and placed in a moment", () => {
    const all = Array.from({ length: 60_000 }, (_, at) => ({
      VulnerabilityID: `CVE-${at}`,
      PkgName: `package-${at % 5_000}`,
      InstalledVersion: "1",
      Severity: "LOW",
      Description: "x".repeat(200),
      Layer: { DiffID: "sha256:curl" },
    }));
    const report = { ...trivy, Results: [{ Target: "all", Vulnerabilities: all }] };
    const began = performance.now();
    const packages = vulnerablePackages(read(report), chain, "unknown");
    expect(packages).toHaveLength(5_000);
    expect(packages.every((it) => typeof it.from === "object" && it.vulnerabilities.length === 12)).toBe(
      true,
    );
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

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

  test("is handed a file where it does not reach the engine", () => {
    const reached = (address: string, from: string) => isReachedByScanners(address, from);
    expect(reached("unix:///var/run/docker.sock", "default socket")).toBe(true);
    expect(reached("unix:///colima.sock", "context “colima”")).toBe(true);
    expect(reached("tcp://build:2376", "DOCKER_HOST")).toBe(true);
    expect(reached("tcp://build:2376", "context “build”")).toBe(false);
    expect(reached("ssh://ada@build", "DOCKER_HOST")).toBe(false);
    expect(scanArguments({ kind: "trivy", program: "trivy" }, "shop:1", "/t/i.tar").join(" ")).toBe(
      "image --format json --scanners vuln --no-progress --input /t/i.tar",
    );
    expect(scanArguments({ kind: "grype", program: "grype" }, "shop:1", "/t/i.tar").join(" ")).toBe(
      "docker-archive:/t/i.tar --output json",
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
