import {
  gunicornFile,
  mkdocsFile,
  pumaFile,
  type ServerFile,
  scriptPart,
  vitePreview,
} from "./server-files.ts";

/**
 * A server whose command line says where it listens. Read 2026-11-27 in the packages of npm (Vite 8.3, webpack-dev-server 6.1,
 * @angular/build 22.2, Astro 7.3, Docusaurus 3.10, Gatsby 5.16, Next 16.4, http-server 14.1, json-server 0.17, serve 14.2,
 * react-scripts 5.0, @vue/cli-service 5.0, Parcel 2.16, Wrangler 4.164, @react-router/serve 8.4) and of Debian 13 (uvicorn, gunicorn,
 * hypercorn, daphne, Flask, Quart, Django, MkDocs, Jupyter Server, Puma, Rails, Rackup, Jekyll, Hugo, PostgreSQL, MariaDB and
 * Memcached), the rest in the tools' own documentation (2026-11). Not here: Nuxt, which since version 4 of its command line listens
 * everywhere in a container by itself.
 */
export interface Server {
  readonly programs: readonly string[];
  /** Words that have to be there for it to listen at all, one of each. */
  readonly verbs?: readonly (readonly string[])[];
  readonly host?: readonly string[];
  readonly port?: readonly string[];
  /** Options that take `host:port`. */
  readonly bind?: readonly string[];
  /** A plain last word is `host:port` or a port. */
  readonly operand?: true;
  /** Variables that may say where it listens. */
  readonly variables?: readonly string[];
  /** The one of them that holds nothing but the port. */
  readonly portVariable?: string;
  /** `all`: the server listens on every interface unless told otherwise. */
  readonly defaultHost: "loopback" | "all";
  readonly defaultPort: number;
  /** Where one of these words stands it listens elsewhere, or what it does is told in a file. */
  readonly unless?: readonly string[];
  /** Files of the project that may say it; a file that names a host or a port leaves it open. */
  readonly files?: readonly string[];
  /** How such a file says it. */
  readonly told?: ServerFile;
  /** Options that name another file instead. */
  readonly config?: readonly string[];
  /** What in the Dockerfile may say it in a file outside of the project. */
  readonly configuredBy?: RegExp;
  /** What makes it listen on every interface; `:PORT` is put behind where it is a `bind`. */
  readonly everywhere: string;
}

export const ANY_HOST = "0.0.0.0";
const VITE_FILES = ["js", "ts", "mjs", "mts", "cjs", "cts"].map((it) => `vite.config.${it}`);
const WEBPACK_FILES = ["webpack.config.js", "webpack.config.ts", "webpack.dev.js", "webpack.common.js"];
const WRANGLER_FILES = ["toml", "json", "jsonc"].map((it) => `wrangler.${it}`);
const DOTENV_FILES = ["", ".local", ".development", ".development.local"].map((it) => `.env${it}`);

/** The first whose program, words and options fit is meant. */
export const servers: readonly Server[] = [
  {
    programs: ["uvicorn"],
    host: ["--host"],
    port: ["--port"],
    ...{ variables: ["UVICORN_HOST"], portVariable: "UVICORN_PORT", unless: ["--uds", "--fd"] },
    ...{ defaultHost: "loopback", defaultPort: 8000, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["fastapi"],
    verbs: [["dev"]],
    host: ["--host"],
    port: ["--port"],
    portVariable: "PORT",
    ...{ defaultHost: "loopback", defaultPort: 8000, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["fastapi"],
    verbs: [["run"]],
    host: ["--host"],
    port: ["--port"],
    // Since fastapi-cli 0.0.13 of 2025-09 (its #209); those before do not look at it.
    variables: ["PORT"],
    ...{ defaultHost: "all", defaultPort: 8000, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["gunicorn"],
    bind: ["-b", "--bind"],
    ...{ config: ["-c", "--config"], files: ["gunicorn.conf.py"], told: gunicornFile },
    ...{ variables: ["PORT", "GUNICORN_CMD_ARGS"], portVariable: "PORT" },
    ...{ defaultHost: "loopback", defaultPort: 8000, everywhere: `--bind ${ANY_HOST}` },
  },
  {
    programs: ["puma"],
    port: ["-p", "--port"],
    bind: ["-b", "--bind"],
    ...{ config: ["-C", "--config"], files: ["config/puma.rb", "puma.rb"], told: pumaFile },
    ...{ variables: ["PORT"], portVariable: "PORT" },
    ...{ defaultHost: "all", defaultPort: 9292, everywhere: `--bind tcp://${ANY_HOST}` },
  },
  {
    programs: ["hypercorn"],
    bind: ["-b", "--bind"],
    unless: ["-c", "--config"],
    ...{ defaultHost: "loopback", defaultPort: 8000, everywhere: `--bind ${ANY_HOST}` },
  },
  {
    programs: ["daphne"],
    host: ["-b", "--bind"],
    port: ["-p", "--port"],
    unless: ["-e", "--endpoint", "-u", "--unix-socket", "--fd"],
    ...{ defaultHost: "loopback", defaultPort: 8000, everywhere: `-b ${ANY_HOST}` },
  },
  {
    programs: ["flask"],
    verbs: [["run"]],
    host: ["-h", "--host"],
    port: ["-p", "--port"],
    ...{ variables: ["FLASK_RUN_HOST"], portVariable: "FLASK_RUN_PORT", files: [".flaskenv", ".env"] },
    ...{ defaultHost: "loopback", defaultPort: 5000, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["python", "python3", "manage.py", "django-admin"],
    verbs: [["runserver"]],
    operand: true,
    ...{ defaultHost: "loopback", defaultPort: 8000, everywhere: ANY_HOST },
  },
  {
    programs: ["http.server"],
    host: ["-b", "--bind"],
    operand: true,
    ...{ defaultHost: "all", defaultPort: 8000, everywhere: `--bind ${ANY_HOST}` },
  },
  {
    programs: ["vite"],
    host: ["--host"],
    port: ["--port"],
    ...{ unless: ["build", "optimize", "preview"], config: ["-c", "--config"] },
    ...{ files: VITE_FILES, told: scriptPart("server") },
    ...{ defaultHost: "loopback", defaultPort: 5173, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["vite"],
    verbs: [["preview"]],
    host: ["--host"],
    port: ["--port"],
    ...{ config: ["-c", "--config"], files: VITE_FILES, told: vitePreview },
    ...{ defaultHost: "loopback", defaultPort: 4173, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["ng"],
    verbs: [["serve", "s"]],
    host: ["--host"],
    port: ["--port"],
    files: ["angular.json"],
    ...{ defaultHost: "loopback", defaultPort: 4200, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["webpack-dev-server"],
    host: ["--host"],
    port: ["--port"],
    ...{ config: ["-c", "--config"], files: WEBPACK_FILES, told: scriptPart("devServer") },
    // Since version 4 (lib/Server.js of 4.15 and 5.2); the one before had localhost.
    ...{ defaultHost: "all", defaultPort: 8080, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["webpack"],
    verbs: [["serve", "server", "s"]],
    host: ["--host"],
    port: ["--port"],
    ...{ config: ["-c", "--config"], files: WEBPACK_FILES, told: scriptPart("devServer") },
    // Since version 4 (lib/Server.js of 4.15 and 5.2); the one before had localhost.
    ...{ defaultHost: "all", defaultPort: 8080, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["astro"],
    verbs: [["dev", "preview"]],
    host: ["--host"],
    port: ["--port"],
    files: ["astro.config.mjs", "astro.config.ts", "astro.config.js"],
    told: scriptPart("server"),
    ...{ defaultHost: "loopback", defaultPort: 4321, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["rails"],
    verbs: [["server", "s"]],
    host: ["-b", "--binding"],
    port: ["-p", "--port"],
    // In any environment but development it listens everywhere.
    ...{ variables: ["BINDING"], portVariable: "PORT", unless: ["-e", "--environment"] },
    ...{ defaultHost: "loopback", defaultPort: 3000, everywhere: `-b ${ANY_HOST}` },
  },
  {
    programs: ["php"],
    verbs: [["artisan"], ["serve"]],
    host: ["--host"],
    port: ["--port"],
    ...{ variables: ["SERVER_HOST"], portVariable: "SERVER_PORT" },
    ...{ defaultHost: "loopback", defaultPort: 8000, everywhere: `--host=${ANY_HOST}` },
  },
  {
    programs: ["php"],
    bind: ["-S"],
    verbs: [["-S"]],
    ...{ defaultHost: "all", defaultPort: 80, everywhere: `-S ${ANY_HOST}` },
  },
  {
    // In any environment but development it listens everywhere.
    programs: ["rackup"],
    host: ["-o", "--host"],
    port: ["-p", "--port"],
    ...{ unless: ["-E", "--env"], files: ["config.ru", "config/puma.rb", "puma.rb"] },
    ...{ defaultHost: "loopback", defaultPort: 9292, everywhere: `-o ${ANY_HOST}` },
  },
  {
    programs: ["jupyter"],
    verbs: [["lab", "notebook", "server"]],
    host: ["--ip", "--ServerApp.ip", "--NotebookApp.ip"],
    port: ["--port", "--ServerApp.port", "--NotebookApp.port"],
    ...{ variables: ["JUPYTER_CONFIG_DIR", "JUPYTER_CONFIG_PATH", "JUPYTER_PORT"], unless: ["--config"] },
    ...{ configuredBy: /jupyter_\w*config|\.jupyter\b|etc\/jupyter|generate-config/ },
    ...{ defaultHost: "loopback", defaultPort: 8888, everywhere: `--ip=${ANY_HOST}` },
  },
  {
    programs: ["mlflow"],
    verbs: [["server", "ui"]],
    host: ["-h", "--host"],
    port: ["-p", "--port"],
    ...{ variables: ["MLFLOW_HOST"], portVariable: "MLFLOW_PORT" },
    ...{ defaultHost: "loopback", defaultPort: 5000, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["tensorboard"],
    host: ["--host"],
    port: ["--port"],
    unless: ["--bind_all"],
    ...{ defaultHost: "loopback", defaultPort: 6006, everywhere: "--bind_all" },
  },
  {
    programs: ["quart"],
    verbs: [["run"]],
    host: ["-h", "--host"],
    port: ["-p", "--port"],
    ...{ defaultHost: "loopback", defaultPort: 5000, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["litestar"],
    verbs: [["run"]],
    host: ["-H", "--host"],
    port: ["-p", "--port"],
    ...{ variables: ["LITESTAR_HOST"], portVariable: "LITESTAR_PORT", unless: ["--uds", "--fd"] },
    ...{ defaultHost: "loopback", defaultPort: 8000, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["chainlit"],
    verbs: [["run"]],
    host: ["--host"],
    port: ["--port", "-p"],
    ...{ variables: ["CHAINLIT_HOST"], portVariable: "CHAINLIT_PORT" },
    ...{ defaultHost: "loopback", defaultPort: 8000, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["granian"],
    host: ["--host"],
    port: ["--port"],
    ...{ variables: ["GRANIAN_HOST"], portVariable: "GRANIAN_PORT", unless: ["--uds"] },
    ...{ defaultHost: "loopback", defaultPort: 8000, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["marimo"],
    verbs: [["edit", "run"]],
    host: ["--host"],
    port: ["-p", "--port"],
    ...{ defaultHost: "loopback", defaultPort: 2718, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["sphinx-autobuild"],
    host: ["--host"],
    port: ["--port"],
    ...{ defaultHost: "loopback", defaultPort: 8000, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["docusaurus"],
    verbs: [["start", "serve"]],
    host: ["-h", "--host"],
    port: ["-p", "--port"],
    portVariable: "PORT",
    ...{ defaultHost: "loopback", defaultPort: 3000, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["gatsby"],
    verbs: [["develop"]],
    host: ["-H", "--host"],
    port: ["-p", "--port"],
    ...{ variables: ["HOST", "GATSBY_HOST"], portVariable: "PORT" },
    ...{ defaultHost: "loopback", defaultPort: 8000, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["gatsby"],
    verbs: [["serve"]],
    host: ["-H", "--host"],
    port: ["-p", "--port"],
    ...{ defaultHost: "loopback", defaultPort: 9000, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["wrangler"],
    verbs: [["pages"], ["dev"]],
    host: ["--ip"],
    port: ["--port"],
    files: WRANGLER_FILES,
    ...{ defaultHost: "loopback", defaultPort: 8788, everywhere: `--ip ${ANY_HOST}` },
  },
  {
    programs: ["wrangler"],
    verbs: [["dev"]],
    host: ["--ip"],
    port: ["--port"],
    ...{ config: ["-c", "--config"], files: WRANGLER_FILES },
    ...{ defaultHost: "loopback", defaultPort: 8787, everywhere: `--ip ${ANY_HOST}` },
  },
  {
    programs: ["react-scripts"],
    verbs: [["start"]],
    ...{ variables: ["HOST"], portVariable: "PORT", files: DOTENV_FILES },
    ...{ defaultHost: "all", defaultPort: 3000, everywhere: "" },
  },
  {
    programs: ["vue-cli-service"],
    verbs: [["serve"]],
    host: ["--host"],
    port: ["--port"],
    ...{ variables: ["HOST"], portVariable: "PORT", files: ["vue.config.js", ...DOTENV_FILES] },
    ...{ defaultHost: "all", defaultPort: 8080, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["parcel"],
    host: ["--host"],
    port: ["-p", "--port"],
    ...{ portVariable: "PORT", unless: ["build", "watch", "help"] },
    ...{ defaultHost: "all", defaultPort: 1234, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["react-router-serve", "remix-serve"],
    ...{ variables: ["HOST"], portVariable: "PORT" },
    ...{ defaultHost: "all", defaultPort: 3000, everywhere: "" },
  },
  {
    programs: ["dagster-webserver"],
    host: ["-h", "--host"],
    port: ["-p", "--port"],
    ...{ variables: ["DAGSTER_WEBSERVER_HOST"], portVariable: "DAGSTER_WEBSERVER_PORT" },
    ...{ defaultHost: "loopback", defaultPort: 3000, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["php"],
    verbs: [["spark"], ["serve"]],
    host: ["--host"],
    port: ["--port"],
    ...{ defaultHost: "loopback", defaultPort: 8080, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["hugo"],
    verbs: [["server", "serve"]],
    host: ["--bind"],
    port: ["-p", "--port"],
    ...{ defaultHost: "loopback", defaultPort: 1313, everywhere: `--bind ${ANY_HOST}` },
  },
  {
    programs: ["jekyll"],
    verbs: [["serve", "server", "s"]],
    host: ["-H", "--host"],
    port: ["-P", "--port"],
    ...{ unless: ["--config"], files: ["_config.yml", "_config.toml"] },
    ...{ defaultHost: "loopback", defaultPort: 4000, everywhere: `--host ${ANY_HOST}` },
  },
  {
    programs: ["mkdocs"],
    verbs: [["serve"]],
    bind: ["-a", "--dev-addr"],
    ...{ config: ["-f", "--config-file"], files: ["mkdocs.yml"], told: mkdocsFile },
    ...{ defaultHost: "loopback", defaultPort: 8000, everywhere: `--dev-addr ${ANY_HOST}` },
  },
  {
    programs: ["next"],
    verbs: [["start", "dev"]],
    host: ["-H", "--hostname"],
    port: ["-p", "--port"],
    portVariable: "PORT",
    ...{ defaultHost: "all", defaultPort: 3000, everywhere: `--hostname ${ANY_HOST}` },
  },
  {
    programs: ["streamlit"],
    verbs: [["run"]],
    host: ["--server.address"],
    port: ["--server.port"],
    ...{ variables: ["STREAMLIT_SERVER_ADDRESS"], portVariable: "STREAMLIT_SERVER_PORT" },
    files: [".streamlit/config.toml"],
    ...{ defaultHost: "all", defaultPort: 8501, everywhere: `--server.address=${ANY_HOST}` },
  },
  {
    programs: ["http-server"],
    host: ["-a"],
    port: ["-p", "--port"],
    portVariable: "PORT",
    ...{ defaultHost: "all", defaultPort: 8080, everywhere: `-a ${ANY_HOST}` },
  },
  {
    programs: ["json-server"],
    host: ["-H", "--host"],
    port: ["-p", "--port"],
    // Its first version listens everywhere, those before on localhost.
    ...{
      files: ["json-server.json"],
      defaultHost: "all",
      defaultPort: 3000,
      everywhere: `--host ${ANY_HOST}`,
    },
  },
  {
    programs: ["serve"],
    port: ["-l", "--listen", "-p", "--port"],
    ...{ portVariable: "PORT", files: ["serve.json"] },
    ...{ defaultHost: "all", defaultPort: 3000, everywhere: `-l tcp://${ANY_HOST}` },
  },
  // Of servers whose settings may stand in a file that is not seen, only what the command line says is known.
  {
    programs: ["redis-server", "valkey-server"],
    host: ["--bind"],
    port: ["--port"],
    ...{ files: ["redis.conf"], defaultHost: "all", defaultPort: 6379, everywhere: `--bind ${ANY_HOST}` },
  },
  {
    programs: ["postgres"],
    // `-c port=5433 -c listen_addresses=localhost`
    host: ["listen_addresses", "-h"],
    port: ["-p", "--port", "port"],
    ...{ variables: ["PGPORT"], files: ["postgresql.conf"] },
    ...{ defaultHost: "all", defaultPort: 5432, everywhere: `-h ${ANY_HOST}` },
  },
  {
    programs: ["mysqld", "mariadbd"],
    host: ["--bind-address"],
    port: ["-P", "--port"],
    ...{ variables: ["MYSQL_TCP_PORT"], files: ["my.cnf"] },
    ...{ defaultHost: "all", defaultPort: 3306, everywhere: `--bind-address=${ANY_HOST}` },
  },
  {
    programs: ["mongod"],
    host: ["--bind_ip"],
    port: ["--port"],
    ...{ files: ["mongod.conf"], defaultHost: "all", defaultPort: 27017, everywhere: "--bind_ip_all" },
  },
  {
    programs: ["memcached"],
    host: ["-l", "--listen"],
    port: ["-p", "--port"],
    ...{ unless: ["-s"], defaultHost: "all", defaultPort: 11211, everywhere: `-l ${ANY_HOST}` },
  },
];
