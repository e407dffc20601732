import { driverOptions } from "./parts.ts";
import {
  deprecated,
  either,
  flag,
  integer,
  key,
  list,
  mapping,
  named,
  orEmpty,
  pairs,
  type Shape,
  text,
  textLike,
  texts,
} from "./shape.ts";

/** True, or the old form with the name inside. */
const external = (others: "refused" | "free"): Shape =>
  either(flag, {
    mapping: {
      keys: { name: deprecated("Its name on the engine: `name` beside `external` does the same.", text) },
      others,
    },
  });

const name = key("Its name on the engine, without the project's prefix.", text);
const driverKeys = {
  driver_opts: key("Options of the driver.", driverOptions),
  labels: key("Metadata of it.", pairs),
};

/** An entry of `networks` (compose-spec 06-networks.md, read 2026-11). */
export const network: Shape = orEmpty(
  mapping({
    ...driverKeys,
    driver: key("Kind of network.", textLike("bridge", "overlay", "host", "none", "macvlan", "ipvlan")),
    external: key("It exists already, and Compose does not make it.", external("refused")),
    internal: key("Cut off from the outside.", flag),
    attachable: key("Containers outside of the project may join.", flag),
    enable_ipv4: key("IPv4 addresses.", flag),
    enable_ipv6: key("IPv6 addresses.", flag),
    ipam: key(
      "Address ranges.",
      mapping({
        driver: key("What gives out addresses.", text),
        config: key(
          "The ranges.",
          list(
            mapping({
              subnet: key("The whole range, e.g. `172.28.0.0/16`.", text),
              ip_range: key("The part of it that containers are given addresses from.", text),
              gateway: key("Address of the way out.", text),
              aux_addresses: key("Addresses that are kept for others, by name.", named(text)),
            }),
          ),
        ),
        options: key("Options of that driver.", named(text)),
      }),
    ),
    name,
  }),
);

/** An entry of `volumes` (compose-spec 07-volumes.md, read 2026-11). */
export const volume: Shape = orEmpty(
  mapping({
    ...driverKeys,
    driver: key("Kind of volume.", textLike("local")),
    external: key("It exists already, and Compose does not make it.", external("refused")),
    name,
  }),
);

const fileKeys = {
  name,
  file: key("File that holds it.", text),
  environment: key("Environment variable that holds it.", text),
  external: key("It exists already on the engine.", external("free")),
  labels: key("Metadata of it.", pairs),
  template_driver: key("What fills in its placeholders (Swarm).", text),
};

/** An entry of `secrets` (compose-spec 09-secrets.md, read 2026-11). */
export const secret: Shape = mapping({
  ...fileKeys,
  driver: key("What keeps it (Swarm).", text),
  driver_opts: key("Options of the driver.", driverOptions),
});

/** An entry of `configs` (compose-spec 08-configs.md, read 2026-11). */
export const config: Shape = mapping({ ...fileKeys, content: key("The text itself.", text) });

/** An entry of `models` (compose-spec models.md, read 2026-11). */
export const model: Shape = mapping(
  {
    name,
    model: key("Reference of the model, e.g. `ai/smollm2`.", text),
    context_size: key("Most tokens of a context.", integer),
    runtime_flags: key("Options of the program that runs it.", texts),
  },
  "model",
);
