import { test } from "vitest";
import { toolchainInFinalStage as rule } from "../../../../server/src/rules/dockerfile/toolchain-in-final-stage.ts";
import { fixes, offersNothing } from "../../../support/check.ts";

test("the runtime with what was published", () => {
  fixes(rule, "unsafe")`
    FROM mcr.microsoft.com/dotnet/sdk:10.0
    WORKDIR /src
    COPY . .
    RUN dotnet restore && dotnet publish -c Release -o /app
    WORKDIR /app
    EXPOSE 8080
    ENTRYPOINT ["dotnet", "Shop.dll"]
    ->
    FROM mcr.microsoft.com/dotnet/sdk:10.0 AS builder
    WORKDIR /src
    COPY . .
    RUN dotnet restore && dotnet publish -c Release -o /app

    FROM mcr.microsoft.com/dotnet/aspnet:10.0
    COPY --from=builder /app /app
    USER $APP_UID
    WORKDIR /app
    EXPOSE 8080
    ENTRYPOINT ["dotnet", "Shop.dll"]
  `;
});

test("nothing where the sources are in the same folder, or it is not known what is published", () => {
  offersNothing(rule)`
    FROM mcr.microsoft.com/dotnet/sdk:10.0
    WORKDIR /app
    COPY . .
    RUN dotnet publish -c Release -o .
    ENTRYPOINT ["dotnet", "Shop.dll"]
  `;
  offersNothing(rule)`
    FROM mcr.microsoft.com/dotnet/sdk:10.0
    WORKDIR /src
    COPY . .
    RUN dotnet publish -c Release
    ENTRYPOINT ["dotnet", "bin/Release/net10.0/publish/Shop.dll"]
  `;
  offersNothing(rule)`
    FROM mcr.microsoft.com/dotnet/sdk:6.0
    WORKDIR /src
    COPY . .
    RUN dotnet publish -c Release -o /app
    ENTRYPOINT ["dotnet", "/app/Shop.dll"]
  `;
});
