import { entriesOf, scalarsIn } from "../../../syntax/compose/find.ts";
import type { ScalarNode } from "../../../syntax/compose/tree.ts";
import type { ComposeProject, Service } from "../project.ts";

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
    if (!isServices) {
      for (const it of scalarsIn(value)) found.push(it);
      continue;
    }
    for (const it of entriesOf(value)) {
      const service = it.value?.kind === "mapping" ? services.get(it.key.value) : undefined;
      if (!service || matter(service)) for (const scalar of scalarsIn(it.value)) found.push(scalar);
    }
  }
  return found;
}
