// Makes a recording of a page as a person would who moves, reads and clicks. The same number gives the same recording.

const desktops = [[1280, 600], [1366, 650], [1440, 780], [1920, 960]];
const phones = [[360, 640], [390, 700], [412, 732]];
const mouseMs = 16.7;
const scrollMs = 33;

export class Recorder {
  /** `number` decides everything that is left to chance; `device` is "desktop" or "mobile". */
  constructor(number, { device = "desktop", page, pages = ["product", "listing", "cart"], cart } = {}) {
    this.chance = chanceFrom(number);
    [this.width, this.height] = this.oneOf(device === "mobile" ? phones : desktops);
    this.device = device;
    this.page = page ?? this.oneOf(pages);
    this.cart = cart ?? this.whole(0, 3);
    this.nowMs = this.whole(200, 3000);
    this.y = 0;
    this.pageHeight = this.whole(3000, 8000);
    this.events = [];
    this.tell("load", this.page);
    if (device === "desktop") this.place(this.whole(200, this.width - 200), this.whole(200, this.height - 60));
  }

  /** The recording in the format of `lab behaviour`. */
  trace(id) {
    return { id, device: this.device, vw: this.width, vh: this.height, page: this.page, cart: this.cart, ev: this.events };
  }

  tell(...event) {
    this.events.push([Math.round(this.nowMs), ...event]);
  }

  wait(leastMs, mostMs = leastMs) {
    this.nowMs += this.between(leastMs, mostMs);
  }

  /** Moves the mouse in one sweep that starts and ends slowly. */
  moveTo(x, y, ms = this.between(350, 900)) {
    const [fromX, fromY] = this.at;
    this.sweep(ms, (part) => {
      const eased = part ** 3 * (10 - 15 * part + 6 * part * part);
      return [fromX + (x - fromX) * eased, fromY + (y - fromY) * eased];
    });
    this.place(x, y);
  }

  /** Out through the top. A hand that wants something up there slows down; one on its way to another screen does not. */
  leaveUpwards({ ms = this.between(330, 600), slowing = true, x = this.at[0] } = {}) {
    const [fromX, fromY] = this.at;
    const power = slowing ? 2 : 1;
    this.sweep(ms, (part) => [fromX + (x - fromX) * part, fromY * (1 - part) ** power]);
    this.wait(mouseMs);
    this.tell("leave", Math.round(x), slowing ? -3 : -70, null);
  }

  comeBack(x = this.at[0], y = 20) {
    this.tell("enter", Math.round(x), y);
    this.place(x, y);
    this.wait(mouseMs);
  }

  wander() {
    this.moveTo(this.whole(150, this.width - 150), this.whole(150, this.height - 80));
  }

  click(tag, role, x = this.at?.[0] ?? 30, y = this.at?.[1] ?? 30) {
    this.tell("click", Math.round(x), Math.round(y), tag, role);
  }

  /** Scrolls by so much within so long. */
  scrollBy(distance, ms) {
    const from = this.y;
    const steps = Math.max(3, Math.round(ms / scrollMs));
    for (let step = 1; step <= steps; step += 1) {
      this.nowMs += scrollMs;
      this.y = Math.max(0, Math.min(this.pageHeight, Math.round(from + (distance * step) / steps)));
      this.tell("scroll", this.y, this.pageHeight);
    }
  }

  /** Reads on, with pauses. */
  read(times = this.whole(1, 3)) {
    for (let time = 0; time < times; time += 1) {
      this.wait(1200, 3500);
      this.scrollBy(this.whole(120, 500), this.between(200, 500));
    }
  }

  hide() {
    this.tell("vis", "hidden");
  }

  show() {
    this.tell("vis", "visible");
  }

  fill(name) {
    this.tell("fld", "focus", name);
    this.wait(400, 1200);
    this.tell("fld", "input", name);
    this.wait(300, 1800);
    this.tell("fld", "blur", name);
  }

  end() {
    this.wait(1500, 4000);
    this.tell("end");
  }

  between(least, most) {
    return least + this.chance() * (most - least);
  }

  whole(least, most) {
    return Math.floor(this.between(least, most + 1));
  }

  oneOf(list) {
    return list[this.whole(0, list.length - 1)];
  }

  place(x, y) {
    this.at = [x, y];
  }

  sweep(ms, positionAt) {
    const steps = Math.max(6, Math.round(ms / mouseMs));
    for (let step = 1; step <= steps; step += 1) {
      this.nowMs += mouseMs;
      const [x, y] = positionAt(step / steps);
      this.tell("mm", Math.round(x), Math.max(0, Math.round(y + this.between(-1, 1))));
    }
  }
}

/** Mulberry32: numbers from 0 to 1 that look like chance. */
function chanceFrom(number) {
  let state = (number * 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
