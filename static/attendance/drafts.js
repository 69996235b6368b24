// Times in the fields of somebody who is not here. The server has none of them, as they give no minutes: this tab keeps
// them, so that a tap by mistake, taken back, brings them back after a reload too.

export class Drafts {
  #place;

  constructor(person, session) {
    this.#place = `times ${person} ${session} `;
  }

  of(id) {
    try {
      return JSON.parse(sessionStorage.getItem(this.#place + id));
    } catch {
      return null; // not allowed: then the page alone has them, as long as it stands
    }
  }

  keep(id, times) {
    try {
      if (times) sessionStorage.setItem(this.#place + id, JSON.stringify(times));
      else sessionStorage.removeItem(this.#place + id);
    } catch {
      // No room, or not allowed.
    }
  }
}
