import { source } from "../../text/source.ts";
import { isNamedContext } from "../knowledge/stages/named-contexts.ts";
import { stageRule } from "../rule.ts";

export const baseWithoutDigest = stageRule({
  id: "base-without-digest",
  title: "Base image that is not pinned to its content",
  severity: "hint",
  tags: ["reproducible", "security"],
  aliases: ["S7023"],
  since: "0.4.0",
  fix: "none",
  // It asks for a bot that raises digests.
  enabled: false,
  docs: {
    what: source`
      Reports a base image without a digest (\`@sha256:…\`), whatever its tag. Runs only when asked for. A variable is there to
      be set from outside, and is left alone.`,
    why: source`
      A tag can be given to another image at any time, by a new build of its makers or by somebody who got into the registry.
      A digest cannot, so that a build takes what was looked at. Something has to raise it when there are fixes.`,
    bad: source`
      FROM alpine:3.24
           ^^^^^^^^^^^ base-without-digest: alpine:3.24 can be another image tomorrow: only a digest says which one it is.`,
    good: source`
      FROM alpine:3.24@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef`,
  },

  check({ base, model }, report) {
    if (base.kind !== "image" || base.image.digest !== undefined) return;
    const { image, word } = base;
    if (word.raw.includes("$") || isNamedContext(word.raw, model)) return;
    report(word.span, `${image.text} can be another image tomorrow: only a digest says which one it is.`);
  },
});
