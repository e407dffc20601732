import { imageOf } from "../../../model/compose/builds/run-image.ts";
import { notedOnService, type Service } from "../../../model/compose/project.ts";
import { isOfficial, serverOf } from "../../../model/compose/servers/known-server.ts";
import { HOLE } from "../../../syntax/compose/interpolate.ts";
import { settingOf } from "./database-settings.ts";

/** The password that `--requirepass` of Redis or Valkey demands; undefined where there is none, or where it is not known. */
export const demandedPassword = notedOnService((service): string | undefined => {
  const server = serverOf(service);
  if (!server || !/^(?:Redis|Valkey)$/.test(server.title)) return undefined;
  if (isOfBitnami(service)) return passwordOfBitnami(service);
  if (!isOfficial(server, service)) return undefined;
  const { command, entrypoint, complete } = service;
  if (!complete || entrypoint || !command?.words) return undefined;
  // A file of its own, or users of an access list, may say otherwise.
  if (command.words.some((it) => /\.conf\b|--(?:user|aclfile)\b/.test(it))) return undefined;
  const [first = "", option, line] = command.words;
  if (/^(?:\/bin\/)?(?:ba|da|a)?sh$/.test(first))
    return option === "-c" && command.words.length === 3 ? passwordInScript(service, line) : undefined;
  if (!first.startsWith("-") && !/^(?:redis|valkey)-server$/.test(first)) return undefined;
  const at = command.words.indexOf("--requirepass");
  const password = at < 0 ? undefined : command.words[at + 1];
  return password && !/[$\s]/.test(password) && !password.includes(HOLE) ? password : undefined;
});

/** Of one call of the server, which is given the password as it is or by a variable of the container. */
function passwordInScript(service: Service, line = ""): string | undefined {
  const match =
    /^(?:exec )?(?:redis|valkey)-server(?: (?!--requirepass)[\w./:-]+)* --requirepass (?:"?\$\{?(\w+)\}?"?|(["']?)([\w.~-]+)\2)(?: [\w./:-]+)*$/.exec(
      line.trim(),
    );
  if (!match) return undefined;
  const [, variable, , written] = match;
  if (variable === undefined) return written;
  const setting = settingOf(service, [variable]);
  return setting.is === "set" ? setting.value : undefined;
}

function isOfBitnami(service: Service): boolean {
  return /(?:^|\/)bitnami(?:legacy|secure)?\/(?:redis|valkey)$/.test(imageOf(service)?.name ?? "");
}

/**
 * bitnami/containers, bitnami/redis/README.md (read 2026-11-27): the password is `REDIS_PASSWORD`, and without one the image does not
 * start. A configuration of one's own in its place may say another.
 */
function passwordOfBitnami(service: Service): string | undefined {
  const { complete, command, entrypoint, imageBuild: build, mounts, configs } = service;
  if (!complete || command || entrypoint || build || configs.length > 0) return undefined;
  if (mounts.some((it) => /etc|\.conf|\$/.test(it.target.value))) return undefined;
  const isValkey = imageOf(service)?.name.endsWith("valkey");
  const setting = settingOf(service, [isValkey ? "VALKEY_PASSWORD" : "REDIS_PASSWORD"]);
  return setting.is === "set" ? setting.value : undefined;
}
