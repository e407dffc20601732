import { test } from "vitest";
import { powershellGoesOn as rule } from "../../../../server/src/rules/dockerfile/powershell-goes-on.ts";
import { fixes, reports } from "../../../support/check.ts";

test("the first of each SHELL, on Linux too", () => {
  reports(rule)`
    FROM mcr.microsoft.com/powershell:7.5-ubuntu-24.04
    SHELL ["pwsh", "-NoProfile", "-Command"]
    RUN Write-Host "a;b"; Install-Module Pester -Force; Write-Host done
                          ^^^^^^^^^^^^^^ powershell-goes-on
    RUN Install-Module A; Install-Module B
    SHELL ["pwsh", "-c"]
    RUN Install-Module A; \
        ^^^^^^^^^^^^^^ powershell-goes-on
        Install-Module B
  `;
});

test("not where a failure counts, nor with a single command", () => {
  reports(rule)`
    FROM mcr.microsoft.com/windows/servercore:ltsc2025
    RUN powershell -Command a; b
    SHELL ["powershell", "-Command"]
    RUN Install-Module A
    RUN Install-Module A;
    RUN $ErrorActionPreference = 'Stop'; Install-Module A; Install-Module B
    RUN Install-Module A -ErrorAction Stop; Install-Module B
    RUN try { Install-Module A; B } catch { throw }
    RUN a.exe; if ($LASTEXITCODE -ne 0) { exit 1 }
    RUN $x = 'a'; Write-Host $x
    RUN ["cmd", "/C", "a; b"]
    SHELL ["powershell", "-Command", "$ErrorActionPreference = 'Stop';"]
    RUN Install-Module A; Install-Module B
    SHELL ["cmd", "/S", "/C"]
    RUN Install-Module A; Install-Module B
  `;
});

test("the shell is told to stop", () => {
  fixes(rule, "unsafe")`
    FROM mcr.microsoft.com/windows/servercore:ltsc2025
    SHELL ["powershell", "-Command"]
    RUN Install-Module A; Install-Module B
    ->
    FROM mcr.microsoft.com/windows/servercore:ltsc2025
    SHELL ["powershell", "-Command", "$ErrorActionPreference = 'Stop';"]
    RUN Install-Module A; Install-Module B
  `;
});
