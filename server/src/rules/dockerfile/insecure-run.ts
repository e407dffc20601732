import { source } from "../../text/source.ts";
import { instructionRule } from "../rule.ts";

export const insecureRun = instructionRule({
  id: "insecure-run",
  title: "RUN that is let out of the sandbox",
  severity: "info",
  tags: ["security", "build"],
  aliases: ["S6502", "S6431"],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`RUN --security=insecure\` and \`RUN --network=host\`. Both build only where the builder allows them
      (\`--allow security.insecure\`, \`--allow network.host\`).`,
    why: source`
      An insecure RUN has all rights of the machine that it is built on, and one in the host's network reaches every
      service that listens there. Whatever it downloads and starts has them too.`,
    bad: source`
      FROM alpine:3.24
      RUN --security=insecure mount -t tmpfs none /mnt
          ^^^^^^^^^^^^^^^^^^^ insecure-run: This command runs with all rights of the machine that builds.
      RUN --network=host wget http://localhost:8080/data
          ^^^^^^^^^^^^^^ insecure-run`,
    good: source`
      FROM alpine:3.24
      RUN --mount=type=tmpfs,target=/mnt ls /mnt
      RUN --network=none ls /`,
  },

  instructions: ["RUN"],
  triggers: true,

  check({ flags }, _, report) {
    for (const { name, value, span } of flags) {
      if (name === "security" && value === "insecure")
        report(span, "This command runs with all rights of the machine that builds.", { aliases: ["S6502"] });
      if (name === "network" && value === "host")
        report(span, "This command runs in the network of the machine that builds.", { aliases: ["S6431"] });
    }
  },
});
