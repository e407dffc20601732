import { deviceRequest } from "./parts.ts";
import {
  count,
  duration,
  integer,
  key,
  list,
  mapping,
  number,
  oneOf,
  orEmpty,
  pairs,
  type Shape,
  size,
  text,
  textLike,
  texts,
} from "./shape.ts";

const rollout = mapping({
  parallelism: key("How many containers at a time; 0 for all at once.", count),
  delay: key("Time between two of these steps.", duration),
  failure_action: key("What happens when one fails.", textLike("continue", "pause", "rollback")),
  monitor: key("Time after which a container that runs counts as fine.", duration),
  max_failure_ratio: key("Share of failures that is put up with, 0 to 1.", number),
  order: key("Whether the old container ends before the new one starts.", oneOf("start-first", "stop-first")),
});

/** `deploy` of a service (compose-spec deploy.md, read 2026-11). */
export const deploy: Shape = orEmpty(
  mapping({
    replicas: key("Number of containers.", count),
    resources: key(
      "Limits and reservations of memory, processors and devices.",
      mapping({
        limits: key(
          "What a container can have at most.",
          mapping({
            cpus: key("Most processors, e.g. `0.5`.", number),
            memory: key("Most memory, e.g. `512m`; the container is ended when it needs more.", size),
            pids: key("Most processes.", integer),
          }),
        ),
        reservations: key(
          "What has to be free for a container.",
          mapping({
            cpus: key("Processors.", number),
            memory: key("Memory, e.g. `128m`.", size),
            generic_resources: key(
              "Resources that the machines were told to have.",
              list(
                mapping({
                  discrete_resource_spec: key(
                    "A resource that is counted.",
                    mapping({ kind: key("Its name.", text), value: key("How many.", number) }),
                  ),
                }),
              ),
            ),
            devices: key("Graphics cards and the like.", list(deviceRequest("refused"))),
          }),
        ),
      }),
    ),
    restart_policy: key(
      "When containers are started again.",
      mapping({
        condition: key("After which end.", textLike("none", "on-failure", "any")),
        delay: key("Time before it is tried.", duration),
        max_attempts: key("How often it is tried.", count),
        window: key("Time after which a start counts as done.", duration),
      }),
    ),
    update_config: key("How a new version is rolled out.", rollout),
    rollback_config: key("How a failed roll-out is taken back.", rollout),
    placement: key(
      "Machines that it may run on.",
      mapping({
        constraints: key("What a machine has to be, e.g. `node.role == worker`.", texts),
        preferences: key(
          "How containers are spread.",
          list(mapping({ spread: key("Label by which they are spread.", text) })),
        ),
        max_replicas_per_node: key("Most containers on one machine.", count),
      }),
    ),
    labels: key("Metadata of the service.", pairs),
    mode: key("One per machine, or a number of replicas.", textLike("replicated", "global")),
    endpoint_mode: key("How clients reach the replicas.", textLike("vip", "dnsrr")),
  }),
);
