import { Timeline } from "../timeline.ts";
import { type Links, realDirectory, realPath } from "./links.ts";

/** The symbolic links of an image over the moments of a stage: those of its base, and those that it makes and takes away. */
export class LinkRegister {
  private readonly base: Links;
  /** By path; undefined where they are gone. */
  private readonly own = new Map<string, Timeline<string | undefined>>();

  constructor(base: Links) {
    this.base = base;
  }

  /** All of them, as everything before `limit` left them. */
  before(limit: number): Links {
    if (this.own.size === 0) return this.base;
    const links = new Map(this.base);
    for (const [path, timeline] of this.own) {
      const target = timeline.before(limit);
      if (target !== undefined) links.set(path, target);
      else if (timeline.momentBefore(limit) >= 0) links.delete(path);
    }
    return links;
  }

  /** The path is a link to `target`, an absolute path, from now on. */
  add(moment: number, path: string, target: string): void {
    const real = this.real(path, Number.POSITIVE_INFINITY);
    const timeline = this.own.get(real) ?? new Timeline<string | undefined>();
    this.own.set(real, timeline);
    timeline.set(moment, target);
  }

  /** A link that the stage made is gone, if there is one at this real path. */
  remove(moment: number, path: string): void {
    this.own.get(path)?.set(moment, undefined);
  }

  /** Where a path really is, as everything before `limit` left the links on its way. */
  real(path: string, limit: number): string {
    if (this.base.size === 0 && this.own.size === 0) return path;
    return realPath(path, (it) => this.targetOf(it, limit));
  }

  /** The same of a directory, which may be a link itself, as it is now. */
  realDirectory(path: string): string {
    if (this.base.size === 0 && this.own.size === 0) return path;
    return realDirectory(path, (it) => this.targetOf(it, Number.POSITIVE_INFINITY));
  }

  private targetOf(path: string, limit: number): string | undefined {
    const own = this.own.size === 0 ? undefined : this.own.get(path);
    return own && own.momentBefore(limit) >= 0 ? own.before(limit) : this.base.get(path);
  }
}
