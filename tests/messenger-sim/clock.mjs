// The simulator's time: the machine's clock plus an offset that only moves forward when a person or a test says so.

export class Clock {
  #wallMs;
  #lastStampMs = 0;
  offsetMs = 0;

  /** `wallMs` returns milliseconds since 1970. */
  constructor(wallMs = Date.now) {
    this.#wallMs = wallMs;
  }

  now() {
    return this.#wallMs() + this.offsetMs;
  }

  /** A timestamp later than every one before it, so that events of a page are totally ordered. */
  stamp() {
    this.#lastStampMs = Math.max(this.#lastStampMs + 1, this.now());
    return this.#lastStampMs;
  }

  advance(advanceMs) {
    this.offsetMs += advanceMs;
  }

  reset() {
    this.offsetMs = 0;
    this.#lastStampMs = 0;
  }
}
