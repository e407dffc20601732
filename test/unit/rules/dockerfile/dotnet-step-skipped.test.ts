import { test } from "vitest";
import { dotnetStepSkipped as rule } from "../../../../server/src/rules/dockerfile/dotnet-step-skipped.ts";
import { expectProblems, fixes, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const inContext = { context: contextOf({ "api.csproj": "<Project />\n" }) };

test("its documented examples hold", () => {
  expectProblems(rule, rule.docs.bad, inContext);
  expectProblems(rule, rule.docs.good, inContext);
});

test("nothing built, or in another configuration", () => {
  reports(rule, inContext)`
    FROM mcr.microsoft.com/dotnet/sdk:10.0 AS base
    WORKDIR /src
    COPY . .
    RUN dotnet tool install -g dotnet-ef && dotnet restore Api.sln
    FROM base AS early
    RUN dotnet test --no-build
                    ^^^^^^^^^^ dotnet-step-skipped: Nothing up to here builds the project, which --no-build takes for done.
    FROM base AS build
    RUN dotnet build Api.sln -c Release --no-restore
    RUN dotnet test Api.sln --no-build --logger trx
                            ^^^^^^^^^^ dotnet-step-skipped: --no-build takes what was built for Debug, and up to here it was built for Release.
    RUN dotnet publish Api -c Release --no-build -o /out
    FROM base AS debug
    RUN dotnet build
    RUN dotnet publish -c Release --no-build -o /out
                                  ^^^^^^^^^^ dotnet-step-skipped: --no-build takes what was built for Release, and up to here it was built for Debug.
    RUN dotnet publish --no-build -o /out
  `;
});

const SDK = "FROM mcr.microsoft.com/dotnet/sdk:10.0\nWORKDIR /src\nCOPY . .\n";

test.each([
  `${SDK}RUN dotnet restore && dotnet publish --no-restore`,
  `${SDK}RUN dotnet build -c Release\nRUN dotnet publish -c Release --no-restore --no-build`,
  `${SDK}RUN ./build.sh\nRUN dotnet publish --no-restore`,
  `${SDK}RUN make restore\nRUN dotnet publish --no-restore`,
  `${SDK}RUN dotnet msbuild -t:restore\nRUN dotnet publish --no-restore`,
  `${SDK}ARG BUILD_CONFIGURATION=Release\nRUN dotnet build -c $BUILD_CONFIGURATION\nRUN dotnet test --no-build`,
  `${SDK}ENV Configuration=Release\nRUN dotnet build && dotnet publish -c Release --no-build`,
  `${SDK}RUN dotnet run --project Build -- --no-restore`,
  `${SDK}RUN dotnet publish --no-restore || true`,
  `${SDK}ARG OPTIONS\nRUN dotnet publish $OPTIONS --no-restore`,
  `${SDK}COPY --from=restored /src/obj obj\nRUN dotnet publish --no-restore`,
  `${SDK}RUN --mount=type=bind,target=/src dotnet publish --no-restore`,
  "FROM example/sdk:10\nCOPY . .\nRUN dotnet publish --no-restore",
])("silent for %s", (text) => {
  expectProblems(rule, `${text}\n`, inContext);
});

test("silent where the build context is not known", () => {
  expectProblems(rule, `${SDK}RUN dotnet publish --no-restore\n`);
});

test("obj may come along, unless the ignore file keeps it out", () => {
  const files = { "Api/obj/project.assets.json": "{}", "Api/Api.csproj": "" };
  expectProblems(rule, `${SDK}RUN dotnet publish --no-restore\n`, { context: contextOf(files) });
  reports(rule, { context: contextOf({ ...files, ".dockerignore": "**/obj\n" }) })`
    FROM mcr.microsoft.com/dotnet/sdk:10.0
    COPY . .
    RUN dotnet publish --no-restore
                       ^^^^^^^^^^^^ dotnet-step-skipped
  `;
  const own = { "Directory.Build.props": "<Project><Configuration>Release</Configuration></Project>" };
  expectProblems(rule, `${SDK}RUN dotnet build && dotnet publish -c Release --no-build\n`, {
    context: contextOf(own),
  });
});

test("the option is taken away", () => {
  fixes(rule, "unsafe", "", inContext)`
    FROM mcr.microsoft.com/dotnet/sdk:10.0
    COPY . .
    RUN dotnet publish --no-restore -c Release
    ->
    FROM mcr.microsoft.com/dotnet/sdk:10.0
    COPY . .
    RUN dotnet publish -c Release
  `;
});
