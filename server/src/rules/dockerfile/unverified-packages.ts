import { source } from "../../text/source.ts";
import { type SkippedCheck, skippedByVariable, skippedChecks } from "../knowledge/packages/verification.ts";
import { instructionRule } from "../rule.ts";

export const unverifiedPackages = instructionRule({
  id: "unverified-packages",
  title: "Packages whose origin is not checked",
  severity: "warning",
  tags: ["security"],
  aliases: [
    "CKV2_DOCKER_4",
    "CKV2_DOCKER_7",
    "CKV2_DOCKER_8",
    "CKV2_DOCKER_9",
    "CKV2_DOCKER_10",
    "CKV2_DOCKER_11",
    "CKV2_DOCKER_12",
    "CKV2_DOCKER_13",
    "CKV2_DOCKER_15",
    "CKV2_DOCKER_16",
  ],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports options, settings and variables with which a package manager skips signatures or certificates:
      \`--allow-untrusted\`, \`--allow-unauthenticated\`, \`--nogpgcheck\`, \`--nosignature\`, \`--trusted-host\`,
      \`strict-ssl false\`, \`sslverify=0\` and the like.`,
    why: source`
      Packages run with all rights when they are installed. Without these checks anybody between the build and the server can
      put own ones in their place. Add the key or the certificate that is missing instead.`,
    bad: source`
      FROM alpine:3.24
      RUN apk add --no-cache --allow-untrusted glibc-2.35.apk
                             ^^^^^^^^^^^^^^^^^ unverified-packages: Packages that no trusted key has signed are taken here.`,
    good: source`
      FROM alpine:3.24
      COPY team.rsa.pub /etc/apk/keys/
      RUN apk add --no-cache glibc-2.35.apk`,
  },
  instructions: ["ARG", "ENV", "RUN"],
  triggers: true,

  check(instruction, stage, report) {
    const tell = ({ span, message, aliases }: SkippedCheck) => report(span, message, { aliases });
    if (instruction.name === "RUN") {
      for (const command of stage.commandsOf(instruction)?.commands ?? [])
        for (const skipped of skippedChecks(command)) tell(skipped);
      return;
    }
    for (const { name, value, span } of instruction.pairs) {
      const skipped = value && skippedByVariable(name.raw, value.raw.replace(/["']/g, ""));
      if (skipped) tell({ ...skipped, span });
    }
  },
});
