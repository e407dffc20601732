import { expect, test } from "vitest";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { separatorMissing as rule } from "../../../../server/src/rules/dockerfile/separator-missing.ts";
import { fixes, reports } from "../../../support/check.ts";
import { modelOf } from "../../../support/model.ts";

test("a line that begins as the command above it does", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y curl \
        apt-get clean \
        ^^^^^^^^^^^^^ separator-missing: Without && in front of it, this is taken for arguments of the apt-get above.
        && rm -rf /var/lib/apt/lists/*
    RUN curl -sfL https://example.com/a -o a \
        # the other
        curl -sfL https://example.com/b -o b
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ separator-missing: Without && in front of it, this is taken for arguments of the curl above.
    RUN mkdir -p /srv/a \
        mkdir -p /srv/b && chmod +x /a \
        ^^^^^^^^^^^^^^^ separator-missing
        chmod +x /b
        ^^^^^^^^^^^ separator-missing
    RUN pip install flask==3.1.0 \
        pip install gunicorn==23.0.0
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ separator-missing
  `;
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    RUN apt-get update \
        apt-get install -y curl
    ->
    FROM debian:trixie-slim
    RUN apt-get update \
        && apt-get install -y curl
  `;
});

test("a line that begins as a call of another program does", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y \
        curl \
        rm -rf /var/lib/apt/lists/*
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^ separator-missing: Without && in front of it, this is taken for arguments of the apt-get above.
    RUN pip3 install -r requirements.txt \
        mkdir /opt/tagdns
        ^^^^^^^^^^^^^^^^^ separator-missing
    RUN npm install -g pnpm \
        apt-get update \
        ^^^^^^^^^^^^^^ separator-missing
        && mkdir -p /a \
        chmod 777 /a && tar -xf a.tar -C /opt \
        ^^^^^^^^^^^^ separator-missing
        chown -R app:app /opt
        ^^^^^^^^^^^^^^^^^^^^^ separator-missing
  `;
  const severities = (line: string) =>
    checkDockerfile(modelOf(`FROM alpine:3.24\nRUN ${line}\n`), { rules: [rule] }).map((it) => it.severity);
  expect(severities("apk add curl \\\n  rm -rf /tmp/a")).toEqual(["error"]);
  expect(severities("apk add curl \\\n  rm -rf /tmp/a || true")).toEqual(["warning"]);
  expect(severities("mkdir -p /b \\\n  rm -rf /tmp/a")).toEqual(["warning"]);
});

test("not a verb, a file or a package that is called as a program is", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN git \
        rm -rf /srv/a
    RUN cp a \
        rm \
        /srv/b
    RUN apt-get install -y npm \
        rm
    RUN echo a \
        rm -rf /b
  `;
});

test("not a package or a file of that name, or a command of its own", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt install -y \
        apt \
        curl \
        git
    RUN pip install --upgrade \
        pip \
        wheel
    RUN pip install --upgrade \
        pip \
        --no-cache-dir
    RUN npm install -g \
        npm \
        yarn
    RUN apt-get update \
        && apt-get install -y curl; \
        apt-get clean
    RUN cp a \
        cp
    RUN rm -rf curl curl -a
    RUN <<EOF
    curl -O https://example.com/a
    curl -O https://example.com/b
    EOF
    RUN echo "apt-get update \
        apt-get install curl"
    RUN ["curl", \
         "curl", "-a"]
  `;
});

test("calls of PHP and its tools", () => {
  reports(rule)`
    FROM php:8.5-cli
    RUN docker-php-ext-install pdo_mysql \
        docker-php-ext-enable opcache
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ separator-missing: Without && in front of it, this is taken for arguments of the docker-php-ext-install above.
    RUN apt-get update && apt-get install -y git unzip \
        composer install --no-dev
        ^^^^^^^^^^^^^^^^^^^^^^^^^ separator-missing
    RUN composer install --no-scripts \
        composer dump-autoload
        ^^^^^^^^^^^^^^^^^^^^^^ separator-missing
    RUN mv composer.phar /usr/local/bin/composer \
        php artisan key:generate
        ^^^^^^^^^^^^^^^^^^^^^^^^ separator-missing
    RUN docker-php-ext-install gd \
        php -r "echo 1;"
        ^^^^^^^^^^^^^^^^ separator-missing
  `;
  const severities = (line: string) =>
    checkDockerfile(modelOf(`FROM php:8.5-cli\nRUN ${line}\n`), { rules: [rule] }).map((it) => it.severity);
  expect(severities("docker-php-ext-install pdo \\\n  php -r 'echo 1;'")).toEqual(["error"]);
  expect(severities("mv a b \\\n  php artisan migrate")).toEqual(["warning"]);
});

test("not packages and folders that are called as PHP's tools are", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y \
        php \
        composer \
        php php-cli \
        composer git
    RUN cp -r \
        php index.php composer.json \
        composer vendor /srv/
    RUN composer require \
        composer/installers
    RUN php bin/worker \
        php artisan queue:work
    RUN docker-php-ext-install \
        pdo \
        composer
  `;
});
