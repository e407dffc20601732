import { type Answer, no, type Reason, unknown, yes } from "../../known.ts";
import { Timeline } from "../timeline.ts";

const ANY = () => true;

/** Something that may have added names, without saying which. */
interface Disturbance {
  readonly moment: number;
  readonly reason: Reason;
  /** Which names it may have brought. */
  readonly mayBring: (name: string) => boolean;
}

/** Something that may have taken names away. */
interface Loss {
  readonly moment: number;
  readonly reason: Reason;
  readonly mayTake: (name: string) => boolean;
}

/**
 * Names that are in an image or not (users, groups, programs), over the moments of a stage. A name that something
 * may have added is unknown, one that was added stays: what is there is rarely taken away without saying so.
 */
export class NameRegister {
  private readonly names = new Map<string, Timeline<Answer>>();
  private readonly disturbances: Disturbance[] = [];
  private readonly losses: Loss[] = [];
  private readonly replaced = new Timeline<(name: string) => Answer>();
  private readonly base: (name: string) => Answer;

  constructor(base: (name: string) => Answer) {
    this.base = base;
  }

  set(moment: number, name: string, answer: Answer): void {
    let timeline = this.names.get(name);
    if (!timeline) {
      timeline = new Timeline<Answer>();
      this.names.set(name, timeline);
    }
    timeline.set(moment, answer);
  }

  disturb(moment: number, reason: Reason, mayBring: (name: string) => boolean = ANY): void {
    this.disturbances.push({ moment, reason, mayBring });
  }

  /** Some of the names may be gone from now on. */
  lose(moment: number, reason: Reason, mayTake: (name: string) => boolean): void {
    this.losses.push({ moment, reason, mayTake });
  }

  /** From now on the names are those of another list, e.g. a copied /etc/passwd. */
  replace(moment: number, names: (name: string) => Answer): void {
    this.replaced.set(moment, names);
  }

  /** Is the name there, as everything before `limit` left it? */
  ask(name: string, limit: number): Answer {
    const own = this.names.get(name);
    const ownMoment = own?.momentBefore(limit) ?? -1;
    const replacedMoment = this.replaced.momentBefore(limit);
    const since = Math.max(ownMoment, replacedMoment);
    const answer =
      (ownMoment > replacedMoment ? own?.before(limit) : this.replaced.before(limit)?.(name)) ??
      this.base(name);
    if (answer.is === "yes") {
      const loss = this.losses.find((it) => it.moment > since && it.moment < limit && it.mayTake(name));
      return loss ? unknown(loss.reason) : answer;
    }
    if (answer.is !== "no") return answer;
    for (let at = this.disturbancesBefore(limit) - 1; at >= 0; at--) {
      const disturbance = this.disturbances[at];
      if (!disturbance || disturbance.moment <= since) break;
      if (disturbance.mayBring(name)) return unknown(disturbance.reason);
    }
    return answer;
  }

  /** How many there are; they are kept in order of their moments. */
  private disturbancesBefore(limit: number): number {
    let low = 0;
    let high = this.disturbances.length;
    // Most asks are about now.
    if ((this.disturbances[high - 1]?.moment ?? 0) < limit) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.disturbances[middle]?.moment ?? 0) < limit) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Has anything before `limit` set this name, or may it have? What the base has does not count. */
  isBrought(name: string, limit: number): Answer {
    const own = this.names.get(name)?.before(limit);
    if (own) return own.is === "unknown" ? own : yes(...own.because);
    const disturbance = this.disturbances.find((it) => it.moment < limit && it.mayBring(name));
    return disturbance ? unknown(disturbance.reason) : no();
  }

  /** Has anything that may have brought this name happened yet? */
  isDisturbed(name: string): boolean {
    return this.disturbances.some((it) => it.mayBring(name));
  }
}
