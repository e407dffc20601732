import { config, model, network, secret, volume } from "./resources.ts";
import { service } from "./service.ts";
import {
  anything,
  deprecated,
  either,
  key,
  list,
  mapping,
  named,
  orEmpty,
  type Shape,
  text,
  textOrTexts,
} from "./shape.ts";

// Compose 2.40 takes what it finds of the three, and never looks at what else is there.
const inclusion: Shape = orEmpty(
  either(text, {
    mapping: {
      keys: {
        path: key("The Compose file, or files that are merged.", orEmpty(textOrTexts)),
        project_directory: key("Folder that its paths count from.", anything),
        env_file: key("Files with its variables, in place of `.env`.", orEmpty(textOrTexts)),
      },
      others: "free",
    },
  }),
);

/** A Compose file. */
export const composeShape: Shape = mapping({
  name: key(
    "Name of the project: prefix of its containers, networks and volumes. The folder's name when not given.",
    text,
  ),
  services: key(
    "The containers that make the application, by name. The name is also the host name the others reach it by.",
    named(service, "resource"),
  ),
  networks: key(
    "Networks that services join. Without any, all services share one called `default`.",
    named(network),
  ),
  volumes: key("Named volumes: data that outlives its container.", named(volume, "resource")),
  configs: key("Configuration files that services mount without being rebuilt.", named(config, "resource")),
  secrets: key("Secrets that services read as files below `/run/secrets`.", named(secret, "resource")),
  models: key("AI models that services use.", named(model)),
  include: key(
    "Other Compose files whose resources belong to this application; their paths count from their own folder.",
    orEmpty(list(inclusion)),
  ),
  version: deprecated("Obsolete: Compose ignores it and warns.", text),
});
