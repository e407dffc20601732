import type { ContentsView } from "../contents/view.ts";
import { resolvePath } from "../paths.ts";
import type { Call } from "./command-family.ts";

/**
 * Packages of PyPI of which it is known which of those programs come with them and with all that they need: none, where nothing stands
 * behind the name. Worked out of the metadata of Debian 13's packages, entry points and requirements, followed to the end (2026-11-27;
 * Flask-Bcrypt's are empty there). Debian has no flask-jwt-extended, dash, uwsgi, streamlit, fastapi-cli, uvicorn-worker,
 * psycopg2-binary, mysql-connector-python, python-jose, scikit-learn, anthropic, black and ruff of PyPI's name: those are by their
 * own documentation.
 */
const PACKAGES: ReadonlyMap<string, readonly string[]> = new Map(
  (
    "flask=flask flask-sqlalchemy=flask flask-migrate=flask flask-cors=flask flask-login=flask flask-wtf=flask " +
    "flask-restful=flask flask-jwt-extended=flask flask-bcrypt=flask flask-mail=flask flask-caching=flask dash=flask " +
    "gunicorn=gunicorn uvicorn=uvicorn uvicorn[standard]=uvicorn hypercorn=hypercorn daphne=daphne waitress=waitress-serve " +
    "celery=celery celery[redis]=celery fastapi=fastapi fastapi[standard]=fastapi,uvicorn fastapi[all]=fastapi,uvicorn " +
    "uwsgi=uwsgi streamlit=streamlit,uvicorn fastapi-cli=fastapi,uvicorn uvicorn-worker=uvicorn,gunicorn " +
    "django djangorestframework django-cors-headers django-filter django-environ django-redis django-storages whitenoise " +
    "djangorestframework-simplejwt django-extensions psycopg2 psycopg2-binary psycopg psycopg[binary] mysqlclient pymysql " +
    "mysql-connector-python asyncpg aiosqlite redis redis[hiredis] hiredis pymongo motor sqlalchemy sqlalchemy[asyncio] sqlmodel " +
    "alembic mako marshmallow wtforms werkzeug jinja2 itsdangerous click blinker markupsafe starlette pydantic pydantic[email] " +
    "pydantic-settings pydantic-core annotated-types typing-extensions anyio sniffio idna h11 httpcore httptools uvloop websockets " +
    "certifi charset-normalizer urllib3 requests httpx aiohttp aiofiles python-multipart python-dotenv pyyaml toml tomli orjson " +
    "ujson email-validator passlib passlib[bcrypt] bcrypt cryptography cffi pyjwt python-jose python-jose[cryptography] boto3 " +
    "botocore s3transfer jmespath numpy pandas scipy scikit-learn joblib pillow openpyxl lxml beautifulsoup4 tqdm rich prometheus-client " +
    "sentry-sdk structlog loguru tenacity python-dateutil pytz tzdata six packaging attrs jsonschema pika kafka-python confluent-kafka " +
    "stripe openai anthropic gevent eventlet greenlet pytest pytest-asyncio pytest-cov coverage black ruff mypy isort flake8 " +
    "setuptools wheel pip"
  )
    .split(" ")
    .map((it) => {
      const [name = "", programs] = it.split("=");
      return [name, programs?.split(",") ?? []];
    }),
);

/**
 * Which of the servers `pip install` brings with these words; undefined where one of the packages, or a list of them, is not known.
 */
export function pythonServers(call: Call, now: ContentsView): ReadonlySet<string> | undefined {
  const found = new Set<string>();
  const words = call.words.slice(call.words.indexOf("install") + 1);
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    const next = words[at + 1];
    if (word === undefined) return undefined;
    const list = /^(?:--requirement=|-r)(.+)$/.exec(word)?.[1];
    if (word === "-r" || word === "--requirement" || list !== undefined) {
      if (list === undefined) at++;
      if (!readList(list ?? next, call, now, found)) return undefined;
    } else if (VALUED.has(word)) at++;
    else if (word.startsWith("-")) {
      if (/^(?:-e|--editable|--group)\b/.test(word)) return undefined;
    } else if (!add(word, found)) return undefined;
  }
  return found;
}

const VALUED: ReadonlySet<string> = new Set(
  "-c --constraint -i --index-url --extra-index-url -f --find-links --trusted-host --timeout --retries --root-user-action --progress-bar --cache-dir --upgrade-strategy".split(
    " ",
  ),
);

/** Lists that name each other are few. */
const MOST_LISTS = 5;

function readList(
  word: string | undefined,
  call: Call,
  now: ContentsView,
  found: Set<string>,
  depth = 0,
): boolean {
  const path = word === undefined ? undefined : resolvePath(call.directory, word);
  const content = path === undefined ? undefined : now.fileAt(path)?.content;
  const contextPath =
    typeof content === "object" && "contextPath" in content ? content.contextPath : undefined;
  const text = contextPath === undefined ? undefined : call.context?.read(contextPath);
  if (text === undefined || depth > MOST_LISTS) return false;
  return text
    .replace(/\\\r?\n/g, " ")
    .split(/\r?\n/)
    .every((line) => {
      const plain = line.replace(/(^|\s)#.*$/, "").trim();
      const [, other] = /^(?:-r|--requirement)[ =]\s*(\S+)$/.exec(plain) ?? [];
      if (
        plain === "" ||
        /^(?:-c|--constraint|-i|--index-url|--extra-index-url|--trusted-host)\b/.test(plain)
      )
        return true;
      // A list counts from the one that names it, which mostly stands in the same folder.
      if (other !== undefined) return !/\//.test(word ?? "/") && readList(other, call, now, found, depth + 1);
      return !plain.startsWith("-") && add(plain.replace(/\s--hash=\S+/g, ""), found);
    });
}

function add(requirement: string, found: Set<string>): boolean {
  const [, name, extra, rest = ""] =
    /^([A-Za-z0-9][\w.-]*)\s*(\[[^\]]*\])?\s*((?:[=<>!~;(]|$).*)$/.exec(requirement.trim()) ?? [];
  if (name === undefined) return false;
  const plain = name.toLowerCase().replace(/[_.]+/g, "-");
  const programs = PACKAGES.get(`${plain}${(extra ?? "").toLowerCase().replace(/\s/g, "")}`);
  // Version 0.111 of fastapi brought uvicorn, those before and behind it do not.
  if (!programs || (plain === "fastapi" && rest.includes("0.111"))) return false;
  for (const it of programs) found.add(it);
  return true;
}
