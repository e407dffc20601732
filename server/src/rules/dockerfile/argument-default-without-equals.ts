import { type DockerfileModel, notedOnModel } from "../../model/stage/dockerfile-model.ts";
import type { Instruction, Pair } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { isPredefined } from "../knowledge/instructions/global-arguments.ts";
import { dockerfileRule, type Fix } from "../rule.ts";

export const argumentDefaultWithoutEquals = dockerfileRule({
  id: "argument-default-without-equals",
  title: "Default of ARG without an equals sign",
  severity: "warning",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports ARG with two words where the second can only have been meant as the default of the first: \`ARG NODE_ENV
      production\`. Silent for two names of arguments, and where the second is used as one or declared again.`,
    why: source`
      ENV has a form without the equals sign, ARG has none: each word declares an argument. The first one has no
      default then, and is empty unless \`--build-arg\` gives it.`,
    bad: source`
      FROM node:24-alpine
      ARG NODE_ENV production
                   ^^^^^^^^^^ argument-default-without-equals: Without = this is one more argument, and NODE_ENV has no default.
      RUN echo "for $NODE_ENV"`,
    good: source`
      FROM node:24-alpine
      ARG NODE_ENV=production
      RUN echo "for $NODE_ENV"`,
  },

  check(model, report) {
    for (const instruction of model.file.instructions) {
      const declaration = instruction.name === "ONBUILD" ? instruction.inner : instruction;
      if (declaration?.name !== "ARG" || declaration.pairs.length !== 2) continue;
      const [argument, value] = declaration.pairs;
      if (!argument || !value || argument.value || value.value) continue;
      if (!isDefault(value.name.raw, argument.name.raw) || isArgument(value.name.raw, declaration, model))
        continue;
      const message = `Without = this is one more argument, and ${argument.name.raw} has no default.`;
      report(value.name.span, message, { fixes: fixesOf(argument, value, model) });
    }
  },
});

/** What is no name, or is not written as the name in front of it: in small letters behind capitals. */
function isDefault(word: string, name: string): boolean {
  if (!/^[A-Za-z_]\w*$/.test(name) || isPredefined(word)) return false;
  if (!/^[A-Za-z_]\w*$/.test(word)) return !word.startsWith("$");
  return /^[A-Z]/.test(name) && name === name.toUpperCase() && word === word.toLowerCase();
}

/** Does something use it, or say again that it is an argument? */
function isArgument(word: string, declaration: Instruction, model: DockerfileModel): boolean {
  if (usedIn(model).has(word)) return true;
  const declarations = declaredIn(model).get(word);
  return declarations?.some((it) => it !== declaration) ?? false;
}

const usedIn = notedOnModel(
  ({ file }): ReadonlySet<string> =>
    new Set([...file.text.matchAll(/\$\{?(\w+)/g)].map(([, name = ""]) => name)),
);

const declaredIn = notedOnModel(({ file }): ReadonlyMap<string, readonly Instruction[]> => {
  const found = new Map<string, Instruction[]>();
  for (const instruction of file.instructions) {
    if (instruction.name !== "ARG" && instruction.name !== "ENV") continue;
    for (const { name } of instruction.pairs) {
      const declarations = found.get(name.raw);
      if (declarations) declarations.push(instruction);
      else found.set(name.raw, [instruction]);
    }
  }
  return found;
});

/** Only a blank stands between the two. */
function fixesOf({ name }: Pair, value: Pair, { file }: DockerfileModel): Fix[] {
  const between = { start: name.span.end, end: value.span.start };
  if (!/^[ \t]+$/.test(file.text.slice(between.start, between.end))) return [];
  return [{ kind: "unsafe", title: `Write ${name.raw}=${value.name.raw}`, edits: [replace(between, "=")] }];
}
