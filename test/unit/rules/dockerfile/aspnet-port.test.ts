import { test } from "vitest";
import { aspnetPort as rule } from "../../../../server/src/rules/dockerfile/aspnet-port.ts";
import { fixes, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("port 80 of older images, also two stages up", () => {
  reports(rule)`
    FROM mcr.microsoft.com/dotnet/aspnet:8.0-jammy AS base
    WORKDIR /app
    FROM base
    EXPOSE 443
    EXPOSE 80
           ^^ aspnet-port: ASP.NET Core listens on port 8080 here, not on 80.
    ENTRYPOINT ["dotnet", "Shop.dll"]
  `;
});

test("against ASPNETCORE_URLS and ASPNETCORE_HTTP_PORTS", () => {
  reports(rule)`
    FROM mcr.microsoft.com/dotnet/aspnet:9.0
    ENV ASPNETCORE_URLS=http://+:80;https://+:443
    EXPOSE 8080
           ^^^^ aspnet-port: ASP.NET Core listens on port 80 and 443 here, not on 8080.
    ENTRYPOINT ["dotnet", "Shop.dll"]
  `;
  reports(rule)`
    FROM mcr.microsoft.com/dotnet/aspnet:9.0
    ENV ASPNETCORE_HTTP_PORTS=5000
    EXPOSE 8080
           ^^^^ aspnet-port
    ENTRYPOINT ["dotnet", "Shop.dll"]
  `;
});

test("not where a port is right, the image older or another, or something else may say it", () => {
  for (const lines of [
    'FROM mcr.microsoft.com/dotnet/aspnet:8.0\nEXPOSE 8080 8081\nENTRYPOINT ["dotnet", "a.dll"]',
    'FROM mcr.microsoft.com/dotnet/aspnet:7.0\nEXPOSE 80\nENTRYPOINT ["dotnet", "a.dll"]',
    'FROM mcr.microsoft.com/dotnet/aspnet\nEXPOSE 80\nENTRYPOINT ["dotnet", "a.dll"]',
    'FROM mcr.microsoft.com/dotnet/runtime:8.0\nEXPOSE 80\nENTRYPOINT ["dotnet", "a.dll"]',
    'FROM mcr.microsoft.com/dotnet/aspnet:8.0\nENV ASPNETCORE_URLS=http://+:80\nEXPOSE 80\nENTRYPOINT ["dotnet", "a.dll"]',
    'FROM mcr.microsoft.com/dotnet/aspnet:8.0\nARG P\nENV ASPNETCORE_URLS=http://+:$P\nEXPOSE 80\nENTRYPOINT ["dotnet", "a.dll"]',
    'FROM mcr.microsoft.com/dotnet/aspnet:8.0\nENV ASPNETCORE_HTTPS_PORTS=443\nEXPOSE 443\nENTRYPOINT ["dotnet", "a.dll"]',
    'FROM mcr.microsoft.com/dotnet/aspnet:8.0\nENV Kestrel__Endpoints__Http__Url=http://+:80\nEXPOSE 80\nENTRYPOINT ["dotnet", "a.dll"]',
    'FROM mcr.microsoft.com/dotnet/aspnet:8.0\nEXPOSE 80\nENTRYPOINT ["dotnet", "a.dll", "--urls", "http://+:80"]',
    'FROM mcr.microsoft.com/dotnet/aspnet:8.0\nENTRYPOINT ["dotnet", "a.dll"]',
  ])
    reports(rule)(Object.assign([""], { raw: [`${lines}\n`] }));
  reports(rule, { context: contextOf({ "src/Shop/Program.cs": 'app.Run("http://*:80");' }) })`
    FROM mcr.microsoft.com/dotnet/aspnet:8.0
    EXPOSE 80
    ENTRYPOINT ["dotnet", "Shop.dll"]
  `;
});

test("exposes the port that is listened on", () => {
  fixes(rule, "unsafe")`
    FROM mcr.microsoft.com/dotnet/aspnet:8.0
    EXPOSE 80 443
    ENTRYPOINT ["dotnet", "Shop.dll"]
    ->
    FROM mcr.microsoft.com/dotnet/aspnet:8.0
    EXPOSE 8080 443
    ENTRYPOINT ["dotnet", "Shop.dll"]
  `;
});

test("not where a script starts what listens, which may be a server in front", () => {
  reports(rule)`
    FROM mcr.microsoft.com/dotnet/aspnet:8.0
    RUN apt-get update && apt-get install -y nginx
    EXPOSE 80
    ENTRYPOINT ["/entrypoint.sh"]
  `;
});

test("EXPOSE of a stage below, and what the health check asks", () => {
  const inputs = { context: contextOf({ "Shop/Program.cs": "app.Run();" }) };
  reports(rule, inputs)`
    FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS base
    EXPOSE 80
           ^^ aspnet-port: ASP.NET Core listens on port 8080 here, not on 80.
    EXPOSE 443
    FROM mcr.microsoft.com/dotnet/sdk:10.0 AS publish
    RUN dotnet publish -o /out
    FROM base
    COPY --from=publish /out .
    HEALTHCHECK CMD curl -f http://localhost/health || exit 1
                            ^^^^^^^^^^^^^^^^ aspnet-port
    ENTRYPOINT ["dotnet", "Shop.dll"]
  `;
  reports(rule)`
    FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS base
    EXPOSE 80
    FROM base
    EXPOSE 8080
    HEALTHCHECK CMD curl -f http://localhost:8080/health
    ENTRYPOINT ["dotnet", "Shop.dll"]
  `;
  fixes(rule, "unsafe", "Use port 8080", inputs)`
    FROM mcr.microsoft.com/dotnet/aspnet:10.0
    HEALTHCHECK CMD curl -f http://localhost/health || exit 1
    ENTRYPOINT ["dotnet", "Shop.dll"]
    ->
    FROM mcr.microsoft.com/dotnet/aspnet:10.0
    HEALTHCHECK CMD curl -f http://localhost:8080/health || exit 1
    ENTRYPOINT ["dotnet", "Shop.dll"]
  `;
  reports(rule, inputs)`
    FROM mcr.microsoft.com/dotnet/aspnet:10.0
    EXPOSE 5000
           ^^^^ aspnet-port
    ENTRYPOINT ["dotnet", "Shop.dll"]
  `;
  // The program is not seen, and may say it.
  reports(rule)`
    FROM mcr.microsoft.com/dotnet/aspnet:10.0
    EXPOSE 5000
    HEALTHCHECK CMD curl -f http://localhost:5000/health
    ENTRYPOINT ["dotnet", "Shop.dll"]
  `;
});
