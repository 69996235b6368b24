// Words at their place. What is told already is not told again: a screen reader would read it twice.

export function say(id, text) {
  const place = document.getElementById(id);
  if (place.textContent !== text) place.textContent = text;
}

export function reveal(id, text) {
  const place = document.getElementById(id);
  const words = place.querySelector("p");
  words.textContent = words.textContent.replace("{time}", text);
  place.hidden = false;
}

export function time(instant) {
  const form = { weekday: "short", hour: "numeric", minute: "2-digit" };
  return new Intl.DateTimeFormat(document.documentElement.lang, form).format(instant);
}
