import { hasHealthcheck } from "../../../model/compose/health.ts";
import { listensOn } from "../../../model/compose/hosts/listening.ts";
import type { Build, ComposeProject, Mount, PortMapping, Service } from "../../../model/compose/project.ts";
import { serverOf } from "../../../model/compose/servers/known-server.ts";
import { hasTool } from "../../../model/compose/tools.ts";
import { listed, type Section, usersOf } from "../../completion/compose/services.ts";
import { settingsOfImage } from "../../knowledge/image-settings.ts";
import { bold, code, plain } from "../../markdown.ts";
import { stageSummary, stageTitle } from "../../stage-text.ts";
import { imageText } from "../image-text.ts";

/** A service, where another one names it. */
export function serviceText(service: Service): string {
  const { name, image, imageFacts, imageBuild: build, ports, dependsOn } = service;
  const lines = [
    image && `- Image: ${code(image.value.text)}`,
    build &&
      `- Built from: ${code(build.context?.value ?? ".")}${build.stage ? `, ${plain(stageTitle(build.stage))}` : ""}`,
    ports.length > 0 &&
      `- Ports: ${ports.map((it) => code(`${it.published ?? ""}:${it.target ?? "?"}`)).join(", ")}`,
    dependsOn.length > 0 &&
      `- Waits for: ${dependsOn.map((it) => `${code(it.service.value)} (${plain(it.condition?.value ?? "service_started")})`).join(", ")}`,
    healthText(service),
  ].filter((it) => typeof it === "string");
  const facts = imageFacts ? `\n\n${imageText(imageFacts)}` : "";
  return `${bold(name.value)}\n\n${lines.join("\n")}${facts}`;
}

function healthText(service: Service): string | undefined {
  const { healthcheck } = service;
  if (healthcheck?.disabled) return "- Health check: switched off";
  const has = hasHealthcheck(service).is;
  // Its words may hold a password.
  const test = healthcheck?.test?.[1] && /^[\w./-]+/.exec(healthcheck.test[1].value)?.[0];
  if (has === "yes") return `- Health check: ${test ? code(test) : "that of the image"}`;
  return has === "no" ? "- Health check: none" : undefined;
}

/** What the build of a service makes: the stage, what it stands on, who it runs as. */
export function buildText({ context, dockerfile, stage, model }: Build): string | undefined {
  const place = `${code(dockerfile?.value ?? "Dockerfile")} in ${code(context?.value ?? ".")}`;
  if (!model) return undefined;
  if (!stage) return `${place} has no stage of this name.`;
  return `From ${place}: ${bold(stageTitle(stage))}\n\n${stageSummary(stage)}`;
}

/** What of a container is reached where, in words. */
export function portText(port: PortMapping, service: Service): string | undefined {
  const { hostAddress, published, lastPublished, target, lastTarget, protocol, known } = port;
  if (target === undefined || !known) return undefined;
  const range = (first: number, last: number | undefined) =>
    last !== undefined && last !== first ? `ports ${first} to ${last}` : `port ${first}`;
  const over = protocol === "tcp" ? "" : ` over ${protocol.toUpperCase()}`;
  const where =
    published === undefined
      ? "at a free port that the engine picks"
      : `at ${range(published, lastPublished)}`;
  const whom =
    hostAddress === undefined || /^(?:0\.0\.0\.0|::)$/.test(hostAddress)
      ? "of this machine, for whoever reaches it"
      : /^(?:127\.|::1$|localhost$)/.test(hostAddress)
        ? "of this machine, and from nowhere else"
        : `of the address ${code(hostAddress)}`;
  const first = `${capital(range(target, lastTarget))} of the container is reached ${where} ${whom}${over}.`;
  const others = `Other services reach it as ${code(`${service.name.value}:${target}`)} without this.`;
  return [first, listenText(service, target), others].filter(Boolean).join("\n\n");
}

function listenText(service: Service, port: number): string | undefined {
  const server = serverOf(service);
  if (server?.port === port) return `${server.title} listens there.`;
  const texts = service.imageBuild?.stage?.result.ports;
  const exposed = service.imageBuild
    ? texts?.known
      ? texts.value
      : undefined
    : service.imageFacts?.exposedPorts;
  if (exposed?.some((it) => Number.parseInt(it, 10) === port)) return "The image exposes it.";
  if (exposed && exposed.length > 0 && listensOn(service, port, NO_PORTS) === "no")
    return `The image exposes ${exposed.map(code).join(", ")}, and nothing says that something listens on this one.`;
  return undefined;
}

/** A port that is published only proves that somebody wants it. */
const NO_PORTS: Service["ports"] = [];

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What is mounted where, and what is there in the image. */
export function mountText(mount: Mount, service: Service, project: ComposeProject): string | undefined {
  const { kind, source, target } = mount;
  if (!target.known) return undefined;
  const at = `at ${code(target.value)}`;
  const lines: string[] = [];
  if (kind === "volume" && source) {
    const external = project.volumes.get(source.value)?.external
      ? ", which exists already on the engine"
      : "";
    lines.push(`The volume ${code(source.value)}${external}, ${at}: it outlives the container.`);
    const others = (usersOf(project, "volumes").get(source.value) ?? []).filter(
      (it) => it !== service.name.value,
    );
    if (others.length > 0) lines.push(`Also in ${listed(others.map(code))}.`);
  } else if (kind === "bind" && source?.known) {
    const is = project.files.kindOf(source.value);
    const what = is === "directory" ? "The folder" : is === "file" ? "The file" : "What is at";
    const how = mount.readOnly ? "the container can only read it" : "changes are seen on both sides";
    lines.push(`${what} ${code(source.value)} of the host, ${at}: ${how}.`);
    if (is === "absent") lines.push("It is not there: the engine makes an empty folder.");
  } else if (kind === "anonymous")
    lines.push(`A volume without a name ${at}: a new container starts with an empty one.`);
  else if (kind === "tmpfs") lines.push(`In memory ${at}: gone with the container.`);
  else return undefined;
  const there = targetText(target.value, service);
  if (there) lines.push(there);
  return lines.join("\n\n");
}

function targetText(target: string, service: Service): string | undefined {
  const place = service.imageBuild
    ? undefined
    : settingsOfImage(service.image?.value.name)?.places.find((it) => it.path === target.replace(/\/$/, ""));
  if (place) return `There in the image: ${place.summary}`;
  const volumes = service.imageFacts?.volumes ?? [];
  const server = serverOf(service);
  const isData = volumes.includes(target) || (volumes.length === 0 && server?.dataPath === target);
  if (isData) return `${server?.title ?? "The image"} keeps its data there.`;
  const workdir = service.imageBuild?.stage?.result.workdir;
  return workdir?.known && workdir.value === target
    ? "The stage works there, so that its files are hidden by the mount."
    : undefined;
}

/** Who uses a network, volume, secret, config or model. */
export function resourceText(project: ComposeProject, section: Section, name: string): string | undefined {
  const users = usersOf(project, section).get(name) ?? [];
  const resource = section === "models" ? undefined : project[section].get(name);
  if (!resource && users.length === 0) return undefined;
  const kind = section.slice(0, -1);
  const lines = [bold(name)];
  if (section === "networks" && name === "default") lines.push("The network of all services that name none.");
  else
    lines.push(
      `${resource?.external ? `A ${kind} that exists already, and that Compose does not make` : capital(`a ${kind} of the project`)}.`,
    );
  lines.push(
    users.length > 0
      ? `Used by ${users.map(code).join(", ")}.`
      : section === "networks" && name === "default"
        ? ""
        : "No service uses it.",
  );
  if (section === "secrets" && users.length > 0)
    lines.push(`They read it from ${code(`/run/secrets/${name}`)}, unless they say otherwise.`);
  return lines.filter(Boolean).join("\n\n");
}

/** Which services a profile starts. */
export function profileText({ services }: ComposeProject, profile: string): string {
  const all = [...services.values()];
  const own = all
    .filter((it) => it.profiles.some(({ value }) => value === profile))
    .map((it) => it.name.value);
  const always = all.filter((it) => it.profiles.length === 0).map((it) => it.name.value);
  return [
    bold(profile),
    `${code(`--profile ${profile}`)} starts ${own.map(code).join(", ")}.`,
    always.length > 0 ? `Those without a profile start always: ${listed(always.map(code))}.` : "",
  ]
    .filter(Boolean)
    .join("\n\n");
}

/** Whether the program of a health check is there. */
export function testText(service: Service): string | undefined {
  const [kind, program] = service.healthcheck?.test?.map((it) => it.value) ?? [];
  if (kind === undefined || program === undefined || kind === "NONE") return undefined;
  const name = kind === "CMD" ? program : /^[\w./-]+/.exec(program)?.[0];
  if (name === undefined) return undefined;
  const is = hasTool(service, name).is;
  const by = kind === "CMD-SHELL" ? "The shell of the image runs it." : "It is run without a shell.";
  if (is === "unknown") return by;
  return `${by} ${code(name)} ${is === "yes" ? "is in the image" : "is not in the image"}.`;
}
