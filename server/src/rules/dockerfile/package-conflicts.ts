import { officialName } from "../../model/image/reference.ts";
import { imageNameBelow } from "../../model/stage/base-image.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { notedAlongChain } from "../../model/stage/stage-graph.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { hasOption, readPackageCommand } from "../knowledge/packages/package-commands.ts";
import { failureOf } from "../knowledge/stages/build-failure.ts";
import { commandRule } from "../rule.ts";

export const packageConflicts = commandRule({
  id: "package-conflicts",
  title: "Package that conflicts with one of the base image",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports that dnf, yum or microdnf installs \`curl\` on an image of release 9 of the Red Hat family (UBI, Rocky Linux,
      AlmaLinux, CentOS Stream) or of Amazon Linux 2023, which have \`curl-minimal\` instead. Silent for the minimal images of Rocky Linux and AlmaLinux, with \`--allowerasing\` or
      \`--skip-broken\`, and where the file itself speaks of \`curl-minimal\`.`,
    why: source`
      The two packages exclude each other, and dnf takes none away that it was not asked to: "package curl-minimal conflicts with
      curl", and the build ends. The program \`curl\` is there already, for HTTP and FTP; the full package is needed for other
      protocols only.`,
    bad: source`
      FROM rockylinux:9
      RUN dnf install -y curl tar && dnf clean all
                         ^^^^ package-conflicts: rockylinux:9 has curl-minimal, which has the program curl and conflicts with this package.`,
    good: source`
      FROM rockylinux:9
      RUN dnf install -y tar && dnf clean all`,
  },
  programs: ["dnf", "yum", "microdnf"],

  check({ command, script, run, stage }, report) {
    const call = readPackageCommand(command);
    if (call?.verb !== "install" || call.isOpen) return;
    const word = call.operands.find((it) => it.literal === "curl");
    if (!word || hasOption(call, ...REPLACING)) return;
    const image = imageNameBelow(stage);
    if (!image || !hasCurlMinimal(officialName(image.name), image.tag ?? "") || isSeenTo(stage)) return;
    const failure = failureOf(command, script, run, stage);
    if (failure === "allowed") return;
    const called = `${image.name}:${image.tag ?? "latest"}`;
    report(
      word.span,
      `${called} has curl-minimal, which has the program curl and conflicts with this package.`,
      {
        severity: failure === "stops" ? "error" : "warning",
        fixes:
          call.program === "microdnf"
            ? []
            : [
                {
                  kind: "unsafe",
                  title: "Let it take the other's place",
                  edits: [insert(call.verbWord.span.end, " --allowerasing")],
                },
              ],
      },
    );
  },
});

const REPLACING = ["--allowerasing", "--skip-broken", "--downloadonly", "--installroot", "--config"];

/** What takes curl-minimal away, or says of all calls that they may. */
const isSeenTo = notedAlongChain<boolean>(
  (stage: Stage, below) => below === true || stage.instructions.some((it) => says(SEEN_TO, it)),
);

const SEEN_TO = /curl-minimal|allowerasing|\/etc\/(?:dnf|yum)/;

/**
 * The images that ship curl-minimal: those of release 9 (rocky-linux/sig-cloud-instance-images issue 41, hashicorp/consul pull
 * request 15810 for UBI's microdnf, ceph/go-ceph pull request 993 for CentOS Stream, devcontainers/features issue 774 for
 * AlmaLinux) and Amazon Linux 2023 (amazonlinux/amazon-linux-2023 issue 416), read 2026-11.
 */
function hasCurlMinimal(name: string, tag: string): boolean {
  // Of their minimal images it is not known.
  if (/^(?:rockylinux|rockylinux\/rockylinux|almalinux)$/.test(name))
    return /^9(?!.*minimal)(?:[.-]|$)/.test(tag);
  if (name === "quay.io/centos/centos") return /^stream9/.test(tag);
  if (/^(?:public\.ecr\.aws\/amazonlinux\/)?amazonlinux$/.test(name)) return /^2023/.test(tag);
  return /^registry\.access\.redhat\.com\/(?:ubi9\/ubi(?:-minimal)?|ubi9|ubi9-minimal)$/.test(name);
}
