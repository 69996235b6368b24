// Sends what waits: in order, at most one mark of a person at once, and each only as the person who made it.

import { addressOf, asSent, groupOf } from "./kinds.js";
import * as queue from "./queue.js";

const MOST = 100;
const PATIENCE = 15000;
const SHORTEST_WAIT = 2000;
const LONGEST_WAIT = 30000;

// Two windows on one phone take turns. Where the browser cannot, a mark sent twice is still stored once.
const alone = (work) => (navigator.locks ? navigator.locks.request("send marks", work) : work());
const inWindows = "BroadcastChannel" in window ? new BroadcastChannel("marks") : null;

export class Sender {
  // What keeps marks from being sent: { kind, message?, group? }, or null.
  problem = null;
  isSending = false;
  #person;
  #token;
  #told;
  #wait = SHORTEST_WAIT;
  #timer;
  #isAskedAgain = false;
  #isFresh = false; // the token, in this round
  #most = MOST;
  #stored = new Map(); // by person: the version that a mark was made from, and the one it became
  #held = new Map(); // not tried again on this page: sessions, and marks that the server cannot read, with what keeps them

  // `told(answer)` after each answer of the server, `told()` when only the state changed.
  constructor(person, token, told) {
    this.#person = person;
    this.#token = token;
    this.#told = told;
    const now = () => this.send();
    window.addEventListener("online", now);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) now(); });
    inWindows?.addEventListener("message", ({ data }) => told(data));
  }

  async send() {
    clearTimeout(this.#timer);
    if (this.isSending) {
      this.#isAskedAgain = true;
      return;
    }
    this.isSending = true;
    let isDone = true;
    try {
      do {
        this.#isAskedAgain = false;
        isDone = await alone(() => this.#round());
      } while (isDone && this.#isAskedAgain);
    } finally {
      this.isSending = false;
    }
    if (isDone) this.#wait = SHORTEST_WAIT;
    else {
      this.#timer = setTimeout(() => this.send(), this.#wait);
      this.#wait = Math.min(2 * this.#wait, LONGEST_WAIT);
    }
    this.#told();
  }

  // The register, or the skill, as the server has it, with a fresh token; null where there is no answer.
  async load(group) {
    const answer = await this.#fetch(addressOf(group), {});
    if (answer.status !== 200) return null;
    if (answer.data.by !== this.#person) {
      this.problem = { kind: "somebody_else" };
      return null;
    }
    this.#token = answer.data.form_token;
    return answer.data;
  }

  // What keeps this mark from being tried again on this page, if anything does.
  heldFor(mark) {
    return this.#held.get(mark.client_key) ?? this.#held.get(groupOf(mark));
  }

  // True once nothing is left that could be sent now.
  async #round() {
    this.#isFresh = false;
    this.#most = MOST;
    for (;;) {
      const batch = this.#next(await queue.list()).map((mark) => this.#rebased(mark));
      if (!batch.length) return true;
      const answer = await this.#post(batch);
      if (answer.status === 200) await this.#settle(batch, answer.data);
      else if (!(await this.#refused(batch, answer))) return false;
    }
  }

  #next(marks) {
    const batch = [], taken = new Set();
    for (const mark of marks) {
      if (mark.by !== this.#person || this.#held.has(groupOf(mark))) continue;
      const who = queue.personOf(mark);
      const isNext = !mark.state && !this.#held.has(mark.client_key) && !taken.has(who);
      taken.add(who); // a later mark of the same person waits for this one
      if (isNext && groupOf(mark) === groupOf(batch[0] ?? mark)) batch.push(mark);
      if (batch.length === this.#most) break;
    }
    return batch;
  }

  #post(batch) {
    return this.#fetch(addressOf(groupOf(batch[0])), {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Form-Token": this.#token },
      body: JSON.stringify({ by: this.#person, marks: batch.map(asSent) }),
    });
  }

  async #fetch(address, options) {
    try {
      const answer = await fetch(address, {
        ...options,
        headers: { Accept: "application/json", ...options.headers },
        redirect: "manual", // to the sign-in page
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (answer.type === "opaqueredirect") return { status: 401, data: {} };
      return { status: answer.status, data: await answer.json().catch(() => ({})) };
    } catch {
      return { status: 0, data: {} };
    }
  }

  // Made on top of one's own earlier mark: that one's version is what it changes.
  #rebased(mark) {
    const [from, to] = this.#stored.get(queue.personOf(mark)) ?? [];
    return !mark.state && mark.base_version === from && to !== from ? { ...mark, base_version: to } : mark;
  }

  // A result takes its mark out of the line, or says why a person has to look at it.
  async #settle(batch, answer) {
    const results = new Map(answer.results?.map((result) => [result.client_key, result]));
    const last = new Map((await queue.list()).map((mark) => [queue.personOf(mark), mark.client_key]));
    await queue.revise((waiting) => {
      const mark = this.#rebased(waiting);
      const result = results.get(mark.client_key);
      if (!result) return mark;
      if (result.state === "saved" || result.state === "unchanged") {
        // Never further than one: what somebody else stored after it was not seen by whoever made the next one.
        const became = Math.min(result.mark.version, mark.base_version + 1);
        if (!mark.fills_unmarked || isWhole(result.mark)) this.#stored.set(queue.personOf(mark), [mark.base_version, became]);
        return null;
      }
      // Who recorded the same person again since then has mended it.
      if (result.state === "refused" && last.get(queue.personOf(mark)) !== mark.client_key) return null;
      const { version, said } = result.mark ?? { version: 0, said: "" }; // whoever left the register has none
      return { ...mark, state: result.state, field: result.field, message: result.message, theirs: { version, said } };
    });
    // An answer that leaves out a mark would be asked for ever.
    for (const mark of batch) if (!results.has(mark.client_key)) this.#held.set(mark.client_key, "unread");
    if (!this.#held.size) this.problem = null;
    const told = { group: groupOf(batch[0]), session_id: batch[0].session_id, results: [...results.values()], totals: answer.totals };
    inWindows?.postMessage(told);
    await this.#told(told);
  }

  // Whether to go on at once. Every mark stays in the line.
  async #refused(batch, { status, data }) {
    const group = groupOf(batch[0]);
    const says = (kind) => { this.problem = { kind, message: data.message, group }; };
    if (status === 0) {
      says("network");
      const sent = new Set(batch.map((mark) => mark.client_key));
      await queue.revise((mark) => (sent.has(mark.client_key) && mark.way === "register" ? { ...mark, way: "offline" } : mark));
      return false;
    }
    if (status === 401) {
      says("signed_out");
      return false;
    }
    if (status === 400 && !this.#isFresh) {
      this.#isFresh = true;
      if (await this.load(group)) return true;
      if (this.problem?.kind !== "somebody_else") says("server");
      return false;
    }
    if (status === 409 && data.is_open === false) {
      says("closed");
      await queue.revise((mark) => (groupOf(mark) === group && mark.by === this.#person && !mark.state
        ? { ...mark, state: "closed", message: data.message } : mark));
      return true;
    }
    if (status === 400 || status === 413) {
      // One that cannot be read must not hold up the others.
      if (batch.length > 1) this.#most = 1;
      else this.#held.set(batch[0].client_key, "unread");
      says("unread");
      return true;
    }
    if (status === 403 || status === 404) {
      this.#held.set(group, "not_allowed");
      says("not_allowed");
      return true;
    }
    says("server");
    return false;
  }
}

const isWhole = (mark) => mark.outcome === "present" && !mark.arrived && !mark.left && !mark.absences.length;

