import { test } from "vitest";
import { progressSlowsDownload as rule } from "../../../../server/src/rules/dockerfile/progress-slows-download.ts";
import { fixes, reports } from "../../../support/check.ts";

test("downloads by Windows PowerShell", () => {
  reports(rule)`
    # escape=\`
    FROM mcr.microsoft.com/windows/servercore:ltsc2022
    RUN powershell -Command Invoke-WebRequest https://example.com/a -OutFile a
                            ^^^^^^^^^^^^^^^^^ progress-slows-download: The progress bar slows this download down: nothing sets $ProgressPreference.
    RUN ["powershell", "-Command", "iwr https://example.com/a -OutFile a"]
                                    ^^^ progress-slows-download
    SHELL ["powershell", "-Command"]
    RUN New-Item a; iwr https://example.com/a -OutFile a
                    ^^^ progress-slows-download
  `;
});

test("not where it is off, nor in another shell or system", () => {
  reports(rule)`
    # escape=\`
    FROM mcr.microsoft.com/windows/servercore:ltsc2022 AS windows
    RUN powershell -Command $ProgressPreference = 'SilentlyContinue'; Invoke-WebRequest https://example.com/a -OutFile a
    RUN curl.exe -o Invoke-WebRequest.ps1 https://example.com/a
    SHELL ["pwsh", "-Command"]
    RUN Invoke-WebRequest https://example.com/a -OutFile a
    SHELL ["powershell", "-Command", "$ProgressPreference = 'SilentlyContinue';"]
    RUN Invoke-WebRequest https://example.com/a -OutFile a
    FROM mcr.microsoft.com/windows/servercore:ltsc2022 AS profile
    SHELL ["powershell", "-Command"]
    RUN Add-Content $profile '$ProgressPreference = \"SilentlyContinue\"'
    RUN Invoke-WebRequest https://example.com/a -OutFile a
    FROM debian:trixie-slim
    SHELL ["powershell", "-Command"]
    RUN Invoke-WebRequest https://example.com/a -OutFile a
  `;
});

test("off for the one RUN", () => {
  fixes(rule, "unsafe")`
    # escape=\`
    FROM mcr.microsoft.com/windows/servercore:ltsc2022
    SHELL ["powershell", "-Command"]
    RUN iwr https://example.com/a -OutFile a; \`
        Expand-Archive a
    ->
    # escape=\`
    FROM mcr.microsoft.com/windows/servercore:ltsc2022
    SHELL ["powershell", "-Command"]
    RUN $ProgressPreference = 'SilentlyContinue'; iwr https://example.com/a -OutFile a; \`
        Expand-Archive a
  `;
});
