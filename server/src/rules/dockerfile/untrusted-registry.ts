import type { Stage } from "../../model/stage/stage.ts";
import { writtenRegistry } from "../../syntax/image-name/registry.ts";
import { literally } from "../../text/literally.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { type CopySource, copySources } from "../knowledge/files/copy-sources.ts";
import { isUntagged } from "../knowledge/images/version-tags.ts";
import { isNamedContext } from "../knowledge/stages/named-contexts.ts";
import { instructionRule } from "../rule.ts";

export const untrustedRegistry = instructionRule({
  id: "untrusted-registry",
  title: "Image from a registry that is not trusted",
  severity: "warning",
  tags: ["security"],
  aliases: ["DL3026"],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports an image in FROM, \`COPY --from\` and \`RUN --mount=from=\` from a registry that is not among
      \`trustedRegistries\` of the project's policy. \`*\` stands for any part of a name, as in \`*.example.com\`. A name
      without a registry is Docker Hub's, \`docker.io\`. Without a policy every registry is trusted.`,
    why: source`
      Whatever such an image holds runs in your containers or your builds. A project that takes its images from registries
      of its own choice has to notice when one comes from elsewhere.`,
    policy: { trustedRegistries: ["*.example.com"], labels: {}, strictLabels: false },
    bad: source`
      FROM golang:1.27 AS builder
           ^^^^^^^^^^^ untrusted-registry: docker.io is no registry that the project trusts.
      FROM registry.example.com/base:3`,
    good: source`
      FROM registry.example.com/golang:1.27 AS builder
      FROM registry.example.com/base:3`,
  },

  instructions: ["FROM", "COPY", "RUN"],
  triggers: true,

  check(instruction, stage, report, { trustedRegistries }) {
    if (!trustedRegistries || trustedRegistries.length === 0) return;
    const { base, model } = stage;
    const tell = (image: string, span: Span) => {
      const registry = registryOf(image);
      if (!trustedRegistries.some((it) => covers(it, registry)))
        report(span, `${registry} is no registry that the project trusts.`);
    };
    if (instruction.name !== "FROM") {
      for (const it of copySources(instruction)) if (isImage(it, stage)) tell(it.name, it.span);
    } else if (base.kind === "image" && !isNamedContext(base.word.raw, model)) {
      tell(base.image.text, base.word.span);
    }
  },
});

/** Not a stage, nor a name that a build context may have: one without a tag that is no known image's. */
function isImage({ name }: CopySource, { model }: Stage): boolean {
  if (name === "" || name === "scratch" || name.includes("$") || /^\d+$/.test(name)) return false;
  if (model.findStage(name) || isNamedContext(name, model)) return false;
  return name.includes("/") || !isUntagged(name) || model.inputs.images.names().includes(name);
}

const HUB = "docker.io";

function registryOf(image: string): string {
  const written = writtenRegistry(image) ?? HUB;
  return /^(?:index|registry-1|hub)\.docker\.(?:io|com)$/.test(written) ? HUB : written;
}

function covers(trusted: string, registry: string): boolean {
  if (trusted === registry || (trusted === "hub.docker.com" && registry === HUB)) return true;
  if (!trusted.includes("*")) return false;
  const parts = trusted.split("*").map(literally);
  return new RegExp(`^${parts.join("[^/]*")}$`).test(registry);
}
