import { writtenRegistry } from "../../syntax/image-name/registry.ts";
import { literally } from "../../text/literally.ts";
import { source } from "../../text/source.ts";
import { isNamedContext } from "../knowledge/named-contexts.ts";
import { instructionRule } from "../rule.ts";

export const untrustedRegistry = instructionRule({
  id: "untrusted-registry",
  title: "Base image from a registry that is not trusted",
  severity: "warning",
  tags: ["security"],
  aliases: ["DL3026"],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports a base image from a registry that is not among \`trustedRegistries\` of the project's policy. \`*\` stands for
      any part of a name, as in \`*.example.com\`. A name without a registry is Docker Hub's, \`docker.io\`. Without a
      policy every registry is trusted.`,
    why: source`
      Whatever a base image holds runs in your containers. A project that takes its bases from registries of its own
      choice has to notice when one comes from elsewhere.`,
    policy: { trustedRegistries: ["*.example.com"], labels: {}, strictLabels: false },
    bad: source`
      FROM golang:1.27 AS builder
           ^^^^^^^^^^^ untrusted-registry: docker.io is no registry that the project trusts.
      FROM registry.example.com/base:3`,
    good: source`
      FROM registry.example.com/golang:1.27 AS builder
      FROM registry.example.com/base:3`,
  },

  instructions: ["FROM"],

  check(_, { base, model }, report, { trustedRegistries }) {
    if (!trustedRegistries || trustedRegistries.length === 0 || base.kind !== "image") return;
    if (isNamedContext(base.word.raw, model)) return;
    const registry = registryOf(base.image.text);
    if (trustedRegistries.some((it) => covers(it, registry))) return;
    report(base.word.span, `${registry} is no registry that the project trusts.`);
  },
});

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
