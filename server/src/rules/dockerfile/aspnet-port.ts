import { imageNameBelow } from "../../model/stage/base-image.ts";
import { notedOnModel } from "../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { source } from "../../text/source.ts";
import { askedPorts, portEdits } from "../knowledge/stages/asked-ports.ts";
import { portsOfFile } from "../knowledge/stages/exposed.ts";
import { stageRule } from "../rule.ts";

export const aspnetPort = stageRule({
  id: "aspnet-port",
  title: "EXPOSE of a port that ASP.NET Core does not listen on",
  severity: "warning",
  tags: ["run"],
  aliases: ["S58"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports EXPOSE of a final stage on \`dotnet/aspnet\` 8 or later, its own or that of a stage below, where none of its
      ports is one that ASP.NET Core listens on, and a HEALTHCHECK that asks another: 8080 by \`ASPNETCORE_HTTP_PORTS\` of the image, or what \`ASPNETCORE_URLS\` and the like say. Silent
      where \`--urls\`, Kestrel's settings or the program itself may say otherwise; of a port other than 80, and of a
      health check, it needs to see the program.`,
    why: source`
      Up to .NET 7 the images listened on port 80. Since .NET 8 they listen on 8080, so that they can run as another user
      than root: whatever is published or checked on port 80 reaches nothing.`,
    bad: source`
      FROM mcr.microsoft.com/dotnet/aspnet:10.0
      WORKDIR /app
      COPY out .
      EXPOSE 80
             ^^ aspnet-port: ASP.NET Core listens on port 8080 here, not on 80.
      ENTRYPOINT ["dotnet", "Shop.dll"]`,
    good: source`
      FROM mcr.microsoft.com/dotnet/aspnet:10.0
      WORKDIR /app
      COPY out .
      EXPOSE 8080
      ENTRYPOINT ["dotnet", "Shop.dll"]`,
  },

  check(stage, report) {
    if (!stage.isFinal || !isNewer(stage)) return;
    const exposed = portsOfFile(stage);
    if (!exposed) return;
    const asked = askedPorts(stage);
    if (exposed.length === 0 && asked.length === 0) return;
    const listening = listeningPorts(stage);
    if (!listening || saysElsewhere(stage)) return;
    const [port] = listening.ports;
    const ports = listening.ports.join(" and ");
    const [first] = exposed.toSorted((a, b) => Number(a.port === 443) - Number(b.port === 443));
    const isExposed = exposed.some((it) => listening.ports.includes(it.port));
    const isSure = isSeen(stage) || saysItself(stage);
    // Port 80 is where the images listened before; that a health check fails somebody would have seen.
    const isOld = first?.port === 80 || first?.port === 443;
    const wrong = [
      ...(first && !isExposed && (isOld || isSure)
        ? [{ port: first.port, span: first.word.span, title: "Expose" }]
        : []),
      ...(isSure ? asked : [])
        .filter(
          (it) =>
            !listening.ports.includes(it.port) &&
            (isExposed || exposed.length === 0 || it.port === first?.port),
        )
        .map((it) => ({ ...it, title: "Use port" })),
    ];
    for (const { title, ...it } of wrong) {
      const edits = port === undefined ? undefined : portEdits(it, port);
      report(it.span, `ASP.NET Core listens on port ${ports} here, not on ${it.port}.`, {
        related: listening.because,
        fixes: edits ? [{ kind: "unsafe", title: `${title} ${port}`, edits }] : [],
      });
    }
  },
});

function isNewer(stage: Stage): boolean {
  const image = imageNameBelow(stage);
  const version = /^(\d+)\.\d/.exec(image?.tag ?? "")?.[1];
  return image?.name === "mcr.microsoft.com/dotnet/aspnet" && Number(version) >= 8;
}

/** By the variables that ASP.NET Core reads, URLS before HTTP_PORTS; undefined where one is not known. */
function listeningPorts({ result }: Stage) {
  for (const name of ["URLS", "ASPNETCORE_URLS", "DOTNET_URLS"]) {
    const isSet = result.isSet(name).is;
    if (isSet === "unknown") return undefined;
    const value = result.variable(name);
    if (isSet === "yes" && value.known && value.value !== "") return portsIn(value.value, value.because);
    if (isSet === "yes" && !value.known) return undefined;
  }
  const names = [
    "HTTP_PORTS",
    "DOTNET_HTTP_PORTS",
    "ASPNETCORE_HTTPS_PORTS",
    "HTTPS_PORTS",
    "DOTNET_HTTPS_PORTS",
  ];
  if (names.some((it) => result.isSet(it).is !== "no")) return undefined;
  const value = result.variable("ASPNETCORE_HTTP_PORTS");
  return value.known ? portsIn(value.value, value.because) : undefined;
}

/** `http://+:80;https://+:443`, `8080;8081`. */
function portsIn<T>(text: string, because: T) {
  const ports = text.split(";").map((it) => {
    const [, scheme, port] = /^(?:(https?):\/\/[^:/]+)?:?(\d+)?\/?$/i.exec(it.trim()) ?? [];
    return port === undefined
      ? scheme === undefined
        ? Number.NaN
        : scheme === "https"
          ? 443
          : 80
      : Number(port);
  });
  return ports.some(Number.isNaN) ? undefined : { ports, because };
}

/** Words of the command, Kestrel's variables and settings, or the program's own code. */
function saysElsewhere({ result, instructions, model }: Stage): boolean {
  const settings = [result.entrypoint, result.command];
  if (settings.some((it) => !it.known || it.value?.words.some((word) => /urls|http_ports/i.test(word.raw))))
    return true;
  // A script may start another server beside it.
  const words = settings.flatMap((it) => (it.known ? (it.value?.words ?? []) : []));
  if (words.length > 0 && !words.some((it) => STARTS_DOTNET.test(it.raw))) return true;
  const names = instructions.flatMap((it) => it.pairs.map((pair) => pair.name.raw));
  if (names.some((it) => /kestrel/i.test(it))) return true;
  return programFiles(model).some((it) => SETS_PORT.test(it.text));
}

/** What may say in a program on which port it listens. */
const SETS_PORT = /UseUrls|Kestrel|ListenAnyIP|ListenLocalhost|\.Urls\b|"urls"|\.Run\(\s*[$"]/i;

interface ProgramFile {
  readonly name: string;
  readonly text: string;
}

/** The files of the build context that say how a program begins. */
const programFiles = notedOnModel(({ inputs: { context } }): readonly ProgramFile[] => {
  const folders = (context?.list(".") ?? context?.list("") ?? []).filter(
    (it) => context?.exists(it) === "directory",
  );
  const inner = folders.flatMap((it) =>
    (context?.list(it) ?? [])
      .slice(0, MOST_FOLDERS)
      .map((name) => `${it}/${name}`)
      .filter((name) => context?.exists(name) === "directory"),
  );
  return ["", ...folders, ...inner].slice(0, MOST_FOLDERS).flatMap((folder) =>
    NAMES.flatMap((name): ProgramFile[] => {
      const text = context?.read(folder === "" ? name : `${folder}/${name}`);
      return text === undefined ? [] : [{ name, text }];
    }),
  );
});

const NAMES = ["Program.cs", "Startup.cs", "appsettings.json", "appsettings.Production.json"];

/** Does the file itself set where it listens? */
function saysItself(stage: Stage): boolean {
  for (const { instructions } of stagesDownFrom(stage))
    if (instructions.some((it) => it.name === "ENV" && it.pairs.some(({ name }) => PORTS.test(name.raw))))
      return true;
  return false;
}

const PORTS = /^(ASPNETCORE_|DOTNET_)?(URLS|HTTP_PORTS)$/;

/** Is the program there to be read? Else it may listen wherever its author has it listen. */
function isSeen({ model }: Stage): boolean {
  return programFiles(model).some((it) => it.name === "Program.cs");
}

/** `dotnet`, a library, or a program that was published with its host: these have capital letters. */
const STARTS_DOTNET = /(^|[/"'\s])dotnet(["'\s]|$)|\.dll\b|^\.?\/?([\w-]+\/)*[A-Z][\w.]*$/;

/** Programs stand at the root or in a folder or two. */
const MOST_FOLDERS = 50;
