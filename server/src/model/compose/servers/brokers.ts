import type { KnownServer, Settings } from "./known-server.ts";
import { commandTest, hostVariable, noReadyTest, shellTest, writtenSetting } from "./ready-tests.ts";

/** Brokers, caches and stores; programs from the same sources as those of databases. */
export const brokers: readonly KnownServer[] = [
  {
    title: "Redis",
    isDatabase: false,
    port: 6379,
    dataPath: "/data",
    image: /^(?:redis|redis-stack|redis-stack-server)$/,
    official: ["redis", "redis/redis-stack", "redis/redis-stack-server"],
    schemes: ["redis", "rediss"],
    variable: hostVariable("REDIS"),
    readyTest: () => commandTest("redis-cli", "ping"),
  },
  {
    title: "Valkey",
    isDatabase: false,
    port: 6379,
    dataPath: "/data",
    image: /^valkey$/,
    official: ["valkey/valkey"],
    schemes: ["valkey", "valkeys", "redis", "rediss"],
    variable: hostVariable("VALKEY|REDIS"),
    readyTest: () => commandTest("valkey-cli", "ping"),
  },
  {
    title: "RabbitMQ",
    isDatabase: false,
    port: 5672,
    dataPath: "/var/lib/rabbitmq",
    image: /^rabbitmq$/,
    official: ["rabbitmq"],
    schemes: ["amqp", "amqps"],
    variable: hostVariable("RABBITMQ|RABBIT|AMQP"),
    // `ping` tells of the runtime only; this one asks whether the listeners answer (rabbitmq.com, Monitoring).
    readyTest: () => commandTest("rabbitmq-diagnostics", "-q", "check_port_connectivity"),
  },
  {
    title: "Kafka",
    isDatabase: false,
    port: 9092,
    dataPath: "/var/lib/kafka/data",
    image: /^(?:kafka|cp-kafka|cp-server)$/,
    official: ["apache/kafka", "apache/kafka-native", "confluentinc/cp-kafka"],
    schemes: ["kafka"],
    variable: hostVariable(
      "KAFKA",
      ".*KAFKA_+BROKERS?(?:_LIST|_URLS?)?",
      ".*BOOTSTRAP_?SERVERS?",
      ".*KAFKA_URLS?",
    ),
    readyTest: kafkaTest,
  },
  {
    title: "NATS",
    isDatabase: false,
    port: 4222,
    dataPath: "/data",
    image: /^nats$/,
    official: [],
    schemes: ["nats"],
    variable: hostVariable("NATS"),
    readyTest: noReadyTest,
  },
  {
    title: "Memcached",
    isDatabase: false,
    port: 11211,
    dataPath: "/",
    image: /^memcached$/,
    official: [],
    schemes: ["memcached", "memcache"],
    variable: hostVariable("MEMCACHED?|MEMCACHE"),
    readyTest: noReadyTest,
  },
  {
    title: "ZooKeeper",
    isDatabase: false,
    port: 2181,
    dataPath: "/data",
    image: /^(?:zookeeper|cp-zookeeper)$/,
    official: [],
    schemes: ["zookeeper", "zk"],
    variable: hostVariable("ZOOKEEPER|ZK", ".*ZOOKEEPER_CONNECT"),
    readyTest: noReadyTest,
  },
  {
    title: "MinIO",
    isDatabase: false,
    isForBrowsers: true,
    port: 9000,
    dataPath: "/data",
    image: /^minio$/,
    official: ["minio/minio", "quay.io/minio/minio"],
    schemes: [],
    variable: hostVariable("MINIO|S3"),
    // Its client is in the image, with the server beside it as `local` (min.io, "mc ready").
    readyTest: () => commandTest("mc", "ready", "local"),
  },
];

/** Asks the first listener that is not for the cluster itself; undefined where the service does not say which that is. */
function kafkaTest(service: Settings): string | undefined {
  const { image, environmentComplete } = service;
  const listeners = writtenSetting(service, "KAFKA_LISTENERS");
  const listener = listeners
    ?.split(",")
    .find(
      (it) =>
        !/CONTROLLER/i.test(it) && /:\/\/(?:0\.0\.0\.0|localhost|127\.0\.0\.1|\[?::\]?)?:\d+\s*$/.test(it),
    );
  const isDefault = listeners === undefined && environmentComplete && service.environment.length === 0;
  const port = isDefault ? "9092" : /\d+\s*$/.exec(listener ?? "")?.[0].trim();
  if (port === undefined || image?.value.name === "apache/kafka-native") return undefined;
  const name = "kafka-broker-api-versions";
  const program = image?.value.name === "apache/kafka" ? `/opt/kafka/bin/${name}.sh` : name;
  return shellTest(`${program} --bootstrap-server 127.0.0.1:${port} > /dev/null`);
}
