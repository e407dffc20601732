import { expect, test } from "vitest";
import { portMismatch as rule } from "../../../../server/src/rules/dockerfile/port-mismatch.ts";
import { fixes, problemsOf, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("EXPOSE and health check against the port that the command says", () => {
  reports(rule)`
    FROM python:3.14-slim
    EXPOSE 8080 8443/tcp 53/udp
           ^^^^ port-mismatch: gunicorn listens on port 8000, not on 8080.
                ^^^^^^^^ port-mismatch: gunicorn listens on port 8000, not on 8443.
    HEALTHCHECK CMD curl -f http://localhost:5000/health || exit 1
                                             ^^^^ port-mismatch: gunicorn listens on port 8000, not on 5000.
    CMD ["gunicorn", "--bind", "0.0.0.0:8000", "app:app"]
  `;
});

test("against the default", () => {
  reports(rule)`
    FROM python:3.14-slim
    EXPOSE 80
           ^^ port-mismatch: flask run listens on port 5000, not on 80.
    CMD ["flask", "run", "--host", "0.0.0.0"]
  `;
  reports(rule)`
    FROM node:24
    HEALTHCHECK CMD ["wget", "-q", "--spider", "http://127.0.0.1:8080/"]
                                                                 ^^^^ port-mismatch: next start listens on port 3000, not on 8080.
    CMD ["npx", "next", "start"]
  `;
});

test("not where the ports agree, or are not known", () => {
  for (const lines of [
    'EXPOSE 8000\nHEALTHCHECK CMD curl -f http://localhost:8000/\nCMD ["uvicorn", "a:b", "--port=8000"]',
    'EXPOSE 8000 9100\nCMD ["uvicorn", "a:b"]',
    "EXPOSE 8080\nCMD uvicorn a:b --port $PORT",
    'ENV UVICORN_PORT=8080\nEXPOSE 8080\nCMD ["uvicorn", "a:b"]',
    'EXPOSE 8080\nCMD ["gunicorn", "-c", "conf.py", "a:b"]',
    'EXPOSE 8080\nCMD ["gunicorn", "a:b"]',
    'EXPOSE 8080\nCMD ["gunicorn", "-b", "0.0.0.0:8080", "-b", "0.0.0.0:8081", "a:b"]',
    'ARG PORT\nEXPOSE $PORT\nCMD ["uvicorn", "a:b"]',
    'EXPOSE 8000-8010\nCMD ["uvicorn", "a:b", "--port", "8005"]',
    'EXPOSE 8080\nCMD ["./start.sh"]',
    'EXPOSE 8080\nHEALTHCHECK CMD curl -f http://other:8000/\nCMD ["uvicorn", "a:b", "--port", "8080"]',
    'EXPOSE 8080\nHEALTHCHECK CMD curl -f http://localhost:${PORT}/\nCMD ["uvicorn", "a:b", "--port", "8080"]',
    'EXPOSE 8080\nHEALTHCHECK NONE\nCMD ["uvicorn", "a:b", "--port", "8080"]',
    "EXPOSE 8080\nCMD uvicorn a:b --port 8000 & nginx",
    "EXPOSE 53/udp\nCMD uvicorn a:b --port 8000",
  ])
    reports(rule)(Object.assign([""], { raw: [`FROM python:3.14-slim\n${lines}\n`] }));
});

test("ENV PORT, where two of three agree", () => {
  reports(rule)`
    FROM node:24
    ENV PORT=3000
    EXPOSE 8080
           ^^^^ port-mismatch: PORT is 3000, and this is 8080.
    HEALTHCHECK CMD curl -f http://localhost:3000/
    CMD ["node", "server.js"]
  `;
  reports(rule)`
    FROM node:24
    ENV PORT=3000
    EXPOSE 3000
    HEALTHCHECK CMD node -e "fetch('http://localhost:8000/').then(() => process.exit(0))"
                                                     ^^^^ port-mismatch: PORT is 3000, and this is 8000.
    CMD ["node", "server.js"]
  `;
});

test("not where ENV PORT stands alone, nor a port of management", () => {
  reports(rule)`
    FROM node:24
    ENV PORT=3000
    EXPOSE 8080
    CMD ["node", "server.js"]
  `;
  reports(rule)`
    FROM eclipse-temurin:25-jre
    ENV PORT=8080
    EXPOSE 8080
    HEALTHCHECK CMD curl -f http://localhost:8081/actuator/health
    CMD ["java", "-jar", "app.jar"]
  `;
  reports(rule)`
    FROM eclipse-temurin:25-jre
    ENV PORT=8080 MANAGEMENT_SERVER_PORT=8090
    EXPOSE 8080
    HEALTHCHECK CMD curl -f http://localhost:8090/actuator/health
    CMD ["java", "-jar", "app.jar"]
  `;
});

test("takes the port of the server", () => {
  fixes(rule, "unsafe")`
    FROM python:3.14-slim
    EXPOSE 8080
    HEALTHCHECK CMD curl -f http://localhost:5000/5000 || exit 1
    CMD ["uvicorn", "app:app"]
    ->
    FROM python:3.14-slim
    EXPOSE 8000
    HEALTHCHECK CMD curl -f http://localhost:8000/5000 || exit 1
    CMD ["uvicorn", "app:app"]
  `;
});

test("a health check and EXPOSE that differ, where nothing says where the server listens", () => {
  const problems = problemsOf(rule)`
    FROM node:24-alpine
    EXPOSE 3000
    HEALTHCHECK CMD wget -qO- http://localhost:8080/health || exit 1
    CMD ["node", "server.js"]
  `;
  expect(problems.map((it) => [it.message, it.severity])).toEqual([
    ["The health check asks port 8080, and EXPOSE names 3000.", "info"],
  ]);
  reports(rule)`
    FROM node:24-alpine AS one
    EXPOSE 3000
    HEALTHCHECK CMD wget -qO- http://localhost:9090/health || exit 1
    CMD ["node", "server.js"]
    FROM node:24-alpine
    EXPOSE 3000 8080
    HEALTHCHECK CMD wget -qO- http://localhost:8081/health || exit 1
    CMD ["node", "server.js"]
  `;
});

test("ENV PORT, where the script that is started reads it", () => {
  reports(rule, {
    context: contextOf({ "server.js": "app.listen(process.env.PORT || 3000)", "worker.js": "" }),
  })`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    ENV PORT=3000
    EXPOSE 8080
           ^^^^ port-mismatch: PORT is 3000, and this is 8080.
    CMD ["node", "server.js"]
  `;
});

test("Puma", () => {
  reports(rule)`
    FROM ruby:3.4
    EXPOSE 3000
           ^^^^ port-mismatch: puma listens on port 9292, not on 3000.
    CMD ["bundle", "exec", "puma", "-p", "9292"]
  `;
});

test("the port that the sources of what is started say", () => {
  const at = (file: string, text: string, lines: string, more: Readonly<Record<string, string>> = {}) => {
    const image = file.endsWith(".py") ? "python:3.14-slim" : "node:24";
    const program = file.endsWith(".py") ? "python" : "node";
    const dockerfile = `FROM ${image}\nWORKDIR /app\nCOPY . .\n${lines}\nCMD ["${program}", "${file}"]\n`;
    const context = contextOf({ [file]: text, ...more });
    return problemsOf(rule, { context })(Object.assign([""], { raw: [dockerfile] })).map((it) => it.message);
  };
  expect(at("server.js", "const port = 3000;\napp.listen(port);", "EXPOSE 8080")).toEqual([
    "app.listen in server.js listens on port 3000, not on 8080.",
  ]);
  expect(
    at("server.js", "app.listen(3000);", "EXPOSE 3000\nHEALTHCHECK CMD curl -f http://localhost:80/"),
  ).toHaveLength(1);
  expect(at("app.py", "from flask import Flask\na = Flask('a')\na.run(host='0.0.0.0')", "EXPOSE 80")).toEqual(
    ["a.run in app.py listens on port 5000, not on 80."],
  );
  const aiohttp = (words: string) => `from aiohttp import web\nweb.run_app(web.Application()${words})`;
  expect(at("app.py", aiohttp(""), "EXPOSE 80")).toHaveLength(1);
  expect(at("app.py", aiohttp(", ssl_context=tls"), "EXPOSE 8443")).toEqual([]);
  for (const [text, lines] of [
    ["app.listen(8080);", "EXPOSE 8080"],
    ["app.listen(process.env.PORT || 3000);", "EXPOSE 8080"],
    ["app.listen(config.port);", "EXPOSE 8080"],
    ["app.listen(3000); new WebSocketServer({ port: 8080 });", "EXPOSE 8080"],
    ["app.listen(3000); admin.listen(9000);", "EXPOSE 8080"],
    ["if (a) { app.listen(3000); }", "EXPOSE 8080"],
    ["require('./metrics'); app.listen(3000);", "EXPOSE 8080"],
    ["app.listen(3000);", ""],
  ] as const)
    expect(at("server.js", text, lines, { "metrics.js": "m.listen(8080)" }), text).toEqual([]);
  // What it imports is not to be seen.
  expect(at("server.js", "require('./metrics'); app.listen(3000);", "EXPOSE 8080")).toEqual([]);
});

test("the ports that nginx's configuration says", () => {
  const of = (lines: string, site = "server { listen 8080; }") => {
    const dockerfile = `FROM nginx:1.29-alpine\n${lines}\n`;
    const context = contextOf({ "site.conf": site, "nginx.conf": `http { ${site} }` });
    return problemsOf(rule, { context })(Object.assign([""], { raw: [dockerfile] })).map((it) => it.message);
  };
  const copy = "COPY site.conf /etc/nginx/conf.d/default.conf";
  expect(of(`${copy}\nEXPOSE 80`)).toEqual(["nginx listens on port 8080, not on 80."]);
  expect(of(`${copy}\nEXPOSE 8080\nHEALTHCHECK CMD wget -q http://localhost:80/`)).toHaveLength(1);
  expect(of(`${copy}\nEXPOSE 8080`, "server { server_name x; }")).toEqual([
    "nginx listens on port 80, not on 8080.",
  ]);
  expect(of(`${copy}\nEXPOSE 8080`, "server { listen 80; listen [::]:443 ssl; }")).toEqual([
    "nginx listens on ports 80, 443, not on 8080.",
  ]);
  expect(of("COPY nginx.conf /etc/nginx/nginx.conf\nEXPOSE 80")).toHaveLength(1);
  for (const lines of [
    `${copy}\nEXPOSE 8080`,
    `${copy}`,
    "COPY site.conf /etc/nginx/conf.d/other.conf\nEXPOSE 80",
    "COPY site.conf /etc/nginx/templates/default.conf.template\nEXPOSE 80",
    "COPY conf.d /etc/nginx/conf.d\nEXPOSE 80",
    "COPY . /\nEXPOSE 80",
    `${copy}\nRUN sed -i s/8080/80/ /etc/nginx/conf.d/default.conf\nEXPOSE 80`,
    `${copy}\nEXPOSE 80\nCMD ["nginx", "-c", "/x.conf"]`,
    `${copy}\nEXPOSE 80\nENTRYPOINT ["/start.sh"]`,
  ])
    expect(of(lines), lines).toEqual([]);
  expect(of(`${copy}\nEXPOSE 80`, "server { listen ${PORT}; }")).toEqual([]);
  expect(of(`${copy}\nEXPOSE 80`, "server { listen 80; } # listen 8080;")).toEqual([]);
});

test("what a variable says to FastAPI's own command, since it looks at one", () => {
  reports(rule)`
    FROM python:3.14-slim
    EXPOSE 8080
           ^^^^ port-mismatch
    CMD ["fastapi", "run", "main.py"]
  `;
  reports(rule)`
    FROM python:3.14-slim
    ENV PORT=8080
    EXPOSE 8080
    CMD ["fastapi", "run", "main.py"]
  `;
});

test("servers of a front end that listen everywhere", () => {
  reports(rule)`
    FROM node:26-slim
    EXPOSE 8080
           ^^^^ port-mismatch
    CMD ["npx", "react-scripts", "start"]
  `;
  reports(rule)`
    FROM node:26-slim
    EXPOSE 8080
           ^^^^ port-mismatch
    CMD ["npx", "parcel", "index.html"]
  `;
  reports(rule)`
    FROM node:26-slim
    ENV PORT=3000
    EXPOSE 3000
    CMD ["npx", "remix-serve", "build/index.js"]
  `;
  reports(rule)`
    FROM node:26-slim
    EXPOSE 8080
    CMD ["npx", "parcel", "build", "index.html"]
  `;
});

test("a program of the project that is called as a well-known server", () => {
  reports(rule)`
    FROM alpine:3.24
    COPY serve /app/serve
    EXPOSE 8080
    HEALTHCHECK CMD wget -qO- http://localhost:9090/health
    CMD ["/app/serve"]
  `;
  reports(rule)`
    FROM python:3.14-slim
    EXPOSE 8080
           ^^^^ port-mismatch
    CMD ["/venv/bin/uvicorn", "app:app"]
  `;
});
