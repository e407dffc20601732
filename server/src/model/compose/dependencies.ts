import { notedOnService } from "./project.ts";

/** Names of the services that a service depends on, in the order of its `dependsOn`. */
export const dependencyNames = notedOnService(({ dependsOn }): readonly string[] =>
  dependsOn.map((it) => it.service.value),
);
