/** `[data-questions]`: asks only what can still change the decision, the most decisive first.

`[data-ask]` lists the facts in that order. What has been answered, and what is `data-always`, stays. Nothing moves
while somebody stands in it. */
export function askWhatMatters(form) {
  const questions = form.querySelector("[data-questions]");
  const panel = document.querySelector("[data-ask]");
  const order = panel.dataset.ask.split(" ");
  if ("passedOn" in panel.dataset) order.unshift("contact_person");
  if (questions.contains(document.activeElement)) return;
  const rank = (e) => (order.includes(e.dataset.fact) ? order.indexOf(e.dataset.fact) : order.length);
  const sorted = [...questions.children].sort((a, b) => rank(a) - rank(b));
  for (const question of sorted) {
    question.hidden = !("always" in question.dataset || order.includes(question.dataset.fact) || isAnswered(question));
    questions.append(question);
  }
}

function isAnswered(question) {
  return [...question.querySelectorAll("input, select")].some((e) =>
    ["radio", "checkbox"].includes(e.type) ? e.checked : e.value !== "",
  );
}
