import type { Service } from "../../../model/compose/project.ts";
import type { Reason } from "../../../model/known.ts";
import type { Related } from "../../rule.ts";

/** What the evaluation says of the image that a service runs, placed in the Dockerfile where it is built from one. */
export function imageReasons(
  because: readonly Reason[],
  { imageBuild }: Pick<Service, "imageBuild">,
): readonly Related[] {
  if (!imageBuild) return because;
  const { file } = imageBuild;
  return because.map(({ message, span }) => (span && file ? { message, span, file } : { message }));
}
