import { test } from "vitest";
import { aspnetRuntimeMissing as rule } from "../../../../server/src/rules/dockerfile/aspnet-runtime-missing.ts";
import { expectProblems, fixes } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const project = (sdk: string, more = "") => ({
  context: contextOf({
    "Api.csproj": `<Project Sdk="${sdk}"><PropertyGroup><TargetFramework>net10.0</TargetFramework>${more}</PropertyGroup></Project>`,
    "Program.cs": "",
  }),
});

const web = "Microsoft.NET.Sdk.Web";

const file = (publish = "dotnet publish -c Release -o /out", more = "") =>
  `FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\nWORKDIR /src\nCOPY . .\nRUN ${publish}\nFROM mcr.microsoft.com/dotnet/runtime:10.0-alpine\n${more}COPY --from=build /out /app\nENTRYPOINT ["dotnet", "/app/Api.dll"]\n`;

test("silent for a program of the console, for one with its own .NET, and where more is installed", () => {
  expectProblems(rule, file(), project("Microsoft.NET.Sdk"));
  expectProblems(rule, file("dotnet publish -c Release --self-contained -o /out"), project(web));
  expectProblems(rule, file(), project(web, "<SelfContained>true</SelfContained>"));
  expectProblems(rule, file(undefined, "RUN apk add aspnetcore10-runtime\n"), project(web));
  expectProblems(rule, file());
});

test("the fix takes the other image", () => {
  fixes(rule, "unsafe", "", project(web))`
    FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
    WORKDIR /src
    COPY . .
    RUN dotnet publish -c Release -o /out
    FROM mcr.microsoft.com/dotnet/runtime:10.0-alpine AS run
    COPY --from=build /out /app
    ENTRYPOINT ["dotnet", "/app/Api.dll"]
    ->
    FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
    WORKDIR /src
    COPY . .
    RUN dotnet publish -c Release -o /out
    FROM mcr.microsoft.com/dotnet/aspnet:10.0-alpine AS run
    COPY --from=build /out /app
    ENTRYPOINT ["dotnet", "/app/Api.dll"]
  `;
});
