import { expect, test } from "vitest";
import { portNotExposed as rule } from "../../../../server/src/rules/compose/port-not-exposed.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  offeredInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

const around = {
  dockerfiles: {
    Dockerfile: "FROM scratch\nCOPY a /a\nEXPOSE 8080\n",
    "two/Dockerfile": "FROM scratch\nEXPOSE 8080 9090\n",
    "none/Dockerfile": "FROM scratch\n",
    "base/Dockerfile": "FROM nginx:alpine\nCOPY nginx.conf /etc/nginx/\n",
    "open/Dockerfile": "FROM example/unknown:1\n",
  },
};

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad, around);
  expectComposeProblems(rule, rule.docs.good, around);
});

test("of an image as it comes", () => {
  reportsInCompose(rule)`
    services:
      web:
        image: nginx:alpine
        ports: ["8080:8080"]
                ^^^^^^^^^^^ port-not-exposed: web listens on 80, and not 8080.
      other: {image: "httpd:2.4", ports: ["8081:8080"]}
                                          ^^^^^^^^^^^ port-not-exposed: other exposes 80, and not 8080.
  `;
});

test("of nginx with its own site alone, whatever EXPOSE says", () => {
  const site = "FROM nginx:1.30\nCOPY index.html /usr/share/nginx/html/\n";
  const dockerfiles = {
    "plain/Dockerfile": `${site}EXPOSE 3000\n`,
    "given/Dockerfile": `${site}COPY site.conf /etc/nginx/conf.d/default.conf\n`,
    "changed/Dockerfile": `${site}RUN sed -i s/80/3000/ /etc/nginx/conf.d/default.conf\n`,
    "started/Dockerfile": `${site}CMD ["/start.sh"]\n`,
  };
  reportsInCompose(rule, { dockerfiles })`
    services:
      a: {build: plain, ports: ["3000:3000"]}
                                ^^^^^^^^^^^ port-not-exposed: a listens on 80, and not 3000.
      b: {build: plain, ports: ["3001:80"]}
      c: {build: plain, ports: ["3002:3000"], volumes: ["./conf.d:/etc/nginx/conf.d:ro"]}
      d: {build: plain, ports: ["3003:3000"], volumes: ["site:/etc"]}
      e: {build: plain, ports: ["3004:3000"], command: nginx -c /site.conf}
      f: {build: plain, ports: ["3005:3000"], configs: [{source: site, target: /etc/nginx/conf.d/site.conf}]}
      g: {build: plain, ports: ["3006:3000"], volumes: ["./html:/usr/share/nginx/html"]}
                                ^^^^^^^^^^^ port-not-exposed
      h: {build: given, ports: ["3007:3000"]}
      i: {build: changed, ports: ["3008:3000"]}
      j: {build: started, ports: ["3009:3000"]}
    configs: {site: {file: ./site.conf}}
    volumes: {site: }
  `;
});

test("not where something may say otherwise", () => {
  reportsInCompose(rule, around)`
    services:
      a: {build: ., ports: ["3000:3000"], environment: {PORT: 3000}}
      b: {build: ., ports: ["3000:3000"], command: "/a --listen=:3000"}
      c: {build: ., ports: ["3000:3000"], expose: [3000]}
      d: {build: none, ports: ["3000:3000"]}
      e: {build: open, ports: ["3000:3000"]}
      f: {image: "nginx:alpine", ports: ["8080:8080"], volumes: ["./nginx.conf:/etc/nginx/nginx.conf"]}
      g: {image: "nginx:alpine", ports: ["8080:8080"], configs: [nginx]}
      h: {build: ., ports: ["53:53/udp", "3000-3001:3000-3001", "\${PORT}:\${PORT}"]}
      i: {build: ., ports: ["3000:3000"], env_file: missing.env}
      j: {build: base, ports: ["3000:3000"]}
      k: {build: ., ports: ["8080:8080", "9229:9229"]}
    configs: {nginx: {file: ./nginx.conf}}
  `;
});

test("each exposed port is offered", () => {
  fixesInCompose(rule, "unsafe", "", around)`
    services:
      a: {build: ., ports: ["127.0.0.1:80:80/tcp"]} # web
    ->
    services:
      a: {build: ., ports: ["127.0.0.1:80:8080/tcp"]} # web
  `;
  expect(offeredInCompose(rule, around)`
    services:
      a: {build: two, ports: ["3000:3000"]}
  `).toEqual([["Publish the port 8080 instead", "Publish the port 9090 instead"]]);
});

test("to which Traefik is told to pass requests", () => {
  reportsInCompose(rule, around)`
    services:
      a:
        build: .
        labels:
          - traefik.http.services.a.loadbalancer.server.port=3000
                                                             ^^^^ port-not-exposed: a exposes 8080, and not 3000, to which Traefik passes requests.
      b: {build: ., labels: {traefik.http.services.a.loadbalancer.server.port: 8080}}
      c: {build: ., environment: {PORT: 3000}, labels: {traefik.http.services.a.loadbalancer.server.port: "3000"}}
      d: {build: none, labels: {traefik.http.services.a.loadbalancer.server.port: 3000}}
      e: {build: ., labels: {"traefik.http.services.a.loadbalancer.server.port": "\${PORT}"}}
  `;
});

test("databases listen on their own port whatever their version", () => {
  reportsInCompose(rule)`
    services:
      a: {image: "postgres:14", ports: ["5434:5433"]}
                                        ^^^^^^^^^^^ port-not-exposed: a exposes 5432, and not 5433.
      b: {image: "postgres:14", ports: ["5433:5433"], command: postgres -p 5433}
      c: {image: "mysql:8.0", ports: ["3307:3306", "33060:33060"]}
      d: {image: "redis:6.2-alpine", ports: ["6380:6380"]}
                                             ^^^^^^^^^^^ port-not-exposed
      e: {image: "mysql:5.7", ports: ["3307:3307"], environment: {MYSQL_TCP_PORT: 3307}}
  `;
});

test("what is published already is not offered", () => {
  expect(offeredInCompose(rule, around)`
    services:
      a: {build: two, ports: ["8080:8080", "3000:3000"]}
      b: {image: "redis:8", ports: ["6379:6379", "6380:6380"]}
  `).toEqual([["Publish the port 9090 instead"], []]);
});

test("by the command line of a server that is known", () => {
  const python = (cmd: string) => `FROM python:3.14-slim\nWORKDIR /app\nCOPY main.py .\nCMD ${cmd}\n`;
  reportsInCompose(rule, {
    dockerfiles: {
      "told/Dockerfile": python('["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "8000"]'),
      "variable/Dockerfile": python('["sh", "-c", "uvicorn main:app --port $PORT"]'),
      "own/Dockerfile": python('["python", "main.py"]'),
    },
  })`
    services:
      a:
        build: told
        ports: ["8080:8080"]
                ^^^^^^^^^^^ port-not-exposed: a listens on 8000, and not 8080.
      b:
        build: own
        command: sh -c "python manage.py migrate && gunicorn -b :5000 app:app"
        ports: ["8000:8000"]
                ^^^^^^^^^^^ port-not-exposed: b listens on 5000, and not 8000.
      c: {build: told, ports: ["8080:8000", "5678:5678"]}
      d: {build: variable, ports: ["8080:8080"]}
      e: {build: own, command: "sh -c 'nginx && uvicorn app --port 8000'", ports: ["80:80"]}
      f:
        image: redis:8
        command: redis-server --port 6380
        ports: ["127.0.0.1:6379:6379"]
                ^^^^^^^^^^^^^^^^^^^^^ port-not-exposed: f listens on 6380, and not 6379.
      g:
        image: postgres:18
        command: -c port=5433
        ports: ["5432:5432"]
                ^^^^^^^^^^^ port-not-exposed: g listens on 5433, and not 5432.
      h:
        build: own
        environment: {PORT: 5000}
        ports: ["8000:8000"]
                ^^^^^^^^^^^ port-not-exposed: h listens on 5000, and not 8000.
      i: {build: own, environment: {PORT: 5000, API: "http://i:8000"}, ports: ["8000:8000"]}
  `;
});

test("by a mounted configuration of nginx or Caddy", () => {
  reportsInCompose(rule, {
    files: {
      "nginx.conf": "server { listen 8080; }",
      "variable.conf": "server { listen $port; }",
      Caddyfile: ":3000 {\n  respond hi\n}\n",
      "main.conf": "http { include /etc/nginx/conf.d/*.conf; server { listen 8080; } }",
    },
  })`
    services:
      a:
        image: nginx:1.30
        volumes: ["./nginx.conf:/etc/nginx/conf.d/default.conf"]
        ports: ["8080:80"]
                ^^^^^^^^^ port-not-exposed: a listens on 8080, and not 80.
      b: {image: "nginx:1.30", volumes: ["./nginx.conf:/etc/nginx/conf.d/other.conf"], ports: ["80:80"]}
      c: {image: "nginx:1.30", volumes: ["./variable.conf:/etc/nginx/conf.d/default.conf"], ports: ["80:80"]}
      d: {image: "nginx:1.30", volumes: ["./main.conf:/etc/nginx/nginx.conf"], ports: ["80:80"]}
      e:
        image: caddy:2
        volumes: ["./Caddyfile:/etc/caddy/Caddyfile"]
        ports: ["80:80"]
                ^^^^^^^ port-not-exposed: e listens on 2019, 3000, and not 80.
      f: {image: example/caddy, volumes: ["./Caddyfile:/etc/caddy/Caddyfile"], ports: ["80:80"]}
  `;
});

test("the port that labels tell caddy-docker-proxy", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: grafana/grafana:12.3
        labels:
          caddy: a.example.com
          caddy.reverse_proxy: "{{upstreams 3001}}"
                                            ^^^^ port-not-exposed: a exposes 3000, and not 3001, to which Caddy passes requests.
      b:
        image: grafana/grafana:12.3
        labels:
          - caddy_1=b.example.com
          - caddy_1.handle_path.0_reverse_proxy={{ upstreams http 3001 }}
                                                                  ^^^^ port-not-exposed
          - caddy_2.reverse_proxy={{upstreams 3000}}
          - caddy_3.reverse_proxy={{upstreams}}
          - caddy_4.reverse_proxy=other:3001
      c:
        image: grafana/grafana:12.3
        environment: {PORT: 3001}
        labels: {caddy.reverse_proxy: "{{upstreams 3001}}"}
  `;
});

test("the pages of RabbitMQ, which only some tags have", () => {
  reportsInCompose(rule)`
    services:
      a: {image: "rabbitmq:3.13", ports: ["5672:5672", "15672:15672"], volumes: ["mq:/var/lib/rabbitmq"]}
                                                       ^^^^^^^^^^^^^ port-not-exposed: The image of a has no management pages: tags with \`management\` have them, and listen on 15672.
      b: {image: "rabbitmq:3.13-management", ports: ["15672:15672"]}
      c: {image: "rabbitmq:3.7", ports: ["15672:15672"]}
      d: {image: "rabbitmq:4-alpine", ports: ["15672:15672"], volumes: ["./plugins:/etc/rabbitmq/enabled_plugins"]}
      e: {image: "rabbitmq:4", ports: ["15672:15672"], command: "sh -c 'rabbitmq-plugins enable rabbitmq_management && exec rabbitmq-server'"}
      f: {image: "rabbitmq:4-management-alpine", ports: ["15672:15672"]}
  `;
});

test("the tag that has them is offered", () => {
  expect(offeredInCompose(rule)`
    services:
      a: {image: "rabbitmq:3.13", ports: ["15672:15672"]}
      b: {image: rabbitmq:3-alpine, ports: ["15673:15672"]}
      c: {image: rabbitmq:alpine, ports: ["15674:15672"]}
      d: {image: rabbitmq, ports: ["15675:15672"]}
  `).toEqual([
    ["Take rabbitmq:3.13-management"],
    ["Take rabbitmq:3-management-alpine"],
    ["Take rabbitmq:management-alpine"],
    ["Take rabbitmq:management"],
  ]);
});

test("MinIO and Traefik by their arguments", () => {
  reportsInCompose(rule)`
    services:
      minio:
        image: quay.io/minio/minio:RELEASE.2024-05-28T17-19-04Z
        command: server /data
        ports: ["9000:9000", "9001:9001"]
                             ^^^^^^^^^^^ port-not-exposed: minio without --console-address listens on 9000, and not 9001.
      console:
        image: quay.io/minio/minio
        command: ["minio", "server", "/data", "--console-address", ":9090"]
        ports: ["9002:9000", "9003:9001"]
                             ^^^^^^^^^^^ port-not-exposed: console listens on 9000, 9090, and not 9001.
      traefik:
        image: traefik:v3.1
        command: ["--providers.docker", "--entrypoints.web.address=:80", "--api.insecure=true"]
        ports: ["80:80", "443:443", "8080:8080"]
                         ^^^^^^^^^ port-not-exposed: traefik listens on 80, 8080, and not 443.
  `;
});

test("nothing of MinIO and Traefik where more may be told", () => {
  reportsInCompose(rule)`
    services:
      old:
        image: quay.io/minio/minio:RELEASE.2021-06-17T00-10-46Z
        command: server /data
        ports: ["9000:9000", "9001:9001"]
      variable:
        image: quay.io/minio/minio
        command: server /data
        environment: {MINIO_CONSOLE_ADDRESS: ":9001"}
        ports: ["9000:9000", "9001:9001"]
      script:
        image: quay.io/minio/minio
        command: sh -c "minio server /data --console-address :9001"
        ports: ["9001:9001"]
      open:
        image: quay.io/minio/minio
        command: server /data --console-address :\${CONSOLE}
        ports: ["9001:9001"]
      other:
        image: example/minio
        command: server /data
        ports: ["9001:9001"]
      file:
        image: traefik:v3.1
        command: ["--entrypoints.web.address=:80"]
        ports: ["443:443"]
        volumes: ["./traefik.yml:/etc/traefik/traefik.yml"]
      first:
        image: traefik:1.7
        command: ["--docker"]
        ports: ["443:443"]
      both:
        image: traefik:v3.1
        command: ["--entrypoints.web.address=0.0.0.0:80", "--entrypoints.quic.address=:443/udp", "--ping"]
        ports: ["80:80", "443:443/udp", "8080:8080"]
  `;
});

test("a configuration without any server is not finished", () => {
  reportsInCompose(rule, { files: { "nginx.conf": "" } })`
    services:
      web:
        image: nginx:1.29
        volumes: ["./nginx.conf:/etc/nginx/nginx.conf"]
        ports: ["80:80"]
  `;
});

test("plugins of another server than RabbitMQ open no port", () => {
  reportsInCompose(rule)`
    services:
      cache:
        image: redis:8
        command: ["redis-server", "--loadmodule", "/plugins/plugin.so"]
        ports: ["8001:8001"]
                ^^^^^^^^^^^ port-not-exposed: cache exposes 6379, and not 8001.
      queue:
        image: rabbitmq:4
        command: ["sh", "-c", "rabbitmq-plugins enable rabbitmq_mqtt && rabbitmq-server"]
        ports: ["1883:1883"]
  `;
});
