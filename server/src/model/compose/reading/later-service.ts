import type { Span } from "../../../text/span.ts";
import type { Placed, Service } from "../project.ts";

/** What is known of a service that an edit only moved, before it is read at its new place. */
export interface MovedService {
  readonly name: Placed<string>;
  readonly span: Span;
  readonly node: Service["node"];
  /** Those of the service at its place before. */
  readonly notes: unknown[];
  readonly read: () => Service;
}

/**
 * A service that is read at its new place when something is asked of it that its notes do not tell: most of those that an edit
 * moves are never asked.
 */
export class LaterService implements Service {
  readonly name: Placed<string>;
  readonly span: Span;
  readonly node: Service["node"];
  readonly notes: unknown[];
  readonly #read: () => Service;
  #service: Service | undefined;

  constructor({ name, span, node, notes, read }: MovedService) {
    this.name = name;
    this.span = span;
    this.node = node;
    this.notes = notes;
    this.#read = read;
  }

  /** All of a service, be it read or not. */
  static wholeOf(service: Service): Service {
    return service instanceof LaterService ? service.read : service;
  }

  get read(): Service {
    this.#service ??= this.#read();
    return this.#service;
  }

  get complete() {
    return this.read.complete;
  }

  get image() {
    return this.read.image;
  }

  get imageFacts() {
    return this.read.imageFacts;
  }

  get build() {
    return this.read.build;
  }

  get imageBuild() {
    return this.read.imageBuild;
  }

  get dependsOn() {
    return this.read.dependsOn;
  }

  get environment() {
    return this.read.environment;
  }

  get environmentComplete() {
    return this.read.environmentComplete;
  }

  get command() {
    return this.read.command;
  }

  get entrypoint() {
    return this.read.entrypoint;
  }

  get restart() {
    return this.read.restart;
  }

  get replicas() {
    return this.read.replicas;
  }

  get ports() {
    return this.read.ports;
  }

  get mounts() {
    return this.read.mounts;
  }

  get networks() {
    return this.read.networks;
  }

  get networksComplete() {
    return this.read.networksComplete;
  }

  get networkMode() {
    return this.read.networkMode;
  }

  get healthcheck() {
    return this.read.healthcheck;
  }

  get profiles() {
    return this.read.profiles;
  }

  get extraHosts() {
    return this.read.extraHosts;
  }

  get containerName() {
    return this.read.containerName;
  }

  get hostname() {
    return this.read.hostname;
  }

  get links() {
    return this.read.links;
  }

  get secrets() {
    return this.read.secrets;
  }

  get configs() {
    return this.read.configs;
  }

  get grantsComplete() {
    return this.read.grantsComplete;
  }
}
