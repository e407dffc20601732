import { expect, test } from "vitest";
import { unverifiedPackages as rule } from "../../../../server/src/rules/dockerfile/unverified-packages.ts";
import { problemsOf, reports } from "../../../support/check.ts";

test("options of each package manager", () => {
  reports(rule)`
    FROM example.com/team/base:1
    RUN pip install --trusted-host pypi.example.com flask
                    ^^^^^^^^^^^^^^ unverified-packages: The certificate of the server that packages come from is not checked here.
    RUN pip3 install --trusted-host=pypi.org flask && pip config set global.trusted-host pypi.org
                     ^^^^^^^^^^^^^^^^^^^^^^^ unverified-packages
                                                                     ^^^^^^^^^^^^^^^^^^^ unverified-packages
    RUN apk add --no-cache --allow-untrusted own.apk
                           ^^^^^^^^^^^^^^^^^ unverified-packages: Packages that no trusted key has signed are taken here.
    RUN apt-get install -y --allow-unauthenticated curl && apt-get -o APT::Get::AllowUnauthenticated=true install curl
                           ^^^^^^^^^^^^^^^^^^^^^^^ unverified-packages
                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unverified-packages
    RUN apt-get install --force-yes curl
                        ^^^^^^^^^^^ unverified-packages: apt goes on here whatever is wrong, packages that no trusted key has signed included.
    RUN yum install -y --nogpgcheck curl; dnf --setopt=main.gpgcheck=0 install curl
                       ^^^^^^^^^^^^ unverified-packages
                                              ^^^^^^^^^^^^^^^^^^^^^^^^ unverified-packages
    RUN dnf --setopt=sslverify=false install -y curl && yum-config-manager --save --setopt=base.sslverify=0
            ^^^^^^^^^^^^^^^^^^^^^^^^ unverified-packages
                                                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^ unverified-packages
    RUN rpm -i --nosignature own.rpm
               ^^^^^^^^^^^^^ unverified-packages
    RUN zypper --no-gpg-checks -n in curl
               ^^^^^^^^^^^^^^^ unverified-packages
    ONBUILD RUN ["apk", "add", "--allow-untrusted", "own.apk"]
                               ^^^^^^^^^^^^^^^^^^^ unverified-packages
  `;
});

test("settings, in commands, files and variables", () => {
  reports(rule)`
    FROM example.com/team/base:1
    RUN npm config set strict-ssl false && npm --strict-ssl=false ci && yarn config set "strict-ssl" false -g
                       ^^^^^^^^^^ unverified-packages
                                               ^^^^^^^^^^^^^^^^^^ unverified-packages
                                                                                        ^^^^^^^^^^^^ unverified-packages
    RUN echo sslverify=0 >> /etc/yum.conf && printf '[own]\ngpgcheck=0\n' > /etc/yum.repos.d/own.repo
             ^^^^^^^^^^^ unverified-packages
                                                    ^^^^^^^^^^^^^^^^^^^^^ unverified-packages
    RUN echo "deb [arch=amd64 trusted=yes] https://example.com/ ./" > /etc/apt/sources.list.d/own.list
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unverified-packages
    ENV LANG=C PIP_TRUSTED_HOST=pypi.example.com
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unverified-packages
    ENV NPM_CONFIG_STRICT_SSL="false"
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unverified-packages
    RUN npm_config_strict_ssl=false npm ci && export PIP_TRUSTED_HOST=pypi.org
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^ unverified-packages
                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^ unverified-packages
  `;
});

test("not what checks, what stays here, or what is not known", () => {
  reports(rule)`
    FROM example.com/team/base:1
    ARG PIP_TRUSTED_HOST
    ENV PIP_TRUSTED_HOST=$PIP_TRUSTED_HOST NPM_CONFIG_STRICT_SSL=true
    RUN pip install --trusted-host localhost flask && pip install --trusted-host 127.0.0.1 --cert ca.pem flask
    RUN npm config set strict-ssl true && npm config get strict-ssl && echo "strict-ssl false"
    RUN echo "sslverify=0" && echo "gpgcheck=1" >> /etc/yum.conf && echo "sslverify=1" >> /etc/dnf/dnf.conf
    RUN dnf --setopt=gpgcheck=1 install -y curl && rpm -i own.rpm && apt-get install -y curl && apk add curl
    RUN echo "deb [signed-by=/usr/share/keyrings/a.gpg] https://example.com/ ./" > /etc/apt/sources.list.d/own.list
    RUN echo "deb [trusted=yes] file:/repository ./" > /etc/apt/sources.list.d/own.list
    RUN echo --allow-untrusted && grep -- --nogpgcheck notes.txt
  `;
});

test("each finding stands for checkov's check", () => {
  const found = problemsOf(rule)`
    FROM example.com/team/base:1
    ENV PIP_TRUSTED_HOST=pypi.org
    RUN apt-get install --force-yes curl; zypper --no-gpg-checks in curl
  `;
  expect(found.map((it) => it.aliases)).toEqual([["CKV2_DOCKER_16"], ["CKV2_DOCKER_11"], []]);
});

test("in the managers' own files, and for uv", () => {
  reports(rule)`
    FROM python:3.14-slim
    ENV UV_INSECURE_HOST=pypi.example.com
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unverified-packages
    RUN uv pip install --allow-insecure-host pypi.example.com app
                       ^^^^^^^^^^^^^^^^^^^^^ unverified-packages
    RUN echo 'APT::Get::AllowUnauthenticated "true";' > /etc/apt/apt.conf.d/99insecure
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unverified-packages
    RUN echo "strict-ssl=false" >> ~/.npmrc
             ^^^^^^^^^^^^^^^^^^ unverified-packages
    RUN sed -i 's/gpgcheck=1/gpgcheck=0/' /etc/yum.repos.d/a.repo
               ^^^^^^^^^^^^^^^^^^^^^^^^^^ unverified-packages
    RUN uv pip install --allow-insecure-host localhost app && sed -i 's/gpgcheck=0/gpgcheck=1/' /etc/yum.conf
    RUN echo 'APT::Get::AllowUnauthenticated "false";' > /etc/apt/apt.conf.d/99secure
  `;
});

test("settings of apt, pacman, conda, Composer, Bundler and Poetry", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get -o Acquire::https::Verify-Peer=false update && apt-get -oAcquire::https::example.com::Verify-Host=0 update
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unverified-packages: The certificate of the server that packages come from is not checked here.
                                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unverified-packages
    RUN echo 'Acquire::https::Verify-Peer "false";' > /etc/apt/apt.conf.d/99proxy
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unverified-packages
    RUN sed -i 's/^SigLevel.*/SigLevel = Never/' /etc/pacman.conf
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unverified-packages: Packages that no trusted key has signed are taken here.
    RUN conda config --set ssl_verify False && bundle config ssl_verify_mode 0
                           ^^^^^^^^^^ unverified-packages
                                                             ^^^^^^^^^^^^^^^ unverified-packages
    RUN composer config -g secure-http false && composer config --global disable-tls true
                           ^^^^^^^^^^^ unverified-packages: Packages may come over HTTP here, where anybody on the way can change them.
                                                                         ^^^^^^^^^^^ unverified-packages
    RUN poetry config certificates.team.cert false
                      ^^^^^^^^^^^^^^^^^^^^^^ unverified-packages
    RUN conda config --set ssl_verify /etc/ssl/team.pem && composer config secure-http true && bundle config ssl_verify_mode 1
    RUN apt-get -o Acquire::https::Verify-Peer=true update && sed -i 's/SigLevel = Never/SigLevel = Required/' /etc/pacman.conf
  `;
});
