import { directoryOf, isWithin } from "../../model/stage/paths.ts";
import { stageCopiedFrom, stageSources } from "../../model/stage/stage-sources.ts";
import { startedCommand } from "../../model/stage/started/started-command.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { type Fix, stageRule } from "../rule.ts";

export const aspnetRuntimeMissing = stageRule({
  id: "aspnet-runtime-missing",
  title: "Web program on an image without ASP.NET Core",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`mcr.microsoft.com/dotnet/runtime\` as the image of a program that \`dotnet publish\` makes of a project of the SDK
      \`Microsoft.NET.Sdk.Web\`, or that refers to \`Microsoft.AspNetCore.App\`. Silent for programs that bring their own .NET.`,
    why: source`
      That image has .NET alone: "Framework: 'Microsoft.AspNetCore.App' … No frameworks were found", and the container ends.`,
    context: {
      "Api.csproj":
        '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>',
      "Program.cs": "",
    },
    bad: source`
      FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
      WORKDIR /src
      COPY . .
      RUN dotnet publish -c Release -o /out
      FROM mcr.microsoft.com/dotnet/runtime:10.0
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ aspnet-runtime-missing: This image has .NET without ASP.NET Core, which the program needs.
      WORKDIR /app
      COPY --from=build /out .
      ENTRYPOINT ["dotnet", "Api.dll"]`,
    good: source`
      FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
      WORKDIR /src
      COPY . .
      RUN dotnet publish -c Release -o /out
      FROM mcr.microsoft.com/dotnet/aspnet:10.0
      WORKDIR /app
      COPY --from=build /out .
      ENTRYPOINT ["dotnet", "Api.dll"]`,
  },

  check(stage, report) {
    const { base } = stage;
    if (!stage.isFinal || base.kind !== "image" || base.image.name !== RUNTIME) return;
    if (startedCommand(stage)?.program.text !== "dotnet") return;
    if (stage.instructions.some((it) => it.name === "RUN" && says(/aspnet|dotnet/i, it))) return;
    for (const copy of stage.instructions) {
      const other = stageCopiedFrom(copy, stage);
      for (const { path } of other ? stageSources(copy, stage) : []) {
        const build = other?.result.builds.findLast(({ outputs }) =>
          outputs.some((it) => isWithin(path, it) || it === directoryOf(path)),
        );
        if (!build?.target?.isWeb) continue;
        const { start, end } = base.word.span;
        const at = base.word.raw.lastIndexOf("/runtime");
        const place = { start: start + at + 1, end: start + at + "/runtime".length };
        const fixes: Fix[] =
          at > 0 && end - start === base.word.raw.length
            ? [{ kind: "unsafe", title: "Use dotnet/aspnet", edits: [replace(place, "aspnet")] }]
            : [];
        report(base.word.span, "This image has .NET without ASP.NET Core, which the program needs.", {
          related: [{ message: "It is built here.", span: build.builtBy.span }],
          fixes,
        });
        return;
      }
    }
  },
});

const RUNTIME = "mcr.microsoft.com/dotnet/runtime";
