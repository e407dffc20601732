import type { Service } from "../../../model/compose/project.ts";
import { scalarAt } from "../../../syntax/compose/find.ts";

/** Does `pull_policy` say that the image comes from this machine, whatever the registry has under its name? */
export function isNeverPulled({ node }: Pick<Service, "node">): boolean {
  const policy = scalarAt(node, "pull_policy")?.value;
  return policy === "never" || policy === "build";
}
