// One person's row in the register: what its fields say, and what is told of the mark they made.

export class Row {
  mark; // as the server told it last
  #shown; // the fields as they were filled last
  #errorAt;

  constructor(element, words, drafts) {
    this.element = element;
    this.words = words;
    this.drafts = drafts;
    this.id = element.dataset.person;
    this.details = element.querySelector(".person__more");
    this.note = element.querySelector(".person__note");
    this.told = element.querySelector(".person__told");
    const rendered = this.read();
    this.#shown = JSON.stringify(rendered);
    this.mark = {
      ...rendered,
      version: Number(this.#field("version").value),
      note: this.note.textContent.trim(),
      minutes: Object.fromEntries(element.dataset.minutes.trim().split(/\s+/).map((each) => each.split("=")).map(([id, n]) => [id, Number(n)])),
    };
  }

  get isOwn() {
    return this.element.querySelector(".choices").disabled;
  }

  get outcome() {
    return this.element.querySelector(".choices__input:checked")?.value ?? null;
  }

  get isTouched() {
    return JSON.stringify(this.read()) !== this.#shown;
  }

  get isInTimes() {
    return this.details.contains(document.activeElement) && document.activeElement.matches("input, select");
  }

  // Times say nothing of somebody who is not here.
  read() {
    const outcome = this.outcome;
    return outcome === "present" ? { outcome, ...this.#times() } : { outcome, arrived: "", left: "", absences: [], mode: null };
  }

  #times() {
    const absences = this.#pairs().map(([out, back]) => [out.value.trim(), back.value.trim()]);
    return {
      arrived: this.#field("arrived")?.value.trim() ?? "", // one's own row has no fields
      left: this.#field("left")?.value.trim() ?? "",
      absences: absences.filter(([out, back]) => out || back),
      mode: this.#field("mode")?.value ?? null,
    };
  }

  choose(outcome) {
    const input = this.element.querySelector(`.choices__input[value="${outcome}"]`);
    if (!input || input.matches(":disabled")) return false;
    input.checked = true;
    return true;
  }

  focus() {
    (this.element.querySelector(".choices__input:checked") ?? this.element.querySelector(".choices__input")).focus();
    this.element.scrollIntoView({ block: "nearest" });
  }

  openTimes() {
    this.details.open = true;
    this.details.querySelector("input")?.focus();
  }

  closeTimes() {
    this.details.open = false;
    this.focus();
  }

  // The times of somebody who is not here are in the fields alone: they outlive the page.
  keepTimes() {
    const times = this.#times(), isTyped = times.arrived || times.left || times.absences.length;
    this.drafts.keep(this.id, isAway(this.outcome) && isTyped ? times : null);
  }

  // The fields were taken as they are: nothing of them is left to take.
  taken() {
    this.#shown = JSON.stringify(this.read());
  }

  // What the row looks like, from the server's mark and the marks of this person that wait, oldest first.
  show(waiting, isStuck) {
    const last = waiting.at(-1);
    if (!this.isTouched && !this.isInTimes) for (const fields of [this.mark, ...waiting]) this.#write(fields);
    this.#field("version").value = this.mark.version;
    this.look(last);
    if (!last) this.note.textContent = this.mark.note;
    else if (last.state) this.note.textContent = "";
    else if (isStuck) this.note.textContent = `${this.words.waiting} ${said(last, this.words)}`;
    this.element.querySelector(".person__history")?.toggleAttribute("hidden", !this.mark.version);
    this.#tell(waiting.find((mark) => mark.state), last);
  }

  // Colors follow the fields, before anything is sent.
  look(isWaiting) {
    this.element.className = `person person--${this.outcome ?? "none"}`;
    this.element.classList.toggle("person--changed", Boolean(isWaiting) || this.isTouched);
  }

  #tell(held, last) {
    const key = held ? JSON.stringify([held, this.mark, last]) : "";
    if (this.told.dataset.of === key) return;
    this.told.dataset.of = key;
    this.#complain(held?.state === "refused" ? held : null);
    if (!held) this.told.replaceChildren();
    else if (held.state === "conflict") this.told.replaceChildren(this.#choice(held, last));
    else if (held.state === "refused") this.told.replaceChildren(this.#piece("refused-template", held.field ? "" : held.message));
    else this.told.replaceChildren(this.#piece("closed-template", said(last, this.words)));
  }

  #piece(template, sentence) {
    const piece = document.getElementById(template).content.cloneNode(true);
    const place = piece.querySelector("[data-sentence]");
    if (sentence) place.textContent = sentence;
    else place.remove();
    return piece;
  }

  #choice(held, last) {
    const piece = document.getElementById("conflict-template").content.cloneNode(true);
    const name = this.element.querySelector(".person__name").textContent;
    piece.querySelector("legend").append(...named(this.words.which, name));
    const by = this.mark.version >= held.theirs.version ? this.mark.recorded_by : null;
    piece.querySelector("[data-by]").append(...named(by ? this.words.asRecordedBy : this.words.asRecorded, by));
    piece.querySelector("[data-theirs]").textContent = (this.mark.version >= held.theirs.version && this.mark.said) || held.theirs.said;
    piece.querySelector("[data-mine]").textContent = said(last, this.words);
    return piece;
  }

  // The sentence at its field, as the page itself would have shown it; the typed text stays.
  #complain(refused) {
    if (this.#errorAt) {
      this.#errorAt.message.remove();
      for (const name of ["aria-invalid", "aria-describedby"]) this.#errorAt.field.removeAttribute(name);
      this.#errorAt.field.classList.remove("usa-input--error");
      this.#errorAt = undefined;
    }
    const field = refused?.field && (document.getElementById(`${this.id}-${refused.field}`));
    if (!field) return;
    const message = document.createElement("span");
    message.className = "usa-error-message";
    message.id = `${field.id}-error`;
    message.textContent = refused.message;
    if (field.matches("input")) {
      field.before(message);
      field.classList.add("usa-input--error");
      for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    } else {
      message.classList.add("person__error");
      field.after(message);
    }
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", message.id);
    this.#errorAt = { field, message };
  }

  #write(fields) {
    for (const input of this.element.querySelectorAll(".choices__input")) input.checked = input.value === fields.outcome;
    // Who is not here keeps the times in the fields: a tap by mistake, taken back, brings them back and gives no minutes.
    const times = isAway(fields.outcome) ? this.drafts.of(this.id) : fields;
    if (this.#field("arrived") && times) this.#writeTimes(times);
    this.taken();
  }

  #writeTimes({ arrived, left, absences, mode }) {
    this.#field("arrived").value = arrived;
    this.#field("left").value = left;
    while (this.#pairs().length < absences.length + 1) this.#addPair();
    this.#pairs().forEach(([out, back], n) => { [out.value, back.value] = absences[n] ?? ["", ""]; });
    if (mode && this.#field("mode")) this.#field("mode").value = mode;
  }

  // One more pair than there are absences, made like the last one.
  #addPair() {
    const n = this.#pairs().length;
    for (const field of this.#pairs().at(-1)) {
      const place = field.closest(".times__field");
      const copy = place.cloneNode(true);
      copy.querySelector(".usa-error-message")?.remove();
      const [input, label] = [copy.querySelector("input"), copy.querySelector("label")];
      input.name = input.id = label.htmlFor = field.id.replace(`-${n - 1}-`, `-${n}-`);
      label.textContent = label.textContent.replace(/\d+/, n + 1);
      place.parentElement.append(copy);
    }
  }

  #pairs() {
    const pairs = [];
    for (let n = 0; this.#field(`absences-${n}-out`); n += 1) {
      pairs.push([this.#field(`absences-${n}-out`), this.#field(`absences-${n}-back`)]);
    }
    return pairs;
  }

  #field(name) {
    return this.element.querySelector(`[name="${this.id}-${name}"]`);
  }
}

const isAway = (outcome) => outcome === "absent" || outcome === "not_established";

// A sentence with a name in it, which may be of another direction.
function named(sentence, name) {
  const [before, after] = sentence.split("{name}");
  if (after === undefined) return [sentence];
  const place = document.createElement("bdi");
  place.textContent = name;
  return [before, place, after];
}

// A mark in words, with its times as they were typed.
export function said({ outcome, arrived, left, absences }, words) {
  const parts = [words[outcome]];
  if (arrived) parts.push(words.arrived.replace("{time}", arrived));
  for (const [out, back] of absences) parts.push(words.out.replace("{out}", out || "–").replace("{back}", back || "–"));
  if (left) parts.push(words.left.replace("{time}", left));
  return parts.join(", ");
}
