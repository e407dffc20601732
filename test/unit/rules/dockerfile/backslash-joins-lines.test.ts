import { test } from "vitest";
import { backslashJoinsLines as rule } from "../../../../server/src/rules/dockerfile/backslash-joins-lines.ts";
import { fixes, reports } from "../../../support/check.ts";

test("a folder, a drive, with blanks behind", () => {
  reports(rule)`
    FROM mcr.microsoft.com/windows/servercore:ltsc2025
    WORKDIR C:\app\
                  ^ backslash-joins-lines
    RUN dir C:\
              ^ backslash-joins-lines: This backslash joins the next line to this one.
    CMD ["cmd"]
  `;
});

test("not lines that are meant to go on, nor with another escape character", () => {
  reports(rule)`
    FROM mcr.microsoft.com/windows/servercore:ltsc2025
    RUN dir C:\app \
     && dir C:\ \
     && echo x:\y
    COPY a.exe C:\app\a.exe
    COPY ["a.exe", "C:\\app\\"]
    RUN curl http://x/\
        y
  `;
  reports(rule)`
    # escape=\`
    FROM mcr.microsoft.com/windows/servercore:ltsc2025
    COPY a.exe C:\app\
    RUN dir C:\
  `;
});

test("a slash ends the path as well", () => {
  fixes(rule, "unsafe")`
    FROM mcr.microsoft.com/windows/servercore:ltsc2025
    COPY a.exe C:\app\
    RUN dir
    ->
    FROM mcr.microsoft.com/windows/servercore:ltsc2025
    COPY a.exe C:\app/
    RUN dir
  `;
});
