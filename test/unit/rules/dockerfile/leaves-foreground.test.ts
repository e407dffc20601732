import { expect, test } from "vitest";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { leavesForeground as rule } from "../../../../server/src/rules/dockerfile/leaves-foreground.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";
import { modelOf } from "../../../support/model.ts";

function foundBehind(base: string, start: string): string[] {
  return checkDockerfile(modelOf(`FROM ${base}\n${start}\n`), { rules: [rule] }).map((it) => it.message);
}

test.each([
  ["debian:13", "CMD service ssh start"],
  ["debian:13", 'CMD ["/etc/init.d/cron", "start"]'],
  ["debian:13", 'ENTRYPOINT ["/usr/sbin/sshd", "-e"]'],
  ["debian:13", "CMD cron"],
  ["alpine:3.24", "CMD crond -l 2"],
  ["debian:13", "CMD set -e; export A=1; apachectl -k start"],
  ["node:24", 'CMD ["pm2", "start", "app.js"]'],
  ["python:3.14", "CMD gunicorn --bind 0.0.0.0:80 -D app:app"],
  ["nginx:alpine", 'CMD ["nginx"]'],
  ["nginx:alpine", 'COPY nginx.conf /etc/nginx/conf.d/default.conf\nCMD ["nginx"]'],
  ["nginx:alpine", 'COPY ["nginx/", "/usr/share/nginx/html"]\nCMD ["nginx"]'],
  ["nginx", "CMD exec nginx"],
  ["httpd:2.4", 'CMD ["httpd"]'],
  ["debian:13", 'CMD ["tini", "--", "dnsmasq", "--log-queries"]'],
  ["debian:13", "CMD screen -dmS game ./run"],
  ["debian:13", "CMD /srv/server &"],
])("%s: %s", (base, start) => {
  expect(foundBehind(base, start)).toHaveLength(1);
});

test.each([
  ["debian:13", "CMD service ssh start && tail -f /var/log/auth.log"],
  ["debian:13", "CMD service --status-all"],
  ["debian:13", 'CMD ["/usr/sbin/sshd", "-De"]'],
  ["debian:13", "CMD sshd $OPTIONS"],
  ["debian:13", "CMD cron -f -L 15"],
  ["alpine:3.24", "CMD crond -f"],
  ["debian:13", "CMD apachectl -D FOREGROUND"],
  ["node:24", 'CMD ["pm2", "start", "app.js", "--no-daemon"]'],
  ["node:24", 'CMD ["pm2-runtime", "start", "app.js"]'],
  ["node:24", "CMD pm2 start app.js && pm2 logs"],
  ["python:3.14", "CMD gunicorn app:app"],
  ["nginx:alpine", 'CMD ["nginx", "-g", "daemon off;"]'],
  ["nginx:alpine", "CMD nginx -g 'daemon off;'"],
  ["nginx:alpine", "CMD nginx -c /srv/nginx.conf"],
  ["nginx:alpine", 'COPY nginx.conf /etc/nginx/nginx.conf\nCMD ["nginx"]'],
  ["nginx:alpine", "RUN echo 'daemon off;' >> /etc/nginx/nginx.conf\nCMD nginx"],
  ["nginx:alpine", 'COPY rootfs /\nCMD ["nginx"]'],
  ["nginx:alpine", 'COPY ["conf", "/etc/nginx/"]\nCMD ["nginx"]'],
  ["nginx:alpine", 'WORKDIR /etc/nginx\nCOPY conf .\nCMD ["nginx"]'],
  ["example.com/nginx", 'CMD ["nginx"]'],
  ["debian:13", "CMD /srv/one & /srv/two & wait"],
  ["debian:13", "CMD /srv/one & exec /srv/two"],
  ["debian:13", 'ENTRYPOINT ["/entrypoint.sh"]\nCMD ["nginx"]'],
  ["debian:13", "CMD /app/service api start"],
  ["debian:13", 'COPY httpd /usr/local/bin/httpd\nCMD ["httpd"]'],
  ["debian:13", "CMD redis-server --daemonize no"],
])("silent about %s: %s", (base, start) => {
  expect(foundBehind(base, start)).toEqual([]);
});

test("marks the program, and the command behind which an ampersand stands", () => {
  reports(rule)`
    FROM nginx:1.29 AS other
    CMD ["nginx"]
    FROM debian:13
    COPY default.conf /etc/nginx/conf.d/
    CMD cd /srv && ./prepare && ./server --port 80 &
                                ^^^^^^^^ leaves-foreground: This goes on in the background, and the container ends with the shell that started it.
  `;
});

test("keeps it in front", () => {
  fixes(rule, "unsafe")`
    FROM nginx:alpine
    COPY default.conf /etc/nginx/conf.d/default.conf
    CMD ["nginx"]
    ->
    FROM nginx:alpine
    COPY default.conf /etc/nginx/conf.d/default.conf
    CMD ["nginx", "-g", "daemon off;"]
  `;
  fixes(rule, "unsafe")`
    FROM debian:13
    CMD /usr/sbin/sshd -e
    ->
    FROM debian:13
    CMD /usr/sbin/sshd -e -D
  `;
  offersNothing(rule)`
    FROM debian:13
    CMD service ssh start
  `;
});
