import { expect, test } from "vitest";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { nginxAsUser as rule } from "../../../../server/src/rules/dockerfile/nginx-as-user.ts";
import { fixes, reports } from "../../../support/check.ts";
import { modelOf } from "../../../support/model.ts";

test("a user who is not root, and nothing prepared", () => {
  reports(rule)`
    FROM node:24 AS build
    RUN npm run build
    FROM nginx:alpine
    COPY --from=build /app/dist /usr/share/nginx/html
    COPY default.conf /etc/nginx/conf.d/default.conf
    RUN chown -R nginx /usr/share/nginx/html
    USER 101:101
    ^^^^^^^^^^^^ nginx-as-user: nginx cannot start as 101: /var/cache/nginx and /run/nginx.pid, which it writes, are root's.
    EXPOSE 8080
    CMD ["nginx", "-g", "daemon off;"]
  `;
});

test.each([
  ["given away", "RUN chown -R nginx /var/cache/nginx && touch /run/nginx.pid\nUSER nginx"],
  ["other settings", "COPY nginx.conf /etc/nginx/nginx.conf\nUSER nginx"],
  ["other settings by folder", "COPY conf/ /etc/nginx/\nUSER nginx"],
  ["changed settings", "RUN sed -i s,/run/nginx.pid,/tmp/nginx.pid, /etc/nginx/nginx.conf\nUSER nginx"],
  ["a script", "COPY prepare.sh /\nRUN /prepare.sh\nUSER nginx"],
  ["root again", "USER nginx\nRUN id\nUSER root"],
  ["told another place", 'USER nginx\nCMD ["nginx", "-g", "daemon off; pid /tmp/nginx.pid;"]'],
  ["another program", 'USER nginx\nENTRYPOINT ["/app"]'],
])("silent: %s", (_, lines) => {
  silent(`FROM nginx:alpine\n${lines}\n`);
});

test("silent about other images", () => {
  silent("FROM nginxinc/nginx-unprivileged:alpine\nUSER nginx\n");
  silent("FROM debian:13\nRUN apt-get install -y nginx\nUSER www-data\nCMD nginx -g 'daemon off;'\n");
});

test("gives them to the user", () => {
  fixes(rule, "unsafe")`
    FROM nginx:alpine
    COPY site /usr/share/nginx/html
    # Not root.
    USER nginx
    ->
    FROM nginx:alpine
    COPY site /usr/share/nginx/html
    RUN touch /run/nginx.pid && chown -R nginx /run/nginx.pid /var/cache/nginx
    # Not root.
    USER nginx
  `;
});

function silent(text: string): void {
  expect(checkDockerfile(modelOf(text), { rules: [rule] })).toEqual([]);
}
