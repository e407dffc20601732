import { entriesOf, valueAt } from "../../syntax/compose/find.ts";
import type { ComposeFile } from "../../syntax/compose/tree.ts";
import { inheritServices } from "./inherit.ts";
import type { ComposeInputs } from "./inputs.ts";
import type { ComposeProject, Service } from "./project.ts";
import { readService } from "./read-service.ts";
import { readResources } from "./section/resources.ts";
import { type Mismatch, mismatchesIn } from "./specification/mismatches.ts";

/** The project that a Compose file describes, as far as this one file tells. Any file gives a project. */
export function readComposeProject(file: ComposeFile, inputs: ComposeInputs): ComposeProject {
  const reading = { text: file.text, inputs };
  const own = new Map(
    entriesOf(valueAt(file.root, "services")).map(
      (entry) => [entry.key.value, readService(entry, reading)] as const,
    ),
  );
  const services = inheritServices(own);
  let mismatches: readonly Mismatch[] | undefined;
  return {
    file,
    services,
    networks: readResources(file.root, "networks", reading),
    volumes: readResources(file.root, "volumes", reading),
    secrets: readResources(file.root, "secrets", reading),
    configs: readResources(file.root, "configs", reading),
    complete: inputs.alone && isWhole(file, services),
    single: inputs.single,
    get mismatches() {
      mismatches ??= mismatchesIn(file.root, inputs.variables);
      return mismatches;
    },
    images: inputs.images,
    variables: inputs.variables,
    files: inputs,
    hasEnvFile: inputs.readFile(".env") !== undefined,
  };
}

/** False when the file itself shows that something is elsewhere, or cannot be read to its end. */
function isWhole(file: ComposeFile, services: ReadonlyMap<string, Service>): boolean {
  if (file.furtherDocuments > 0 || file.problems.some((it) => it.severity === "error")) return false;
  if (valueAt(file.root, "include")) return false;
  // A service with nothing to run is refused by Compose, unless another file is merged under it.
  return [...services.values()].every((it) => it.complete && hasSomethingToRun(it));
}

function hasSomethingToRun({ node, build, image }: Service): boolean {
  return (
    build !== undefined ||
    image !== undefined ||
    ["image", "build", "provider", "extends"].some((it) => valueAt(node, it))
  );
}
