// Answers of one sitting that wait to be sent, in the browser's own storage: opaque ids and what was answered. A save is
// { sitting, by, position, client_key, base, follows, fields, device_at }. It stays until the server has answered it.

const KEPT = "answer ";
const unstored = new Map(); // what the disk had no room for: lost when the page closes

export function list(sitting, by) {
  const saves = [...unstored.values()];
  for (let at = 0; at < localStorage.length; at += 1) {
    const key = localStorage.key(at);
    if (key.startsWith(KEPT)) saves.push(JSON.parse(localStorage.getItem(key)));
  }
  const mine = saves.filter((save) => save.sitting === sitting && save.by === by);
  return mine.sort((one, other) => one.order - other.order);
}

export function put(save) {
  try {
    localStorage.setItem(KEPT + save.client_key, JSON.stringify(save));
    unstored.delete(save.client_key);
  } catch {
    unstored.set(save.client_key, save);
  }
}

export function drop(key) {
  unstored.delete(key);
  try {
    localStorage.removeItem(KEPT + key);
  } catch {
    // Nothing was stored.
  }
}
