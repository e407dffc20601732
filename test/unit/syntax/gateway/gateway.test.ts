import fc from "fast-check";
import { expect, test } from "vitest";
import { readCaddyfile } from "../../../../server/src/syntax/gateway/caddyfile.ts";
import { readNginx } from "../../../../server/src/syntax/gateway/nginx.ts";
import {
  readApache,
  readEnvoy,
  readHaproxy,
  readTraefik,
} from "../../../../server/src/syntax/gateway/other-proxies.ts";
import type { GatewayConfiguration } from "../../../../server/src/syntax/gateway/passed-host.ts";
import { readPrometheus } from "../../../../server/src/syntax/gateway/prometheus.ts";

/** Each host as it is found at its place in the text, with its port. */
function hostsIn(text: string, read: (text: string) => GatewayConfiguration): string[] {
  return read(text).hosts.map(({ host, start, end, port, portAt }) => {
    expect(text.slice(start, end)).toBe(host);
    if (portAt) expect(text.slice(portAt.start, portAt.end)).toBe(String(port));
    return port === undefined ? host : `${host}:${port}`;
  });
}

test("Prometheus", () => {
  const text = `
remote_write:
  - url: http://mimir:9009/api/v1/push # http://gone:1
alerting:
  alertmanagers:
    - static_configs:
        - targets: [alertmanager:9093]
scrape_configs:
  - job_name: own
    static_configs: [{ targets: ['localhost:9090', "example.com:443", web:8080] }]
  - job_name: lines
    static_configs:
      - targets:
          - node:9100   # here
          # - gone:9100
          - 'cadvisor:8080'
        labels: { group: a }
      - targets: [
          "a:1",
          b
        ]
  - job_name: probe
    metrics_path: /probe
    static_configs:
      - targets: [http://shop, other:80]
    relabel_configs:
      - source_labels: [__address__]
        target_label: __param_target
      - target_label: __address__
        replacement: blackbox:9115
`;
  expect(hostsIn(text, readPrometheus).sort()).toEqual([
    "a:1",
    "alertmanager:9093",
    "b",
    "blackbox:9115",
    "cadvisor:8080",
    "mimir:9009",
    "node:9100",
    "web:8080",
  ]);
  expect(hostsIn(text.replaceAll("\n", "\r\n"), readPrometheus)).toHaveLength(8);
  expect(readPrometheus(text).loopbacks.map((it) => it.port)).toEqual([9090]);
  expect(hostsIn("targets: [", readPrometheus)).toEqual([]);
});

test("nginx", () => {
  const text = `
upstream pool { least_conn; server a:80 weight=2; server "b:81"; server unix:/tmp/x.sock; }
server {
  server_name web; listen 80; # proxy_pass http://gone:80;
  location / { proxy_pass http://pool; } location /a { proxy_pass 'https://c:8443/x$uri'; }
  location ~ "\\.php$" { fastcgi_pass php:9000; set $u "http://later:1"; proxy_pass $u; }
  location /b { proxy_pass http://$host:80; grpc_pass grpc://d:50051; proxy_pass http://api.example.com:80; }
  location /c { proxy_pass http://\${NAME}:80; proxy_pass http://127.0.0.1:80; proxy_pass http://localhost:80; }
}`;
  expect(hostsIn(text, readNginx)).toEqual([
    "a:80",
    "b:81",
    "pool",
    "c:8443",
    "php:9000",
    "d:50051",
    "later:1",
  ]);
  expect(readNginx(text).listens).toEqual([80]);
  expect(readNginx(text).groups).toEqual(["pool"]);
});

test("Caddy", () => {
  const text = `
{$DOMAIN:localhost} {
	reverse_proxy /api/* api:3000 http://other { # gone:1
		to more:1 more:2
		header_up Host to:1
	}
	to nothing:1
	php_fastcgi unix//run/php.sock
	php_fastcgi fpm:9000
	reverse_proxy @ws {
		to ws:1
	}
	handle {
		reverse_proxy {http.request.host}:80 localhost:2019 :9 h2c://grpc:50051
	}
}`;
  expect(hostsIn(text, readCaddyfile)).toEqual([
    "api:3000",
    "other",
    "more:1",
    "more:2",
    "fpm:9000",
    "ws:1",
    "grpc:50051",
  ]);
});

test("HAProxy and Traefik", () => {
  const haproxy = "backend b\n  server one a:80 check\n  server two 10.0.0.1:80\n  # server three c:80\n";
  expect(hostsIn(haproxy, readHaproxy)).toEqual(["a:80"]);
  const yaml =
    'http:\n  services:\n    a:\n      loadBalancer:\n        servers:\n          - url: "http://a:80/"\n          - url: h2c://b:81 # c\n';
  expect(hostsIn(yaml, readTraefik)).toEqual(["a:80", "b:81"]);
  expect(hostsIn('[[http.services.a.loadBalancer.servers]]\nurl = "http://a:80"\n', readTraefik)).toEqual([
    "a:80",
  ]);
});

test("any text gives an answer", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      for (const read of [readNginx, readCaddyfile, readHaproxy, readTraefik])
        expect(hostsIn(text, read).length).toBeGreaterThanOrEqual(0);
    }),
  );
  const long = 'server "'.repeat(20_000);
  const started = performance.now();
  readNginx(long);
  readCaddyfile(long);
  expect(performance.now() - started).toBeLessThan(2_000);
});

test("a placeholder in capitals is no host", () => {
  expect(
    readNginx("proxy_pass http://BACKEND_HOST:80; proxy_pass http://API:80;").hosts.map((it) => it.host),
  ).toEqual(["API"]);
});

test("Envoy and Apache", () => {
  const envoy = `
listeners: [{address: {socket_address: {address: 0.0.0.0, port_value: 80}}}]
clusters:
- endpoint:
    address:
      socket_address:
        address: api
        port_value: 8000
- endpoint: {address: {socket_address: {address: "other", port_value: 9}}}
`;
  expect(hostsIn(envoy, readEnvoy)).toEqual(["api:8000", "other:9"]);
  const apache = `
ProxyPass "/api" "http://api:8000/"
# ProxyPass /x http://gone:1/
ProxyPass /y http://other/
BalancerMember http://third:3
`;
  expect(hostsIn(apache, readApache)).toEqual(["api:8000", "other", "third:3"]);
});

test("where nginx and Caddy listen", () => {
  expect(readNginx("server { listen [::]:8080; listen unix:/a; } server { }").listens).toEqual([8080, 80]);
  expect(readNginx("server { listen unix:/a; }").listens).toEqual([]);
  expect(readNginx("server { listen $port; }").listens).toBeUndefined();
  expect(readCaddyfile("a.example.com:8443 {\n}\nhttp://b {\n}\n").listens).toEqual([2019, 8443, 80, 80]);
  expect(readCaddyfile("{\n\thttp_port 8080\n}\n:80 {\n}\n").listens).toBeUndefined();
});
