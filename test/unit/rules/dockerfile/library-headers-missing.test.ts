import { test } from "vitest";
import { libraryHeadersMissing as rule } from "../../../../server/src/rules/dockerfile/library-headers-missing.ts";
import { expectProblems, fixes, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const around = (files: Readonly<Record<string, string>>) => ({ context: contextOf(files) });
const gems = (pg: string, gemfile = 'gem "pg"\n') =>
  around({
    Gemfile: gemfile,
    "Gemfile.lock": `GEM\n  specs:\n    ${pg}\n    mysql2 (0.5.6)\n\nPLATFORMS\n  ruby\n`,
  });

test("its documented examples hold", () => {
  expectProblems(rule, rule.docs.bad);
  expectProblems(rule, rule.docs.good);
});

test("packages of Python", () => {
  reports(rule, around({ "requirements.txt": "flask\npsycopg2==2.9.10  # driver\nmysqlclient==2.1.1\n" }))`
    FROM python:3.14-alpine
    RUN apk add --no-cache gcc musl-dev
    COPY requirements.txt ./
    RUN python -m pip install -r requirements.txt
                                 ^^^^^^^^^^^^^^^^ library-headers-missing: psycopg2 is compiled against libpq, and nothing up to here installs libpq-dev.
                                 ^^^^^^^^^^^^^^^^ library-headers-missing: mysqlclient is compiled against libmariadb, and nothing up to here installs mariadb-connector-c-dev.
    RUN uv pip install mysqlclient || true
  `;
});

test("packages of Python whose headers only the names of packages tell", () => {
  reports(rule)`
    FROM python:3.13-slim
    RUN apt-get update && apt-get install -y gcc libc6-dev libssl-dev libsasl2-dev python3-dev
    RUN pip install python-ldap GDAL==3.10.0 pygraphviz==1.14
                    ^^^^^^^^^^^ library-headers-missing: python-ldap is compiled against OpenLDAP, and nothing up to here installs libldap2-dev and libsasl2-dev.
                                ^^^^^^^^^^^^ library-headers-missing: gdal is compiled against GDAL, and nothing up to here installs libgdal-dev.
                                             ^^^^^^^^^^^^^^^^ library-headers-missing: pygraphviz is compiled against Graphviz, and nothing up to here installs libgraphviz-dev.
    FROM python:3.12-alpine
    RUN apk add --no-cache build-base
    RUN pip install PyAudio
                    ^^^^^^^ library-headers-missing: pyaudio is compiled against PortAudio, and nothing up to here installs portaudio-dev.
  `;
});

test.each([
  "FROM python:3.13\nRUN pip install python-ldap",
  "FROM python:3.13-slim\nRUN apt-get update && apt-get install -y gcc libldap2-dev libsasl2-dev\nRUN pip install python-ldap",
  "FROM python:3.13-slim\nRUN apt-get update && apt-get install -y gcc libcurl4-openssl-dev libsasl2-dev\nRUN pip install python-ldap",
  "FROM python:3.13-slim\nRUN apt-get update && apt-get install -y gcc libgtk-4-dev\nRUN pip install pycairo",
  "FROM python:3.13-slim\nRUN apt-get update && apt-get install -y gcc $MORE\nRUN pip install pycairo",
  "FROM python:3.13-slim\nCOPY setup.sh /\nRUN /setup.sh && apt-get update && apt-get install -y gcc\nRUN pip install pyaudio",
  "FROM python:3.13-slim\nRUN apt-get update && apt-get install -y gcc\nRUN pip install pygraphviz 'pygraphviz>=1.11'",
  "FROM python:3.13-slim\nRUN apt-get update && apt-get install -y gcc\nRUN pip install --find-links https://girder.github.io/large_image_wheels GDAL",
  "FROM python:3.13-slim\nRUN pip install gdal",
])("silent for %s", (text) => {
  expectProblems(rule, `${text}\n`);
});

test("gems", () => {
  reports(rule, gems("pg (1.5.6)"))`
    FROM ruby:3.4-slim
    RUN apt-get update && apt-get install -y build-essential
    WORKDIR /app
    COPY Gemfile Gemfile.lock ./
    RUN bundle install --jobs 4
               ^^^^^^^ library-headers-missing: pg is compiled against libpq, and nothing up to here installs libpq-dev.
               ^^^^^^^ library-headers-missing: mysql2 is compiled against libmariadb, and nothing up to here installs default-libmysqlclient-dev.
  `;
});

test.each([
  ["FROM ruby:3.4\nCOPY . .\nRUN bundle install", gems("pg (1.5.6)")],
  ["FROM ruby:3.4-slim\nCOPY . .\nRUN bundle install", gems("pg (1.5.6)")],
  [
    "FROM ruby:3.4-slim\nRUN apt-get update && apt-get install -y build-essential\nENV BUNDLE_WITHOUT=production\nCOPY . .\nRUN bundle install",
    gems("pg (1.5.6)"),
  ],
  [
    "FROM ruby:3.4-slim\nRUN apt-get update && apt-get install -y build-essential\nRUN bundle config set without production\nCOPY . .\nRUN bundle install",
    gems("pg (1.5.6)"),
  ],
  [
    "FROM ruby:3.4-slim\nRUN apt-get update && apt-get install -y build-essential\nCOPY . .\nRUN bundle install",
    gems("pg (1.5.6)", 'group :x, optional: true do\n  gem "pg"\nend\n'),
  ],
  ["FROM python:3.14\nRUN pip install psycopg2", {}],
  [
    "FROM python:3.14-slim\nRUN apt-get update && apt-get install -y gcc libpq-dev\nRUN pip install psycopg2",
    {},
  ],
  ["FROM python:3.14-alpine\nRUN apk add gcc musl-dev postgresql-dev\nRUN pip install psycopg2", {}],
  [
    "FROM python:3.14-slim\nRUN apt-get update && apt-get install -y gcc\nRUN pip install psycopg2-binary",
    {},
  ],
])("silent for %s", (text, inputs) => {
  expectProblems(rule, `${text}\n`, inputs);
});

const COMPILING =
  "FROM python:3.14-slim\nRUN apt-get update && apt-get install -y gcc libc6-dev\nWORKDIR /app\n";

test.each([
  `${COMPILING}RUN PIP_INDEX_URL=https://wheels.example.com/simple pip install psycopg2`,
  `${COMPILING}ENV PIP_EXTRA_INDEX_URL=https://wheels.example.com/simple\nRUN pip install psycopg2`,
  `${COMPILING}RUN echo x > /etc/pip.conf\nRUN pip install psycopg2`,
  `${COMPILING}RUN UV_FIND_LINKS=/wheels uv pip install psycopg2`,
  `${COMPILING}COPY requirements.txt ./\nRUN pip install -r requirements.txt`,
])("silent where another index may have wheels: %s", (text) => {
  const context = contextOf({
    "requirements.txt": "--extra-index-url https://wheels.example.com/simple\npsycopg2==2.9.10\n",
  });
  expectProblems(rule, `${text}\n`, { context });
});

test("the headers are installed", () => {
  fixes(rule, "unsafe")`
    FROM python:3.14-slim-bookworm
    RUN apt-get update && apt-get install -y gcc && rm -rf /var/lib/apt/lists/*
    RUN pip install psycopg2
    ->
    FROM python:3.14-slim-bookworm
    RUN apt-get update && apt-get install -y gcc && rm -rf /var/lib/apt/lists/*
    RUN apt-get update && apt-get install -y --no-install-recommends libpq-dev && rm -rf /var/lib/apt/lists/*
    RUN pip install psycopg2
  `;
});
