import type { EffectiveProject } from "../../model/compose/effective/tree.ts";
import { usesOthers } from "../../model/compose/files/other-files.ts";
import type { ComposeProject } from "../../model/compose/project.ts";
import type { Span } from "../../text/span.ts";
import type { HideSecrets } from "../effective/secrets.ts";
import type { InlayHint } from "./inlay-hint.ts";
import { otherPlaceHints } from "./other-places.ts";
import { variableHints } from "./variable-values.ts";

/**
 * The hints of a part of a Compose file, in its order. `path` is that of the file in its project, which is asked for only where other files
 * or services may have a say.
 */
export function composeHints(
  file: ComposeProject,
  projectOf: () => EffectiveProject | undefined,
  path: string | undefined,
  range: Span,
  hide: HideSecrets,
): readonly InlayHint[] {
  const mayDiffer = path !== undefined && (!file.complete || usesOthers(file.file));
  const project = mayDiffer ? projectOf() : undefined;
  const others = project && path !== undefined ? otherPlaceHints(project, path, range) : [];
  return [...variableHints(file, range, hide), ...others].toSorted((a, b) => a.offset - b.offset);
}
