import { test } from "vitest";
import { inlineIgnore as rule } from "../../../../server/src/rules/dockerfile/inline-ignore.ts";
import { reports } from "../../../support/check.ts";

test("ours and hadolint's, whatever they reach", () => {
  reports(rule)`
    # hadolint global ignore=DL3008
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ inline-ignore: This comment silences DL3008.
    FROM debian:13
    # hadolint ignore=DL3003,SC2086
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ inline-ignore: This comment silences DL3003,SC2086.
    RUN foo bar
    # plimsoll stage ignore=runs-as-root
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ inline-ignore
    RUN foo \
    # plimsoll ignore=sudo-in-run
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ inline-ignore
      bar
    # trivy:ignore:AVD-DS-0026
    ^^^^^^^^^^^^^^^^^^^^^^^^^^ inline-ignore: This comment silences DS-0026.
    # checkov:skip=CKV_DOCKER_3:No reason.
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ inline-ignore: This comment silences CKV_DOCKER_3.
    CMD ["foo"]
  `;
});

test("not other comments", () => {
  reports(rule)`
    FROM debian:13
    # hadolint shell=powershell
    # We do not ignore=anything
    RUN foo bar
  `;
});
