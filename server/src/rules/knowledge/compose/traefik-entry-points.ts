import { type ComposeProject, notedOnService, type Service } from "../../../model/compose/project.ts";
import { HOLE } from "../../../syntax/compose/interpolate.ts";

/** Services that run Traefik 2 or later; labels of version 1 are others. */
export function traefiksOf({ services }: ComposeProject): readonly Service[] {
  return [...services.values()].filter((it) => isTraefik(it));
}

const isTraefik = notedOnService(({ image }): boolean => {
  const { name = "", tag } = image?.value ?? {};
  return (
    /(?:^|\/)traefik$/.test(name) &&
    !/^v?1(?:\.|$)|^(?:maroilles|camembert|cancoillotte|raclette)/.test(tag ?? "")
  );
});

/** Names of the entry points that Traefik is given by its arguments, lower case; undefined where they are not all known. */
export function entryPointsOf(service: Service): ReadonlySet<string> | undefined {
  const words = argumentsOf(service);
  const names = words?.flatMap(
    (it) => /^--entrypoints?\.([\w-]+)(?:[.=]|$)/i.exec(it)?.[1]?.toLowerCase() ?? [],
  );
  return names && names.length > 0 ? new Set([...names, "traefik"]) : undefined;
}

/**
 * Ports on which Traefik listens by its arguments: those of its entry points, 80 where it is told none, and 8080 where something is served at the entry
 * point `traefik` that has no address of its own (doc.traefik.io, EntryPoints and API, read 2026-11). Undefined where they are not all known.
 */
export function entryPointPortsOf(service: Service): readonly number[] | undefined {
  const words = isTraefik(service) ? argumentsOf(service) : undefined;
  if (!words || words.some((it) => /^--entrypoints?(?:=|$)/i.test(it))) return undefined;
  const told = words.flatMap((it) => {
    const [, name, address] = /^--entrypoints?\.([\w-]+)\.address(?:=(.*))?$/i.exec(it) ?? [];
    return name === undefined ? [] : [{ name: name.toLowerCase(), port: portOf(address) }];
  });
  if (told.some((it) => it.port === undefined)) return undefined;
  const ports = told.flatMap((it) => it.port ?? []);
  const isInside = words.some((it) => INSIDE.test(it)) && !told.some((it) => it.name === "traefik");
  return [...new Set([...(told.length === 0 ? [80] : ports), ...(isInside ? [8080] : [])])];
}

/** `:443`, `0.0.0.0:443/udp`. */
function portOf(address: string | undefined): number | undefined {
  const port = /^[\w.[\]:]*:(\d+)(?:\/(?:tcp|udp))?$/.exec(address ?? "")?.[1];
  return port === undefined ? undefined : Number(port);
}

/** What is served at the entry point `traefik` unless another one is named. */
const INSIDE = /^--(?:api\.insecure|ping|metrics\.prometheus|providers\.rest)(?![\w-])(?!=false)/i;

/** Names of the resolvers of certificates that it is given, lower case, of which there may be none. */
export function certificateResolversOf(service: Service): ReadonlySet<string> | undefined {
  const words = argumentsOf(service);
  return (
    words &&
    new Set(
      words.flatMap(
        (it) => /^--certificatesresolvers?\.([\w-]+)(?:[.=]|$)/i.exec(it)?.[1]?.toLowerCase() ?? [],
      ),
    )
  );
}

/**
 * What Traefik is told. Undefined where more of it may stand in a file, which goes before arguments, in another image or in a variable
 * (doc.traefik.io, Configuration overview, read 2026-11).
 */
function argumentsOf({
  complete,
  command,
  entrypoint,
  imageBuild: build,
  mounts,
  environment,
  environmentComplete,
  grantsComplete,
  configs,
}: Service): readonly string[] | undefined {
  const words = command?.words;
  const isOpen =
    !complete ||
    build !== undefined ||
    entrypoint !== undefined ||
    !environmentComplete ||
    !grantsComplete ||
    configs.length > 0 ||
    !words ||
    words.some((it) => it.includes(HOLE) || /^--configfile\b/i.test(it)) ||
    environment.some((it) => /^TRAEFIK_/i.test(it.name.value)) ||
    mounts.some(({ target }) => target.value.includes(HOLE) || MAY_CONFIGURE.test(target.value));
  return isOpen ? undefined : words;
}

/** Where Traefik looks for a file by itself, and whole folders in which one may be. */
const MAY_CONFIGURE =
  /^(?:\/|\/etc|\/etc\/traefik(?:\/.*)?|\/root(?:\/\.config(?:\/.*)?)?|.*\/traefik\.(?:ya?ml|toml))\/?$/;

/**
 * Does a Traefik look at containers that do not say `traefik.enable=true`? `unknown` where neither an argument nor a variable says it: a file may (doc.traefik.io, Docker provider, `exposedByDefault`, read 2026-11).
 */
export function isExposedByDefault({ command, environment }: Service): "yes" | "no" | "unknown" {
  const argument = (command?.words ?? []).findLast((it) => EXPOSED.test(it));
  const variable = environment.find((it) =>
    /^TRAEFIK_PROVIDERS_DOCKER_EXPOSEDBYDEFAULT$/i.test(it.name.value),
  );
  const value = (
    argument === undefined ? variable?.value?.value : EXPOSED.exec(argument)?.[1]
  )?.toLowerCase();
  if (value === undefined) return "unknown";
  return value === "false" ? "no" : value === "true" ? "yes" : "unknown";
}

const EXPOSED = /^--providers\.docker\.exposedbydefault(?:=(.*))?$/i;
