import { hasHealthcheck } from "../../model/compose/health.ts";
import { addHealthcheck } from "../../rules/writing/compose/add-health-check.ts";
import { workingTest } from "../../rules/writing/compose/working-test.ts";
import { entryIn, serviceAt } from "./place.ts";
import { offer, type Refactoring } from "./refactoring.ts";

/** A health check that works in the image of a service: its own program, or a look at its port with one that is there. */
export const health: Refactoring = {
  id: "health",
  kind: "rewrite",
  offersAt: (place) => {
    const service = serviceAt(place);
    const key = entryIn(place, "services", "*", "*")?.entry.key.value;
    // Offered where the service is named, and where it is said what it runs: not at each of its lines.
    if (!service || !(key === undefined || ["image", "build", "ports", "expose"].includes(key))) return [];
    if (service.healthcheck || hasHealthcheck(service).is === "yes" || !service.complete) return [];
    const test = workingTest(service);
    if (test === undefined) return [];
    return [
      offer(`Add a health check to ${service.name.value}`, addHealthcheck(place.project, service, test)),
    ];
  },
};
