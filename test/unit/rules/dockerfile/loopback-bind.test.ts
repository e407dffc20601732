import { expect, test } from "vitest";
import { loopbackBind as rule } from "../../../../server/src/rules/dockerfile/loopback-bind.ts";
import { expectProblems, fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const vite = {
  context: contextOf({
    "package.json": JSON.stringify({
      scripts: { dev: "vite --port 3000", start: "npm start", loop: "npm run loop" },
    }),
    "vite.config.ts": "export default defineConfig({ plugins: [react()] })",
  }),
};

test("by default, whatever it is started through", () => {
  reports(rule)`
    FROM python:3.14-slim
    ENTRYPOINT ["tini", "--"]
    CMD ["python", "-m", "flask", "--app", "api", "run", "-p", "80"]
                         ^^^^^^^ loopback-bind: flask run listens on 127.0.0.1 unless it is told otherwise, where nothing outside the container can reach it.
  `;
  reports(rule)`
    FROM python:3.14-slim
    CMD alembic upgrade head && exec uvicorn app:app --port 80
                                     ^^^^^^^ loopback-bind
  `;
  reports(rule)`
    FROM python:3.14-slim
    CMD ["sh", "-c", "poetry run python manage.py runserver 8000"]
                                                            ^^^^ loopback-bind
  `;
  reports(rule)`
    FROM php:8.5-cli
    CMD ["php", "artisan", "serve"]
         ^^^^^ loopback-bind
  `;
  reports(rule)`
    FROM ruby:3.4
    CMD bundle exec rails server -p 3000
                    ^^^^^ loopback-bind
  `;
});

test("because it is told to, where a port is exposed", () => {
  reports(rule)`
    FROM python:3.14-slim
    EXPOSE 8000
    CMD ["gunicorn", "-b", "127.0.0.1:8000", "app:app"]
                           ^^^^^^^^^^^^^^^^ loopback-bind: gunicorn is told to listen on the loopback interface, where nothing outside the container can reach it.
  `;
  reports(rule)`
    FROM python:3.14-slim
    EXPOSE 8000
    CMD python -m http.server --bind localhost 8000
                                     ^^^^^^^^^ loopback-bind
  `;
  reports(rule)`
    FROM python:3.14-slim
    CMD ["gunicorn", "-b", "127.0.0.1:8000", "app:app"]
  `;
});

test("what package.json runs, with its configuration read", () => {
  reports(rule, vite)`
    FROM node:24
    WORKDIR /app
    COPY . .
    CMD ["npm", "run", "dev"]
         ^^^^^ loopback-bind: vite listens on 127.0.0.1 unless it is told otherwise, where nothing outside the container can reach it.
  `;
  fixes(rule, "unsafe", "", vite)`
    FROM node:24
    COPY . .
    CMD ["npm", "run", "dev"]
    ->
    FROM node:24
    COPY . .
    CMD ["npm", "run", "dev", "--", "--host", "0.0.0.0"]
  `;
  fixes(rule, "unsafe", "", vite)`
    FROM node:24
    COPY . .
    CMD ["yarn", "dev"]
    ->
    FROM node:24
    COPY . .
    CMD ["yarn", "dev", "--host", "0.0.0.0"]
  `;
  offersNothing(rule, vite)`
    FROM node:24
    COPY . .
    CMD npm run dev
  `;
  reports(rule, vite)`
    FROM node:24
    COPY . .
    CMD ["npm", "start"]
  `;
  reports(rule, vite)`
    FROM node:24
    COPY . .
    CMD ["npm", "run", "dev", "--", "--host"]
  `;
  reports(rule, vite)`
    FROM node:24
    COPY web/ .
    CMD ["npx", "vite"]
  `;
  reports(rule)`
    FROM node:24
    COPY . .
    CMD ["npx", "vite"]
  `;
  reports(rule, { context: contextOf({ "vite.config.ts": "server: { host: true }" }) })`
    FROM node:24
    COPY . .
    CMD ["npx", "vite"]
  `;
});

test("not what listens everywhere, or may", () => {
  for (const command of [
    '["flask", "run", "--host=0.0.0.0"]',
    '["flask", "run", "-h", "0.0.0.0"]',
    "flask run --host $HOST",
    "FLASK_RUN_HOST=0.0.0.0 flask run",
    '["uvicorn", "app:app", "--host", "::"]',
    '["uvicorn", "app:app", "--uds", "/run/app.sock"]',
    '["gunicorn", "app:app"]',
    '["gunicorn", "-c", "conf.py", "app:app"]',
    '["gunicorn", "-b", "unix:/run/app.sock", "app:app"]',
    '["python", "manage.py", "runserver", "0.0.0.0:8000"]',
    '["python", "manage.py", "runserver", "0:8000"]',
    '["python", "manage.py", "migrate"]',
    '["python", "-m", "http.server", "8000"]',
    '["fastapi", "run", "app.py"]',
    '["php", "-S", "0.0.0.0:80"]',
    '["rails", "s", "-b", "0.0.0.0"]',
    '["rails", "s", "-e", "production"]',
    '["/entrypoint.sh", "flask", "run"]',
    '["flask", "--help", "run"]',
    "flask run &",
    "nginx && flask run || true",
    '["npx", "next", "start"]',
    '["ng", "build"]',
  ])
    reports(rule)(Object.assign([""], { raw: [`FROM python:3.14-slim\nEXPOSE 80\nCMD ${command}\n`] }));
  reports(rule)`
    FROM python:3.14-slim
    ENV FLASK_RUN_HOST=0.0.0.0
    CMD ["flask", "run"]
  `;
  reports(rule)`
    FROM ruby:3.4
    ENV RAILS_ENV=production
    CMD ["rails", "server"]
  `;
  reports(rule)`
    FROM example.com/python
    CMD ["flask", "run"]
  `;
  reports(rule)`
    FROM python:3.14-slim AS dev
    CMD ["flask", "run"]
    FROM python:3.14-slim
    ENTRYPOINT ["./start.sh"]
    CMD ["flask", "run"]
  `;
});

test("says it listens everywhere, in the manner of the command", () => {
  fixes(rule, "unsafe")`
    FROM python:3.14-slim
    CMD ["uvicorn", "app:app", "--port", "80"]
    ->
    FROM python:3.14-slim
    CMD ["uvicorn", "app:app", "--port", "80", "--host", "0.0.0.0"]
  `;
  fixes(rule, "unsafe")`
    FROM python:3.14-slim
    ENTRYPOINT ["python", "manage.py"]
    CMD ["runserver"]
    ->
    FROM python:3.14-slim
    ENTRYPOINT ["python", "manage.py"]
    CMD ["runserver", "0.0.0.0:8000"]
  `;
  fixes(rule, "unsafe")`
    FROM python:3.14-slim
    CMD exec python manage.py runserver 8080
    ->
    FROM python:3.14-slim
    CMD exec python manage.py runserver 0.0.0.0:8080
  `;
  fixes(rule, "unsafe")`
    FROM python:3.14-slim
    EXPOSE 8000
    CMD ["gunicorn", "--bind=127.0.0.1:8000", "app:app"]
    ->
    FROM python:3.14-slim
    EXPOSE 8000
    CMD ["gunicorn", "--bind=0.0.0.0:8000", "app:app"]
  `;
});

test("ASP.NET Core by its variable", () => {
  reports(rule)`
    FROM mcr.microsoft.com/dotnet/aspnet:10.0
    ENV ASPNETCORE_URLS=http://+:8080
    ENV ASPNETCORE_URLS="http://localhost:5000;https://127.0.0.1:5001"
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ loopback-bind: ASP.NET Core is told to listen on the loopback interface, where nothing outside the container can reach it.
    EXPOSE 5000
    ENTRYPOINT ["dotnet", "Shop.dll"]
  `;
  for (const [url, start] of [
    ["http://localhost:5000;http://+:80", '["dotnet", "Shop.dll"]'],
    ["http://localhost:5000", '["dotnet", "Shop.dll", "--urls", "http://+:80"]'],
    ["http://$HOST:5000", '["dotnet", "Shop.dll"]'],
    ["http://localhost:5000", '["/start.sh"]'],
  ])
    expectProblems(
      rule,
      `FROM mcr.microsoft.com/dotnet/aspnet:10.0\nENV ASPNETCORE_URLS=${url}\nEXPOSE 5000\nENTRYPOINT ${start}\n`,
    );
  fixes(rule, "unsafe")`
    FROM mcr.microsoft.com/dotnet/aspnet:10.0
    ENV ASPNETCORE_URLS=http://localhost:5000
    EXPOSE 5000
    CMD ["dotnet", "Shop.dll"]
    ->
    FROM mcr.microsoft.com/dotnet/aspnet:10.0
    ENV ASPNETCORE_URLS=http://+:5000
    EXPOSE 5000
    CMD ["dotnet", "Shop.dll"]
  `;
});

/** A file of a project in the image's working directory, and how it is started. */
function started(file: string, command: string, expose = "EXPOSE 3000"): string {
  const image = file.endsWith(".py") ? "python:3.14-slim" : file.endsWith(".rb") ? "ruby:3.4" : "node:24";
  return `FROM ${image}\nWORKDIR /app\nCOPY . .\n${expose}\nCMD ${command}\n`;
}

function messages(files: Readonly<Record<string, string>>, command: string, expose?: string): string[] {
  const [file = ""] = Object.keys(files);
  const dockerfile = started(file, command, expose);
  return problemsOf(rule, { context: contextOf(files) })(Object.assign([""], { raw: [dockerfile] })).map(
    (it) => it.message.replace(", where nothing outside the container can reach it.", ""),
  );
}

test("what the sources of the script say that is started", () => {
  const flask = "from flask import Flask\napp = Flask(__name__)\n";
  const python = (text: string, expose = "EXPOSE 5000") =>
    messages({ "app.py": text }, '["python", "app.py"]', expose);
  const byDefault = "listens on 127.0.0.1 unless it is told otherwise";
  const told = "is told to listen on the loopback interface";
  expect(python(`${flask}if __name__ == "__main__":\n    app.run(debug=True)\n`)).toEqual([
    `app.run in app.py ${byDefault}`,
  ]);
  expect(python(`${flask}app.run("localhost", 80)`, "EXPOSE 80")).toEqual([`app.run in app.py ${told}`]);
  expect(python(`${flask}HOST = "127.0.0.1"\napp.run(host=HOST)`)).toEqual([`app.run in app.py ${told}`]);
  expect(python('import uvicorn\nuvicorn.run("a:b", port=8000)', "EXPOSE 8000")).toEqual([
    `uvicorn.run in app.py ${byDefault}`,
  ]);
  expect(python("import gradio as gr\nui = gr.Blocks()\nui.launch()", "EXPOSE 7860")).toEqual([
    `ui.launch in app.py ${byDefault}`,
  ]);
  expect(
    python(
      'from http.server import HTTPServer\nHTTPServer(("localhost", 80), H).serve_forever()',
      "EXPOSE 80",
    ),
  ).toEqual([`HTTPServer in app.py ${told}`]);

  const node = (text: string) => messages({ "server.js": text }, '["node", "server.js"]');
  expect(node('app.listen(3000, "127.0.0.1", () => {});')).toEqual([`app.listen in server.js ${told}`]);
  expect(
    node('const hostname = "127.0.0.1";\nconst port = 3000;\nserver.listen(port, hostname, () => {});'),
  ).toEqual([`server.listen in server.js ${told}`]);
  expect(node('server.listen({ port: process.env.PORT, host: "localhost" });')).toEqual([
    `server.listen in server.js ${told}`,
  ]);
  expect(node("const fastify = require('fastify')({});\nfastify.listen({ port: 3000 });")).toEqual([
    `fastify.listen in server.js ${byDefault}`,
  ]);
  expect(node("const server = Hapi.server({ port: 3000, host: 'localhost' });")).toEqual([
    `Hapi.server in server.js ${told}`,
  ]);
  expect(
    messages({ "app.rb": "require 'sinatra'\nget('/') { 'x' }\n" }, '["ruby", "app.rb"]', "EXPOSE 4567"),
  ).toEqual([`sinatra in app.rb ${byDefault}`]);
});

test("also in the module that makes the application, and by its name", () => {
  const files = {
    "run.py": "from app import create_app\napp = create_app()\nif __name__ == '__main__':\n    app.run()\n",
    "app/__init__.py": "from flask import Flask\ndef create_app():\n    return Flask(__name__)\n",
  };
  expect(messages(files, '["python", "run.py"]', "EXPOSE 5000")).toHaveLength(1);
  const named = { ...files, "app/__init__.py": `${files["app/__init__.py"]}# x\nSERVER_NAME = "a:80"\n` };
  expect(messages(named, '["python", "run.py"]', "EXPOSE 5000")).toEqual([]);
  const module = {
    "api/main.py": "import uvicorn\ndef main():\n    uvicorn.run('a:b')\nmain()\n",
    "x.py": "",
  };
  expect(messages(module, '["python", "-m", "api.main"]', "EXPOSE 8000")).toHaveLength(1);
  expect(
    messages(
      {
        "index.js": "http.listen(3000, 'localhost')",
        "package.json": '{"scripts":{"start":"node index.js"}}',
      },
      '["npm", "start"]',
    ),
  ).toHaveLength(1);
});

test("not where the sources may say something else, or another program listens", () => {
  const flask = "from flask import Flask\napp = Flask(__name__)\n";
  for (const text of [
    `${flask}app.run(host="0.0.0.0")`,
    `${flask}app.run(host=os.environ.get("HOST", "127.0.0.1"))`,
    `${flask}app.run(**options)`,
    `${flask}if debug:\n    app.run()`,
    `${flask}# app.run()`,
    `${flask}app.config["SERVER_NAME"] = "x:80"\napp.run()`,
    `${flask}app.config.from_envvar("SETTINGS")\napp.run()`,
    "from worker import app\napp.run()",
    '"""\nuvicorn.run(app)\n"""',
    `${flask}def dev():\n    app.run()`,
  ])
    expect(messages({ "app.py": text }, '["python", "app.py"]', "EXPOSE 5000"), text).toEqual([]);
  for (const text of [
    'app.listen(3000, "0.0.0.0")',
    "app.listen(3000)",
    'app.listen(3000, process.env.HOST || "localhost")',
    'if (dev) { app.listen(3000, "localhost"); }',
    'app.listen(9229, "127.0.0.1"); other.listen(3000);',
    'app.listen(3000, "127.0.0.1"); other.listen(3000, "0.0.0.0");',
    "const fastify = require('fastify')();\nfastify.listen(options);",
    "const fastify = require('fastify')();\nfastify.listen({ port: 3000, host: '0.0.0.0' });",
    "const fastify = require('fastify')();\nfastify.listen({ port: 3000, ...options });",
    '// app.listen(3000, "127.0.0.1")',
  ])
    expect(messages({ "server.js": text }, '["node", "server.js"]'), text).toEqual([]);
  const local = { "server.js": 'app.listen(3000, "127.0.0.1")' };
  expect(messages(local, '["node", "server.js"]', "")).toEqual([]);
  expect(messages(local, '["node", "server.js"]', "EXPOSE 8080")).toHaveLength(1);
  expect(
    messages(local, '["node", "server.js"]', "EXPOSE 3000\nRUN sed -i s/127.0.0.1/::/ server.js"),
  ).toEqual([]);
  expect(messages(local, '["./start.sh"]')).toEqual([]);
});

test("Go and Rust by the sources that they are built of", () => {
  const go = (main: string) => ({
    context: contextOf({ "go.mod": "module a\n", "main.go": `package main\n\nimport "net/http"\n\n${main}` }),
  });
  const image = `
    FROM golang:1.27 AS builder
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /api .
    FROM scratch
    COPY --from=builder /api /api
    EXPOSE 8080
    ENTRYPOINT ["/api"]`.replace(/^ {4}/gm, "");
  const found = (main: string) =>
    problemsOf(
      rule,
      go(main),
    )(Object.assign([""], { raw: [`${image.trim()}\n`] })).map((it) => it.message.split(", ")[0]);
  const told = "is told to listen on the loopback interface";
  expect(found('func main() {\n\thttp.ListenAndServe("localhost:8080", nil)\n}')).toEqual([
    `http.ListenAndServe in main.go ${told}`,
  ]);
  expect(found('func main() {\n\ts := http.Server{Addr: "127.0.0.1:8080"}\n\ts.ListenAndServe()\n}')).toEqual(
    [`http.Server in main.go ${told}`],
  );
  expect(
    found(
      'func main() {\n\taddr := flag.String("a", "localhost:8080", "")\n\thttp.ListenAndServe(*addr, nil)\n}',
    ),
  ).toHaveLength(1);
  expect(found('func main() {\n\thttp.ListenAndServe(":8080", nil)\n}')).toEqual([]);
  expect(
    found(
      'func main() {\n\tgo http.ListenAndServe("localhost:6060", nil)\n\thttp.ListenAndServe(addr, nil)\n}',
    ),
  ).toEqual([]);
  expect(
    found('func main() {\n\tif debug {\n\t\thttp.ListenAndServe("localhost:8080", nil)\n\t}\n}'),
  ).toEqual([]);

  const rust = (main: string, more: Readonly<Record<string, string>> = {}) =>
    problemsOf(rule, {
      context: contextOf({ "Cargo.toml": '[package]\nname = "api"\n', "src/main.rs": main, ...more }),
    })`
      FROM rust:1.90 AS builder
      WORKDIR /src
      COPY . .
      RUN cargo build --release
      FROM debian:trixie-slim
      WORKDIR /app
      COPY --from=builder /src/target/release/api /usr/local/bin/api
      EXPOSE 8000
      CMD ["api"]
    `.length;
  expect(rust('async fn main() {\n    let l = TcpListener::bind("127.0.0.1:8000").await;\n}')).toBe(1);
  expect(
    rust(
      "async fn main() {\n    let addr = SocketAddr::from(([127, 0, 0, 1], 8000));\n    TcpListener::bind(&addr).await;\n}",
    ),
  ).toBe(1);
  expect(rust("#[launch]\nfn rocket() -> _ {\n    rocket::build()\n}")).toBe(1);
  expect(rust('async fn main() {\n    let l = TcpListener::bind("0.0.0.0:8000").await;\n}')).toBe(0);
  expect(rust("async fn main() {\n    let l = TcpListener::bind(&config.address).await;\n}")).toBe(0);
});

test("what a configuration file says", () => {
  const vite = (config: string) =>
    messages({ "vite.config.ts": config, "index.html": "" }, '["npx", "vite"]');
  expect(vite("export default { server: { host: 'localhost', port: 3000 } }")).toEqual([
    "vite is told by vite.config.ts to listen on the loopback interface",
  ]);
  expect(vite("export default { server: { port: 3000, proxy: { '/api': 'http://localhost' } } }")).toEqual([
    "vite listens on 127.0.0.1 unless it is told otherwise",
  ]);
  for (const config of [
    "export default { server: { host: true } }",
    "export default { server: { host, port: 3000 } }",
    "export default { server: { ...server } }",
    "const server = {}; export default { server }",
    "export default mergeConfig(base, { server: { port: 1 } })",
  ])
    expect(vite(config), config).toEqual([]);
  const gunicorn = (config: string) =>
    messages({ "conf.py": config }, '["gunicorn", "-c", "conf.py", "app:app"]', "EXPOSE 9000");
  expect(gunicorn('bind = "127.0.0.1:9000"')).toHaveLength(1);
  expect(gunicorn('bind = "0.0.0.0:9000"')).toEqual([]);
  expect(gunicorn('bind = os.environ["BIND"]')).toEqual([]);
  fixes(rule, "unsafe", "", { context: contextOf({ "gunicorn.conf.py": 'bind = "localhost:9000"' }) })`
    FROM python:3.14-slim
    WORKDIR /app
    COPY . .
    EXPOSE 9000
    CMD ["gunicorn", "app:app"]
    ->
    FROM python:3.14-slim
    WORKDIR /app
    COPY . .
    EXPOSE 9000
    CMD ["gunicorn", "app:app", "--bind", "0.0.0.0:9000"]
  `;
  const puma = (config: string) =>
    messages({ "config/puma.rb": config }, '["puma", "-C", "config/puma.rb"]', "EXPOSE 9292");
  expect(puma('threads 1, 5\nbind "tcp://127.0.0.1:9292"')).toHaveLength(1);
  expect(puma('bind "tcp://127.0.0.1:9292"\nport 3000')).toEqual([]);
  expect(puma("port ENV.fetch('PORT', 3000)")).toEqual([]);
  expect(messages({ "mkdocs.yml": "dev_addr: 127.0.0.1:8000\n" }, '["mkdocs", "serve"]')).toHaveLength(1);
  expect(messages({ "mkdocs.yml": "dev_addr: 0.0.0.0:8000\n" }, '["mkdocs", "serve"]')).toEqual([]);
});

test("more servers that begin with the loopback interface", () => {
  for (const command of [
    '["jupyter", "lab", "--no-browser"]',
    '["mlflow", "server", "--port", "5000"]',
    '["tensorboard", "--logdir", "/logs"]',
    '["litestar", "run"]',
    '["granian", "app:app"]',
    '["chainlit", "run", "app.py"]',
  ])
    expect(
      problemsOf(rule)(Object.assign([""], { raw: [`FROM python:3.14-slim\nCMD ${command}\n`] })),
      command,
    ).toHaveLength(1);
  for (const lines of [
    'CMD ["tensorboard", "--logdir", "/logs", "--bind_all"]',
    'COPY jupyter_server_config.py /root/.jupyter/\nCMD ["jupyter", "lab"]',
    'ENV MLFLOW_HOST=0.0.0.0\nCMD ["mlflow", "server"]',
    'CMD ["jupyter", "nbconvert", "a.ipynb"]',
  ])
    expect(
      problemsOf(rule)(Object.assign([""], { raw: [`FROM python:3.14-slim\n${lines}\n`] })),
      lines,
    ).toEqual([]);
  reports(rule)`
    FROM quay.io/jupyter/scipy-notebook:latest
    CMD ["jupyter", "lab"]
  `;
  // Since version 4 of its server.
  reports(rule)`
    FROM node:24
    CMD ["npx", "webpack", "serve"]
  `;
});

test("servers of packages of npm and PyPI, by their defaults", () => {
  reports(rule)`
    FROM node:26-slim
    CMD ["npx", "gatsby", "serve"]
                ^^^^^^^^ loopback-bind: gatsby serve listens on 127.0.0.1 unless it is told otherwise, where nothing outside the container can reach it.
  `;
  const context = contextOf({
    "package.json": "{}",
    "wrangler.toml": 'name = "edge"\nmain = "src/index.ts"\n',
  });
  reports(rule, { context })`
    FROM node:26-slim
    WORKDIR /app
    COPY . .
    CMD ["npx", "wrangler", "dev"]
                ^^^^^^^^^^ loopback-bind
  `;
  reports(rule)`
    FROM python:3.14-slim
    CMD ["dagster-webserver", "-p", "3000"]
         ^^^^^^^^^^^^^^^^^^^ loopback-bind
  `;
  reports(rule)`
    FROM python:3.14-slim
    ENV PORT=8080
    CMD ["fastapi", "dev", "main.py"]
         ^^^^^^^^^ loopback-bind
  `;
  reports(rule)`
    FROM node:26-slim
    CMD ["npx", "wrangler", "dev", "--ip", "0.0.0.0"]
  `;
  reports(rule)`
    FROM node:26-slim
    CMD ["npx", "nuxt", "dev"]
  `;
  reports(rule)`
    FROM node:26-slim
    CMD ["npx", "react-scripts", "start"]
  `;
  reports(rule)`
    FROM node:26-slim
    CMD ["npx", "parcel", "index.html"]
  `;
  reports(rule)`
    FROM node:26-slim
    CMD ["npx", "vue-cli-service", "serve"]
  `;
  reports(rule)`
    FROM node:26-slim
    CMD ["npx", "remix-serve", "build/index.js"]
  `;
  reports(rule)`
    FROM python:3.14-slim
    ENV DAGSTER_WEBSERVER_HOST=0.0.0.0
    CMD ["dagster-webserver"]
  `;
});

test("a configuration that is not copied with the program", () => {
  reports(rule, { context: contextOf({ "app.py": "", "requirements.txt": "gunicorn" }) })`
    FROM python:3.14-slim
    WORKDIR /app
    RUN pip install --no-cache-dir gunicorn
    COPY app.py .
    EXPOSE 8000
    CMD ["gunicorn", "app:app"]
         ^^^^^^^^^^ loopback-bind: gunicorn listens on 127.0.0.1 unless it is told otherwise, where nothing outside the container can reach it.
  `;
  reports(rule, { context: contextOf({ "app.py": "", "gunicorn.conf.py": 'bind = "0.0.0.0:8000"' }) })`
    FROM python:3.14-slim
    WORKDIR /app
    RUN pip install --no-cache-dir gunicorn
    COPY *.py ./
    EXPOSE 8000
    CMD ["gunicorn", "app:app"]
  `;
});

test("a file of Angular's that names its server for development, and no host", () => {
  const angular = (options: string) =>
    contextOf({
      "package.json": "{}",
      "angular.json": `{"projects":{"a":{"architect":{"serve":{"builder":"@angular/build:dev-server","options":{${options}}}}}}}`,
    });
  reports(rule, { context: angular('"buildTarget":"a:build"') })`
    FROM node:24-slim
    WORKDIR /app
    COPY . .
    RUN npm ci
    CMD ["npx", "ng", "serve"]
                ^^^^ loopback-bind
  `;
  reports(rule, { context: angular('"host":"0.0.0.0"') })`
    FROM node:24-slim
    WORKDIR /app
    COPY . .
    RUN npm ci
    CMD ["npx", "ng", "serve"]
  `;
});
