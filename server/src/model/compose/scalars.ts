import { entriesOf, scalarsIn } from "../../syntax/compose/find.ts";
import type { ScalarNode } from "../../syntax/compose/tree.ts";
import type { ComposeProject, Service } from "./project.ts";

/**
 * All values of a file that are no list or mapping, in document order; of services only where they `matter`, which is told by
 * what is known of the service.
 */
export function scalarsOf(
  { file, services }: ComposeProject,
  matter: (service: Service) => boolean,
): readonly ScalarNode[] {
  const found: ScalarNode[] = [];
  for (const { key, value } of entriesOf(file.root)) {
    const isServices = key.value === "services" && value?.kind === "mapping";
    for (const it of isServices ? entriesOf(value) : [{ key, value }]) {
      const service = isServices ? services.get(it.key.value) : undefined;
      if (!service || it.value?.kind !== "mapping" || matter(service))
        for (const scalar of scalarsIn(it.value)) found.push(scalar);
    }
  }
  return found;
}
