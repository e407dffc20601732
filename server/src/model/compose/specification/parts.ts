import {
  either,
  flag,
  integer,
  key,
  list,
  mapping,
  named,
  pairs,
  type Shape,
  set,
  text,
  textAs,
} from "./shape.ts";

/** A list of words, or a text that Compose takes apart. */
export const command: Shape = either(text, list(text), { empty: true });

/** What a service or a build is given of the top-level secrets or configs. */
export const mountedFiles: Shape = list(
  either(
    text,
    mapping(
      {
        source: key("Its name at the top of the file.", text),
        target: key("Where it is in the container.", text),
        uid: key("Who owns it there.", text),
        gid: key("Which group owns it there.", text),
        mode: key("Its permissions, e.g. `0440`.", {
          scalar: {
            type: "port",
            form: {
              pattern: /^(?:0o[0-7]+|-?(?:0[0-7]*|[1-9]\d*))$/,
              name: "octal permissions such as `0440`",
            },
          },
        }),
      },
      "source",
    ),
  ),
);

const limit: Shape = { scalar: { type: "integer", integral: true } };

/** `ulimits`: one number, or two. */
export const limits: Shape = named(
  either(
    limit,
    mapping(
      {
        soft: key("The limit that a process may raise.", limit),
        hard: key("The highest that it may raise it to.", limit),
      },
      "soft",
      "hard",
    ),
  ),
  "limit",
);

/** `name:address`, or names with one address or several. */
export const hostAddresses: Shape = either(
  set(textAs("`name:address`", /[:=]/)),
  named(either(text, list(text))),
);

/** Graphics cards and the like. */
export const deviceRequest = (others: "refused" | "free"): Shape => {
  const keys = {
    capabilities: key("What the device must be able to do, e.g. `gpu`.", set(text)),
    count: key("How many, or `all`.", { scalar: { type: "amount" } }),
    device_ids: key("Which ones.", set(text)),
    driver: key("Driver that provides them.", text),
    options: key("Options of the driver.", pairs),
  };
  return { mapping: { keys, others, ...(others === "refused" && { required: ["capabilities"] }) } };
};

/** A command that runs in a container at a point of its life. */
export const hook: Shape = mapping(
  {
    command: key("The command.", command),
    user: key("User that it runs as.", text),
    privileged: key("Runs it with all rights.", flag),
    working_dir: key("Folder that it runs in.", text),
    environment: key("Variables that it is given besides.", pairs),
  },
  "command",
);

/** Options that a driver takes. */
export const driverOptions: Shape = named({ scalar: { type: "port" } });

/** How fast, and on which device. */
export const diskRate: Shape = list({
  mapping: {
    keys: {
      path: key("The device, e.g. `/dev/sda`.", text),
      rate: key("Bytes or operations a second.", { scalar: { type: "bytes", whole: true } }),
    },
    others: "closed",
  },
});
export const diskWeight: Shape = list({
  mapping: {
    keys: {
      path: key("The device, e.g. `/dev/sda`.", text),
      weight: key("Its weight, 10 to 1000.", integer),
    },
    others: "closed",
  },
});
