import { test } from "vitest";
import { copiedUnread as rule } from "../../../../server/src/rules/dockerfile/copied-unread.ts";
import { expectProblems, fixes, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("directories of other servers", () => {
  reports(rule)`
    FROM node:26 AS build
    WORKDIR /app
    COPY . .
    RUN npm ci && npm run build
    FROM nginx:1.29
    COPY --from=build /app/dist /var/www/html
                                ^^^^^^^^^^^^^ copied-unread: nginx looks into /usr/share/nginx/html in this image, not here.
    EXPOSE 80
  `;
  reports(rule)`
    FROM httpd:2.4
    WORKDIR /var/www
    COPY site html/
              ^^^^^ copied-unread: httpd looks into /usr/local/apache2/htdocs in this image, not here.
  `;
  reports(rule)`
    FROM tomcat:11-jdk21
    ADD target/app.war /opt/tomcat/webapps/
                       ^^^^^^^^^^^^^^^^^^^^ copied-unread: Tomcat looks into /usr/local/tomcat/webapps in this image, not here.
  `;
  reports(rule)`
    FROM postgres:18
    COPY init.sql /docker-entrypoint-init.d/
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^ copied-unread: The entrypoint looks into /docker-entrypoint-initdb.d in this image, not here.
  `;
  fixes(rule, "unsafe")`
    FROM nginx:1.29
    COPY index.html /var/www/html/
    ->
    FROM nginx:1.29
    COPY index.html /usr/share/nginx/html/
  `;
});

test("not where the image looks, or something may tell it to look elsewhere", () => {
  const silent = (lines: string) => expectProblems(rule, `FROM nginx:1.29\n${lines}\n`);
  for (const lines of [
    "COPY index.html /usr/share/nginx/html/",
    "COPY index.html /var/www/html/\nCOPY default.conf /etc/nginx/conf.d/",
    "COPY index.html /var/www/html/\nCOPY rootfs /",
    "COPY index.html /var/www/html/\nRUN sed -i s,/usr/share/nginx/html,/var/www/html, /etc/nginx/conf.d/default.conf",
    "COPY index.html /var/www/html/\nRUN ln -s /var/www/html /srv/www",
    'COPY index.html /var/www/html/\nCMD ["nginx", "-c", "/conf"]',
    "COPY index.html /var/www/html/\nVOLUME /var/www/html",
    "COPY --from=conf . $CONF\nCOPY index.html /var/www/html/",
  ])
    silent(lines);
  reports(rule)`
    FROM php:8.5-apache
    COPY index.php /var/www/html/
    FROM example.com/team/nginx:1
    COPY index.html /var/www/html/
  `;
  reports(rule)`
    FROM nginx:1.29 AS web
    COPY index.html /var/www/html/
    FROM alpine:3.24
  `;
});

test("not where the project has settings of the server", () => {
  for (const file of ["nginx.conf", "docker/nginx.conf", "config/default.conf"])
    reports(rule, { context: contextOf({ "index.html": "", [file]: "" }) })`
      FROM nginx:1.29
      COPY index.html /var/www/html/
    `;
  reports(rule, { context: contextOf({ "index.html": "", "tsconfig.json": "" }) })`
    FROM nginx:1.29
    COPY index.html /var/www/html/
                    ^^^^^^^^^^^^^^ copied-unread
  `;
});
