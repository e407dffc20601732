import { test } from "vitest";
import { execFormPattern as rule } from "../../../../server/src/rules/dockerfile/exec-form-pattern.ts";
import { expectProblems, fixes, reports } from "../../../support/check.ts";

test("jars, scripts and files", () => {
  reports(rule)`
    FROM eclipse-temurin:21-jre AS java
    RUN ["rm", "-rf", "/tmp/*"]
                      ^^^^^^^^ exec-form-pattern: Exec form has no shell that would expand /tmp/*: rm gets it as it is written.
    CMD ["java", "-Xmx1g", "-jar", "*.jar"]
                                   ^^^^^^^ exec-form-pattern
    FROM python:3.14
    ENTRYPOINT ["/usr/local/bin/python3", "src/*.py"]
                                          ^^^^^^^^^^ exec-form-pattern
  `;
});

test("the program itself, agents, and what stands behind others", () => {
  reports(rule)`
    FROM rust:1 AS rust
    CMD ["./target/release/*"]
         ^^^^^^^^^^^^^^^^^^^^ exec-form-pattern: Exec form has no shell that would expand ./target/release/*: a program of that name is looked for.
    FROM eclipse-temurin:21-jre AS behind
    ENTRYPOINT ["java", "-jar"]
    CMD ["target/app-?.jar"]
         ^^^^^^^^^^^^^^^^^^ exec-form-pattern: Exec form has no shell that would expand target/app-?.jar: java gets it as it is written.
    FROM eclipse-temurin:21-jre AS agent
    ENTRYPOINT ["java", "-javaagent:/agents/otel-*.jar", "-jar", "/app.jar"]
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ exec-form-pattern
    FROM node:24 AS node
    ENTRYPOINT ["tini", "--", "node", "--enable-source-maps", "--import", "./trace.js", "dist/*.js"]
                                                                                        ^^^^^^^^^^^ exec-form-pattern
    FROM mcr.microsoft.com/dotnet/aspnet:10.0
    ENTRYPOINT ["dotnet", "Api.dll"]
  `;
});

test.each([
  'CMD ["sh", "-c", "java -jar *.jar"]',
  'CMD ["java", "-cp", "/app/lib/*", "com.example.Main"]',
  'CMD ["java", "-jar", "app.jar", "--allow=*"]',
  "CMD java -jar *.jar",
  'CMD ["find", "/", "-name", "*.py"]',
  'CMD ["gunicorn", "--forwarded-allow-ips", "*", "app:app"]',
  'CMD ["python", "main.py", "*"]',
  'CMD ["node", "--test", "tests/*.js"]',
  'CMD ["python", "-m", "pytest", "tests/*.py"]',
  'ENTRYPOINT ["/start.sh"]\nCMD ["java", "-jar", "*.jar"]',
  'ENTRYPOINT ["sh", "-c"]\nCMD ["java -jar *.jar"]',
  'CMD ["java", "com.example.Main", "-jar", "*.jar"]',
  'CMD ["eslint", "src/*.js"]',
  'CMD ["python", "-c", "print(1 if [*range(3)] else 2)"]',
  'RUN ["find", "/tmp", "-name", "*.log", "-delete"]',
])("silent for %s", (line) => {
  expectProblems(rule, `FROM eclipse-temurin:21-jre\n${line}\n`);
});

test("the fix lets a shell expand it, and hands on what comes behind", () => {
  fixes(rule, "unsafe")`
    FROM eclipse-temurin:21-jre
    ENTRYPOINT ["java", "-jar", "/app/*.jar"]
    ->
    FROM eclipse-temurin:21-jre
    ENTRYPOINT ["/bin/sh", "-c", "exec java -jar /app/*.jar \"$@\"", "sh"]
  `;
});
