// What may wait to be sent: the marks of a register, and what was seen of a skill. The queue holds both alike.
//
// A mark has the session that it belongs to; an observation has `place`, the path of its skill's page, and besides what
// every mark has { rubric_id, outcome, met, observed_on, next_try_on }. Either is its group: what is sent together.

const MARK = ["way", "fills_unmarked", "outcome", "arrived", "left", "absences", "mode"];
const OBSERVATION = ["rubric_id", "outcome", "met", "observed_on", "next_try_on"];

export const groupOf = (mark) => mark.place ?? mark.session_id;

const isPlace = (group) => group.startsWith("/");

export const addressOf = (group) => (isPlace(group) ? `${group}/observations` : `/sessions/${group}/marks`);

export const pageOf = (mark) => mark.place ?? `/sessions/${mark.session_id}/attendance`;

export function asSent(mark) {
  const names = ["client_key", "enrollment_id", "base_version", "device_at", ...(mark.place ? OBSERVATION : MARK)];
  return Object.fromEntries(names.map((name) => [name, mark[name]]));
}
