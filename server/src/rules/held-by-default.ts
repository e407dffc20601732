import type { Stage } from "../model/stage/stage.ts";
import type { Span } from "../text/span.ts";
import type { Problem } from "./rule.ts";

/**
 * What was found in a stage, with errors as warnings that rest on an image which is only the default of an ARG: no plain build comes to
 * such a stage, and who builds it by its name mostly says which image it stands on.
 */
export function heldByDefault(problems: readonly Problem[], stage: Stage): readonly Problem[] {
  const { base } = stage.bottom;
  const argument =
    stage.isFinal || stage.isUsedByFinal || base.kind !== "image" ? undefined : argumentOf(base.word.raw);
  if (argument === undefined || base.kind !== "image") return problems;
  const { buildArguments } = stage.model.inputs;
  if (Object.hasOwn(buildArguments, argument)) return problems;
  const { span } = base.word;
  const isOfBase = (place: Span | undefined) => place?.start === span.start;
  return problems.map((it) =>
    it.severity === "error" && (isOfBase(it.span) || it.related.some((reason) => isOfBase(reason.span)))
      ? {
          ...it,
          severity: "warning" as const,
          related: [
            ...it.related,
            { message: `That is the default of ${argument}, and no plain build comes to this stage.`, span },
          ],
        }
      : it,
  );
}

/** The ARG that names the image, and not its version alone: `${BASE_IMAGE}`, `$REGISTRY_IMAGE:22`. */
function argumentOf(word: string): string | undefined {
  return /^\$\{?(\w+)(?::?-[^}]*)?\}?(?:[:@][^/]*)?$/.exec(word)?.[1];
}
