import { expect, test } from "vitest";
import { labelValueInvalid as rule } from "../../../../server/src/rules/dockerfile/label-value-invalid.ts";
import { fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";

const policy = {
  trustedRegistries: undefined,
  labels: {
    text: "text",
    raw: "rawtext",
    url: "url",
    time: "rfc3339",
    license: "spdx",
    commit: "hash",
    version: "semver",
    mail: "email",
  },
  strictLabels: false,
} as const;

test("each kind", () => {
  reports(rule, { policy })`
    FROM alpine:3.24
    LABEL text="" raw=''
               ^^ label-value-invalid: The label text is empty.
                      ^^ label-value-invalid: The label raw is empty.
    LABEL url=no-url url=example.com
              ^^^^^^ label-value-invalid: no-url is no URL.
                         ^^^^^^^^^^^ label-value-invalid
    LABEL time=no-time time=2021-02-30T10:00:00Z time="2021-03-10 10:26"
               ^^^^^^^ label-value-invalid: no-time is no time as RFC 3339 writes it, such as 2026-11-25T12:00:00Z.
                            ^^^^^^^^^^^^^^^^^^^^ label-value-invalid
                                                      ^^^^^^^^^^^^^^^^^^ label-value-invalid
    LABEL license=not-spdx license="MIT OR" license="MIT WITH MIT"
                  ^^^^^^^^ label-value-invalid: not-spdx is no licence of the SPDX list.
                                   ^^^^^^^^ label-value-invalid
                                                    ^^^^^^^^^^^^^^ label-value-invalid
    LABEL commit=not-git commit=2dbfae commit=2dbfae9g
                 ^^^^^^^ label-value-invalid: not-git is no commit of git.
                                ^^^^^^ label-value-invalid
                                              ^^^^^^^^ label-value-invalid
    LABEL version=latest version=1.4 version=v1.4.0
                  ^^^^^^ label-value-invalid: latest is no semantic version, such as 1.4.0.
                                 ^^^ label-value-invalid
                                             ^^^^^^ label-value-invalid
    LABEL mail=nobody mail="Jane <jane@example.com>"
               ^^^^^^ label-value-invalid: nobody is no mail address.
                           ^^^^^^^^^^^^^^^^^^^^^^^^^ label-value-invalid
    LABEL text=
          ^^^^ label-value-invalid
    ONBUILD LABEL version=1
                          ^ label-value-invalid
  `;
});

test("not what is right", () => {
  reports(rule, { policy })`
    FROM alpine:3.24
    LABEL text=x raw=" " url=http://example.com url="https://example.com/a?b=c#d" url=mailto:jane@example.com
    LABEL time="2021-03-10T10:26:33.564595127+01:00" time=2024-02-29T00:00:00Z
    LABEL license=BSD-3-Clause license=MIT license="(MIT OR Apache-2.0) AND GPL-2.0-only WITH Classpath-exception-2.0"
    LABEL license=LicenseRef-Proprietary license=apache-2.0 license=GPL-2.0+
    LABEL commit=2dbfae9 commit=43c572f1272b6b3171dd1db9e41b7027128ce080 commit=0123456789ab
    LABEL version=1.0.0 version=2.0.1-rc1 version="1.0.0-alpha.1+build.5"
    LABEL mail=abcd@google.com mail=jane.doe+docker@mail.example.com
    LABEL other=""
  `;
});

test("not a value that is given with the build, and nothing without a policy", () => {
  reports(rule, { policy })`
    FROM alpine:3.24
    ARG VERSION=dev
    LABEL version=$VERSION time="\${BUILD_TIME}" text=$NOTHING
  `;
  reports(rule)`
    FROM alpine:3.24
    LABEL org.opencontainers.image.created=yesterday
  `;
});

test("each finding stands for hadolint's rule of its kind", () => {
  const found = problemsOf(rule, { policy })`
    FROM alpine:3.24
    LABEL text="" url=x time=x license=x commit=x version=x mail=x
  `;
  const aliases = ["DL3051", "DL3052", "DL3053", "DL3054", "DL3055", "DL3056", "DL3058"];
  expect(found.flatMap((it) => it.aliases)).toEqual(aliases);
});

test("the licence that is near", () => {
  fixes(rule, "unsafe", "", { policy })`
    FROM alpine:3.24
    LABEL license="Apache 2.0"
    ->
    FROM alpine:3.24
    LABEL license="Apache-2.0"
  `;
  offersNothing(rule, { policy })`
    FROM alpine:3.24
    LABEL license=Proprietary
  `;
});
