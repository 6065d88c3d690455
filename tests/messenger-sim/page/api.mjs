// The control API, from the page.

/** Posts to a control path; a refusal is shown in `notice` and answers null. */
export async function control(path, body = {}) {
  const response = await fetch(`/control/${path}`, { method: "POST", body: JSON.stringify(body) });
  const answer = await response.json().catch(() => ({ error: `status ${response.status}` }));
  if (response.ok) return answer;
  notify(answer.error);
  return null;
}

export async function faultKinds() {
  return (await (await fetch("/control/faults")).json()).kinds;
}

/** Calls `show` with the whole state, now and after every change; `connected` says whether the simulator is there. */
export function follow(show, connected) {
  const source = new EventSource("/control/stream");
  source.onmessage = (event) => show(JSON.parse(event.data));
  source.onopen = () => connected(true);
  source.onerror = () => connected(false);
}

let hideNotice;

export function notify(text) {
  const notice = document.getElementById("notice");
  notice.textContent = text;
  clearTimeout(hideNotice);
  hideNotice = setTimeout(() => (notice.textContent = ""), 5000);
}
