import { test } from "vitest";
import { hostNotReachable as rule } from "../../../../server/src/rules/compose/host-not-reachable.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("the default network is one of them", () => {
  reportsInCompose(rule)`
    services:
      api:
        image: a
        environment:
          - DB_HOST=db
                    ^^ host-not-reachable: api is on default and db on back, so api does not find it.
          - CACHE_HOST=cache
      db: {image: "postgres:18", networks: {back: {aliases: [database]}}}
      cache: {image: "redis:8", networks: [default, back]}
    networks: {back: {}}
  `;
});

test("not where a network is not known, or a name is given otherwise", () => {
  const text =
    "services:\n  a: {image: a, environment: [DB_HOST=db]}\n  db: {image: b, networks: [x]}\nnetworks: {x: {}}\n";
  expectComposeProblems(rule, text, { alone: false });
  reportsInCompose(rule)`
    services:
      a: {image: a, networks: [one], environment: [DB_HOST=db]}
      b: {image: a, networks: ["\${NETWORK}"], environment: [DB_HOST=db]}
      c: {image: a, network_mode: "\${MODE}", environment: [DB_HOST=db]}
      d: {image: a, extra_hosts: ["db:10.0.0.1"], environment: [DB_HOST=db]}
      e: {image: a, networks: [named], environment: [DB_HOST=db]}
      db: {image: "postgres:18", networks: [two]}
    networks:
      one: {external: true}
      named: {name: project_two}
      two:
  `;
});

test("joins the network in each form", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: a
        environment: [DB_HOST=db]
        networks:
          - front # web
      db: {image: "postgres:18", networks: [back]}
    networks: {front: {}, back: {}}
    ->
    services:
      a:
        image: a
        environment: [DB_HOST=db]
        networks:
          - front # web
          - back
      db: {image: "postgres:18", networks: [back]}
    networks: {front: {}, back: {}}
  `;
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: a
        environment: [DB_HOST=db]
      db: {image: "postgres:18", networks: [back]}
    networks: {back: {}}
    ->
    services:
      a:
        image: a
        environment: [DB_HOST=db]
        networks: [default, back]
      db: {image: "postgres:18", networks: [back]}
    networks: {back: {}}
  `;
  fixesInCompose(rule, "unsafe")`
    services:
      a: {image: a, environment: [DB_HOST=db], networks: {front: {}}}
      db: {image: "postgres:18", networks: [back]}
    networks: {front: {}, back: {}}
    ->
    services:
      a: {image: a, environment: [DB_HOST=db], networks: {front: {}, back: {}}}
      db: {image: "postgres:18", networks: [back]}
    networks: {front: {}, back: {}}
  `;
});

test("from a proxy whose configuration names it", () => {
  const files = {
    "a.conf": "server { location / { proxy_pass http://api:80; proxy_pass http://web:80; } }\n",
  };
  fixesInCompose(rule, "unsafe", "", { files })`
    services:
      edge: {image: "nginx:1.29", volumes: ["./a.conf:/etc/nginx/conf.d/a.conf"], networks: [front]}
      web: {image: web, networks: [front]}
      api: {image: api, networks: [back]}
    networks: {front: {}, back: {}}
    ->
    services:
      edge: {image: "nginx:1.29", volumes: ["./a.conf:/etc/nginx/conf.d/a.conf"], networks: [front, back]}
      web: {image: web, networks: [front]}
      api: {image: api, networks: [back]}
    networks: {front: {}, back: {}}
  `;
  reportsInCompose(rule, { files })`
    services:
      edge: {image: "nginx:1.29", volumes: ["./a.conf:/etc/nginx/conf.d/a.conf"], networks: [front, gone]}
      api: {image: api, networks: [back]}
    networks: {front: {}, back: {}}
  `;
});

test("not a group of servers that is called as a service on another network", () => {
  const files = {
    "a.conf": "upstream api { server web:80; }\nserver { location / { proxy_pass http://api; } }\n",
  };
  reportsInCompose(rule, { files })`
    services:
      edge: {image: "nginx:1.29", volumes: ["./a.conf:/etc/nginx/conf.d/a.conf"], networks: [front]}
      web: {image: web, networks: [front]}
      api: {image: api, networks: [back]}
    networks: {front: {}, back: {}}
  `;
});

test("a group of servers that is called as the service in it", () => {
  const files = {
    "nginx.conf": "upstream api { server api:8080; }\nserver { location / { proxy_pass http://api; } }\n",
  };
  reportsInCompose(rule, { files })`
    services:
      gateway:
        image: nginx:1.30
        networks: [edge]
        volumes: ["./nginx.conf:/etc/nginx/conf.d/default.conf"]
                   ^^^^^^^^^^^^ host-not-reachable: ./nginx.conf passes requests to api, which is on inner and gateway on edge, so gateway does not find it.
      api: {image: a, networks: [inner]}
    networks: {edge: , inner: }
  `;
});

test("not by its name from the host's network, nor in another container's", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        network_mode: host
        environment: [DB_HOST=db]
                              ^^ host-not-reachable: a is on the host's network, so a does not find db by its name.
      b:
        image: a
        environment: {TORRENT_URL: "http://torrent:8080"}
                                           ^^^^^^^ host-not-reachable: torrent is in the network of vpn, so b does not find torrent by its name.
      c: {image: a, network_mode: host, extra_hosts: ["db:127.0.0.1"], environment: [DB_HOST=db]}
      d: {image: a, network_mode: bridge, environment: [DB_HOST=db]}
      e: {image: a, network_mode: "service:vpn", environment: [DB_HOST=db]}
      torrent: {image: t, network_mode: "service:vpn"}
      vpn: {image: v}
      db: {image: "postgres:18"}
  `;
});

test("networks with names of their own", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        networks: [one]
        environment: [DB_HOST=db]
                              ^^ host-not-reachable
      db: {image: "postgres:18", networks: [two]}
    networks:
      one: {name: front}
      two: {name: back}
  `;
});

test("a service that Traefik finds and does not reach", () => {
  reportsInCompose(rule)`
    services:
      proxy: {image: "traefik:v3.6", networks: [front]}
      a:
      ^ host-not-reachable: a is on default and proxy on front, so proxy does not reach it.
        image: a
        labels: {"traefik.http.routers.a.rule": "Host(\`a\`)"}
      b:
        image: a
        networks: [front]
        labels: ["traefik.http.routers.b.rule=Host(\`b\`)"]
      c:
        image: a
        labels: ["traefik.http.routers.c.rule=Host(\`c\`)", "traefik.enable=false"]
    networks: {front: {}}
  `;
});

test("a file that others are given too may name what they alone need", () => {
  const around = { files: { "all.env": "DB_HOST=db\n", "own.env": "DB_HOST=db\n" } };
  reportsInCompose(rule, around)`
    services:
      a: {image: example/a:1, network_mode: host, env_file: all.env}
      b: {image: example/a:1, env_file: all.env}
      c: {image: example/a:1, network_mode: host, env_file: own.env}
                                                            ^^^^^^^ host-not-reachable
      db: {image: "postgres:18"}
  `;
});

test("not of a shared environment file that another service finds the host by", () => {
  const files = { "shared.env": "DB_HOST=db\n" };
  reportsInCompose(rule, { files })`
    services:
      api: {image: example/api, env_file: shared.env, networks: [back]}
      sandbox: {image: example/sandbox, env_file: shared.env, networks: [front]}
      db: {image: "postgres:18", networks: [back]}
    networks: {front: {}, back: {}}
  `;
  reportsInCompose(rule, { files })`
    services:
      api: {image: example/api, env_file: shared.env, networks: [front]}
                                          ^^^^^^^^^^ host-not-reachable
      jobs: {image: example/jobs, env_file: shared.env, networks: [front]}
                                            ^^^^^^^^^^ host-not-reachable
      db: {image: "postgres:18", networks: [back]}
    networks: {front: {}, back: {}}
  `;
});

test("not of the variables of an anchor that another service finds the host by", () => {
  reportsInCompose(rule)`
    x-common: &common
      DATABASE_URI: mariadb://app@db:3306/app
      TOKEN: ""
    services:
      proxy: {image: example/proxy, networks: [front], environment: {<<: *common}}
      scheduler:
        image: example/scheduler
        networks: [front, back]
        environment:
          <<: *common
          SERVERS: proxy
      db: {image: "mariadb:11", networks: [back]}
    networks: {front: {}, back: {}}
  `;
  reportsInCompose(rule)`
    x-common: &common
      DATABASE_URI: mariadb://app@db:3306/app
                                  ^^ host-not-reachable
    services:
      proxy: {image: example/proxy, networks: [front], environment: *common}
      db: {image: "mariadb:11", networks: [back]}
    networks: {front: {}, back: {}}
  `;
});
