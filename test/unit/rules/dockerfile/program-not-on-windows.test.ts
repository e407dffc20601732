import { expect, test } from "vitest";
import { programNotOnWindows as rule } from "../../../../server/src/rules/dockerfile/program-not-on-windows.ts";
import { problemsOf, reports } from "../../../support/check.ts";

test("Windows PowerShell and the Installer on Nano Server", () => {
  reports(rule)`
    # escape=\`
    FROM mcr.microsoft.com/windows/nanoserver:ltsc2022 AS nano
    SHELL ["powershell", "-Command"]
            ^^^^^^^^^^ program-not-on-windows: Nano Server has no powershell.
    RUN powershell.exe -Command Get-Date
        ^^^^^^^^^^ program-not-on-windows
    RUN msiexec /i C:\a.msi /qn
        ^^^^^^^ program-not-on-windows: Nano Server has no msiexec.
    FROM mcr.microsoft.com/dotnet/aspnet:10.0-nanoserver-ltsc2025
    CMD ["powershell", "-File", "start.ps1"]
          ^^^^^^^^^^ program-not-on-windows
  `;
});

test("programs of Linux", () => {
  reports(rule)`
    FROM mcr.microsoft.com/windows/servercore:ltsc2022
    RUN apt-get update && apt-get install -y curl
        ^^^^^^^ program-not-on-windows: Windows has no apt-get: this is an image of Windows.
    RUN chmod +x run.sh
        ^^^^^ program-not-on-windows
  `;
});

test("not where they are, or may have been brought", () => {
  reports(rule)`
    # escape=\`
    FROM mcr.microsoft.com/windows/servercore:ltsc2022 AS core
    SHELL ["powershell", "-Command"]
    RUN msiexec /i C:\a.msi /qn
    FROM mcr.microsoft.com/windows/nanoserver:sac2016 AS old
    RUN powershell Get-Date
    FROM mcr.microsoft.com/powershell:lts-nanoserver-ltsc2022 AS pwsh
    SHELL ["pwsh", "-Command"]
    RUN powershell-thing && pwsh -Command Get-Date
    FROM mcr.microsoft.com/windows/servercore:ltsc2022 AS more
    RUN choco install -y msys2
    RUN chmod +x run.sh
    FROM mcr.microsoft.com/windows/servercore:ltsc2022 AS path
    ENV PATH="C:\tools;%PATH%"
    RUN chmod +x run.sh
    FROM debian:trixie-slim AS debian
    RUN apt-get update && powershell -Command Get-Date
    FROM example.com/nanoserver
    RUN powershell -Command Get-Date
  `;
});

test("an error where the build ends with it", () => {
  const severities = problemsOf(rule)`
    FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
    RUN powershell Get-Date && dir
    RUN powershell Get-Date || dir
    RUN powershell Get-Date & dir
  `.map((it) => it.severity);
  expect(severities).toEqual(["error", "warning", "warning"]);
});
