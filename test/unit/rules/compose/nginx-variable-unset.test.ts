import { test } from "vitest";
import { nginxVariableUnset as rule } from "../../../../server/src/rules/compose/nginx-variable-unset.ts";
import { expectComposeProblems, reportsInCompose } from "../../../support/compose.ts";

const files = {
  "site.conf.template":
    "# ${COMMENT}\nmap $http_upgrade $UPGRADE { default 1; }\nserver {\n  listen ${PORT};\n  set $LOCAL a;\n" +
    "  location / { proxy_pass http://${API_HOST}:${API_PORT}; add_header x ${LOCAL}${UPGRADE}${NGINX_VERSION}; }\n}\n",
  "templates/default.conf.template": "server { listen 80; proxy_pass http://${API_HOST}; }\n",
  "plain.conf": "server { listen 80; location / { proxy_set_header Host $host; } }\n",
  "lua.conf": "server { location / { content_by_lua_block { ngx.say('${HOST}') } } }\n",
  "web.env": "PORT=80\nAPI_HOST=api\nAPI_PORT=1\n",
};

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad, { files: rule.docs.context ?? {} });
  expectComposeProblems(rule, rule.docs.good, { files: rule.docs.context ?? {} });
});

test("templates with variables that the service does not set", () => {
  reportsInCompose(rule, { files })`
    services:
      web:
        image: nginx:1.29
        environment: [PORT=80, API_HOST=api]
        volumes:
          - ./site.conf.template:/etc/nginx/templates/site.conf.template
            ^^^^^^^^^^^^^^^^^^^^ nginx-variable-unset: web does not set API_PORT, so ./site.conf.template keeps \${API_PORT} as it is, which nginx does not know.
      plain:
        image: nginx:1.29
        volumes:
          - ./site.conf.template:/etc/nginx/conf.d/default.conf
            ^^^^^^^^^^^^^^^^^^^^ nginx-variable-unset: nginx reads no variables of the container, so \${PORT} and 2 more stay as they are: only templates in /etc/nginx/templates have them put in.
  `;
});

test("not where they are set, or something else may put them in", () => {
  reportsInCompose(rule, { files })`
    services:
      set:
        image: nginx:1.29
        environment: {PORT: 80, API_HOST: api, API_PORT: }
        volumes: ["./site.conf.template:/etc/nginx/templates/site.conf.template"]
      file:
        image: nginx:1.29
        env_file: web.env
        volumes: ["./site.conf.template:/etc/nginx/templates/site.conf.template"]
      unread:
        image: nginx:1.29
        env_file: other.env
        volumes: ["./site.conf.template:/etc/nginx/templates/site.conf.template"]
      command:
        image: nginx:1.29
        command: sh -c "envsubst < /etc/nginx/conf.d/default.conf > /tmp/a && nginx"
        volumes: ["./site.conf.template:/etc/nginx/conf.d/default.conf"]
      script:
        image: nginx:1.29
        volumes:
          - ./site.conf.template:/etc/nginx/conf.d/default.conf
          - ./fill.sh:/docker-entrypoint.d/99-fill.sh
      other:
        image: example/nginx:1
        volumes: ["./site.conf.template:/etc/nginx/conf.d/default.conf"]
      own:
        image: nginx:1.29
        volumes: ["./plain.conf:/etc/nginx/conf.d/default.conf"]
      lua:
        image: nginx:1.29
        volumes: ["./lua.conf:/etc/nginx/conf.d/default.conf"]
      filtered:
        image: nginx:1.29
        environment: {NGINX_ENVSUBST_FILTER: APP_}
        volumes: ["./site.conf.template:/etc/nginx/templates/site.conf.template"]
  `;
});
