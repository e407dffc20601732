import type { BuildArguments } from "../../model/stage/dockerfile-model.ts";
import { PLATFORM_ARGUMENTS } from "../../model/stage/global-arguments.ts";
import { expandWord, type Lookup, UNKNOWN } from "../../syntax/dockerfile/expand.ts";
import { isReference } from "../../syntax/dockerfile/problems/image-reference.ts";
import type { Pair } from "../../syntax/dockerfile/tree.ts";
import { variablesIn } from "../../syntax/dockerfile/variables.ts";
import { source } from "../../text/source.ts";
import { globalDeclarations, isPredefined } from "../knowledge/instructions/global-arguments.ts";
import { dockerfileRule } from "../rule.ts";

export const invalidDefaultArgumentInFrom = dockerfileRule({
  id: "invalid-default-argument-in-from",
  title: "FROM that names no image without a build argument",
  severity: "warning",
  tags: ["build"],
  aliases: ["InvalidDefaultArgInFrom"],
  since: "0.1.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports a FROM whose image is empty or no valid name as long as its arguments have their defaults. Where a Compose file
      around gives them, that is information: a build without Compose fails all the same, and BuildKit says so too.`,
    why: source`
      A plain \`docker build .\` fails, and so does every tool that reads the file without knowing the arguments. A
      default shows what the file is meant for.`,
    bad: source`
      ARG VERSION
      FROM busybox:$VERSION
           ^^^^^^^^^^^^^^^^ invalid-default-argument-in-from: Without --build-arg VERSION this is busybox:, which is no image.`,
    good: source`
      ARG VERSION=1.37
      ARG VARIANT
      FROM busybox:$VERSION$VARIANT`,
  },

  check(model, report) {
    if (!model.stages.some(({ base }) => base.word?.raw.includes("$"))) return;
    const declared = globalDeclarations(model);
    const { escape: sign } = model.file;
    const byDefault = lookupIn(defaultsOf(declared, {}, sign));
    const asGiven = lookupIn(defaultsOf(declared, model.inputs.buildArguments, sign));
    for (const { from } of model.stages) {
      const [word] = from.words;
      if (!word?.raw.includes("$")) continue;
      const asBuilt = expandWord(word.raw, asGiven, sign);
      const isMeant = asBuilt.value !== undefined && isReference(asBuilt.value);
      const { value, unset } = isMeant ? expandWord(word.raw, byDefault, sign) : asBuilt;
      // What is declared nowhere is a mistake of its own, and nobody can give it.
      if (value === undefined || isReference(value) || unset.some((it) => !declared.has(it))) continue;
      const named = variablesIn(word, sign).map((it) => it.name);
      const given = unset.length > 0 ? unset : named.filter((it) => declared.has(it));
      const which = given.map((it) => `--build-arg ${it}`).join(" and ");
      const what = value === "" ? "empty" : `${value}, which is no image`;
      report(word.span, `Without ${which} this is ${what}.`, {
        // As BuildKit says it, whatever the Compose file around gives.
        ...(isMeant && { severity: "info" as const }),
        related: given.flatMap((it) => {
          const pair = declared.get(it);
          return pair ? [{ message: `${it} is declared here.`, span: pair.span }] : [];
        }),
      });
    }
  },
});

function lookupIn(values: ReadonlyMap<string, string | typeof UNKNOWN>): Lookup {
  return (name) =>
    values.get(name) ?? (PLATFORM_ARGUMENTS.has(name) || isPredefined(name) ? UNKNOWN : undefined);
}

/** The values of the arguments that have one: what is given, or the default with the arguments above it in place. */
function defaultsOf(
  declared: ReadonlyMap<string, Pair>,
  given: BuildArguments,
  escapeCharacter: string,
): ReadonlyMap<string, string | typeof UNKNOWN> {
  const values = new Map<string, string | typeof UNKNOWN>();
  const lookup: Lookup = (name) => values.get(name) ?? (PLATFORM_ARGUMENTS.has(name) ? UNKNOWN : undefined);
  for (const [name, { value }] of declared) {
    if (Object.hasOwn(given, name)) values.set(name, given[name] ?? UNKNOWN);
    else if (value) values.set(name, expandWord(value.raw, lookup, escapeCharacter).value ?? UNKNOWN);
    else if (PLATFORM_ARGUMENTS.has(name)) values.set(name, UNKNOWN);
  }
  return values;
}
