/** `form[data-preview]`: sends what stands in the form, which keeps it as a draft, and shows what comes back.

The answer holds elements with `data-region` and an id; each takes the place of the one with its id. A screen reader
hears of it only when the receiver is another. */
const WAIT_MS = 400;

export function followTyping(form, then) {
  let timer, request;
  const announce = document.querySelector("[data-announce]");
  const trouble = document.querySelector("[data-trouble]");

  async function show() {
    request?.abort();
    request = new AbortController();
    const body = new FormData(form);
    body.append("fragment", "1");
    let answer;
    try {
      answer = await fetch(form.dataset.preview, { method: "POST", body, signal: request.signal });
    } catch (error) {
      if (error.name !== "AbortError") trouble.hidden = false; // else: given up for a newer one
      return;
    }
    trouble.hidden = answer.ok;
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (request.signal.aborted) return;
    const before = document.querySelector("[data-receiver]").dataset.receiver;
    for (const region of page.querySelectorAll("[data-region]")) put(region);
    takeProposal(form);
    const { receiver } = document.querySelector("[data-receiver]").dataset;
    if (receiver !== before && receiver) announce.textContent = `Går til: ${receiver}`;
    then();
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, WAIT_MS);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    request?.abort();
  });
}

/** Put a new region where the old one is; what was folded out stays so. */
function put(region) {
  const old = document.getElementById(region.id);
  for (const open of old.querySelectorAll("details[open][id]")) {
    const same = region.querySelector(`#${CSS.escape(open.id)}`);
    if (same) same.open = true;
  }
  if (old.isEqualNode(region)) return;
  old.replaceWith(document.importNode(region, true));
}

/** The unit that the words speak for, until a person has chosen another. */
function takeProposal(form) {
  const { unit, proposed } = document.querySelector("[data-unit]").dataset;
  form.elements.unit.value = unit;
  form.elements.proposed_unit.value = proposed;
}
