import { endOfLifeOf } from "../../model/image/end-of-life.ts";
import type { Base, Stage } from "../../model/stage/stage.ts";
import { source } from "../../text/source.ts";
import { packageCommandsIn } from "../knowledge/packages/package-commands.ts";
import { isNamedContext } from "../knowledge/stages/named-contexts.ts";
import { instructionRule } from "../rule.ts";
import { endedMessage, maintainedInstead } from "../writing/images/ended-image.ts";

export const endOfLifeBase = instructionRule({
  id: "end-of-life-base",
  title: "Base image that gets no more fixes",
  severity: "warning",
  tags: ["security"],
  aliases: ["S23", "eol-or-deprecated-base", "eol-ruby-version"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a base image whose version is past its end of life: the language or database itself, the release of Debian,
      Ubuntu or Alpine below it, or an image that was given up (\`centos\`, \`openjdk\`).`,
    why: source`
      Nobody repairs security holes there any more, and they are published all the same. The images stay on the registry,
      so that nothing tells you when you build.`,
    bad: source`
      FROM node:18-alpine
           ^^^^^^^^^^^^^^ end-of-life-base: Node.js 18 has had no security fixes since 2025-04-30.`,
    good: source`
      FROM node:24-alpine`,
  },
  instructions: ["FROM"],

  check(_, stage, report) {
    const { base, model } = stage;
    if (base.kind !== "image" || base.image.digest !== undefined || isNamedContext(base.word.raw, model))
      return;
    const ended = endOfLifeOf(base.image);
    if (!ended) return;
    const { word, image } = base;
    const isKept = word.raw !== image.text || pinsPackages(stage) || isBoundToArgument(base, model);
    report(word.span, endedMessage(ended), {
      fixes: isKept ? [] : maintainedInstead(image, word.span, ended, model.inputs.images),
    });
  },
});

/** What another stage makes with this image's version comes from an argument there, and would stay with the old one. */
function isBoundToArgument({ image }: Extract<Base, { kind: "image" }>, { stages }: Stage["model"]): boolean {
  return stages.some(
    ({ base }) =>
      base.kind === "image" && base.image.name === image.name && base.word.raw !== base.image.text,
  );
}

/** Versions of the system's packages that are written out are those of its release, which another base may not be. */
function pinsPackages(stage: Stage): boolean {
  return stage.instructions.some((run) => {
    const script = run.name === "RUN" ? stage.commandsOf(run) : undefined;
    return (
      script !== undefined &&
      packageCommandsIn(script).some(
        ({ manager, act, words }) =>
          /^(apt|apk)$/.test(manager) &&
          act === "install" &&
          words.some((it) => /^[a-z\d][\w.+:-]*=\d/.test(it)),
      )
    );
  });
}
