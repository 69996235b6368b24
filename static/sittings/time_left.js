// The time left, counted from what the server said: the device's own clock decides nothing.

const SAID_AT = [600, 300, 60];

export class TimeLeft {
  #place = document.getElementById("time-left");
  #words;
  #ended;
  #ends;
  #before = Infinity;

  constructor(words, ended) {
    this.#words = words;
    this.#ended = ended;
    if (!this.#place) return;
    this.set(Number(this.#place.dataset.seconds));
    setInterval(() => this.#show(), 1000);
  }

  set(seconds) {
    if (seconds === null || seconds === undefined || !this.#place) return;
    this.#ends = performance.now() + seconds * 1000;
    this.#show();
  }

  #show() {
    const left = Math.max(0, Math.ceil((this.#ends - performance.now()) / 1000));
    const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (this.#place.textContent !== text) this.#place.textContent = text;
    for (const at of SAID_AT) if (left <= at && this.#before > at && left > 0) this.#say(at / 60);
    if (left === 0 && this.#before > 0) this.#ended();
    this.#before = left;
  }

  #say(minutes) {
    const { minute, minutes: many } = this.#words;
    document.getElementById("time-said").textContent = minutes === 1 ? minute : many.replace("{n}", minutes);
  }
}
