import { expect, test } from "vitest";
import { readPackageIndex } from "../../../../server/src/model/image/package-index.ts";

const index = readPackageIndex(
  [
    "# Names of packages.",
    "= 11",
    "netcat",
    "python3.9",
    "= 11 12",
    ...["a", "ab", "abc", "g++", "libgl1-mesa-glx", "zip"],
    "= 12",
    "python3.11",
    "? 12",
    "awk gawk mawk",
    "netcat netcat-openbsd netcat-traditional",
    "",
  ].join("\n"),
);

test("names of a release, first and last of each part among them", () => {
  for (const name of ["a", "ab", "abc", "g++", "libgl1-mesa-glx", "zip", "python3.11"])
    expect(index.has("12", name), name).toBe(true);
  for (const name of ["", "0", "aa", "abcd", "netcat", "python3.9", "zipp", "zz", "g+", "# Names"])
    expect(index.has("12", name), name).toBe(false);
  expect(index.has("11", "netcat")).toBe(true);
});

test("says nothing of what it does not hold", () => {
  expect(index.has("13", "zip")).toBeUndefined();
  expect(index.has("12", "librust-serde-dev")).toBeUndefined();
  expect(index.has("12", "linux-headers-amd64")).toBeUndefined();
});

test("who provides a name, which names begin so, which match", () => {
  expect(index.providersOf("12", "netcat")).toEqual(["netcat-openbsd", "netcat-traditional"]);
  expect(index.providersOf("12", "awk")).toEqual(["gawk", "mawk"]);
  expect(index.providersOf("12", "zip")).toEqual([]);
  expect(index.providersOf("11", "netcat")).toEqual([]);
  expect(index.startingWith("12", "ab")).toEqual(["ab", "abc"]);
  expect(index.startingWith("12", "python")).toEqual(["python3.11"]);
  expect(index.startingWith("12", "zq")).toEqual([]);
  expect(index.matching("11", /^python3/)).toEqual(["python3.9"]);
});

test("what comes with a package, by release and with what it recommends", () => {
  const written = readPackageIndex(
    [
      "# Packages.",
      "= 11 12",
      ...["curl", "libc", "netcat-a", "netcat-b"],
      "+ 11 required",
      '!"!!!#!!',
      "+ 11 recommended",
      "!$!!!#!!",
      "+ 12 required",
      '!"!!!#!"',
      "? 12",
      "netcat netcat-a netcat-b",
      "* curl nc @certificates",
      "",
      "0",
      "1",
      "0 2",
      "",
    ].join("\n"),
  );
  const brought = (release: string, name: string, withRecommended = false) => {
    const found = written.broughtBy(release, name, withRecommended);
    return found && [...found];
  };
  expect([...written.programs]).toEqual(["curl", "nc", "@certificates"]);
  expect(brought("11", "curl")).toEqual(["curl"]);
  expect(brought("11", "curl", true)).toEqual(["curl", "@certificates"]);
  expect(brought("11", "libc")).toEqual([]);
  expect(brought("11", "netcat-b")).toEqual([]);
  expect(brought("12", "netcat")).toEqual(["nc", "curl"]);
  for (const [release, name] of [
    ["11", "netcat"],
    ["11", "cur"],
    ["13", "curl"],
  ] as const)
    expect(brought(release, name), `${name} of ${release}`).toBeUndefined();
  // Of this release nothing is said of recommended packages.
  expect(brought("12", "curl", true)).toBeUndefined();
});
