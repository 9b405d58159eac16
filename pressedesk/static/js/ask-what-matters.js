/** `[data-questions]`: asks only what can still change the decision, the most decisive first.

`[data-ask]` lists the facts in that order. What has been answered, and what is `data-always`, stays. While somebody
stands among the questions nothing moves or goes; a question that has come to matter appears. */
export function askWhatMatters(form) {
  const questions = form.querySelector("[data-questions]");
  const panel = document.querySelector("[data-ask]");
  const order = panel.dataset.ask.split(" ");
  if ("passedOn" in panel.dataset) order.unshift("contact_person");
  const rank = (e) => (order.includes(e.dataset.fact) ? order.indexOf(e.dataset.fact) : order.length);
  const matters = (e) => "always" in e.dataset || order.includes(e.dataset.fact) || isAnswered(e);
  const all = [...questions.children];
  if (questions.contains(document.activeElement)) {
    for (const question of all.filter(matters)) question.hidden = false;
    return;
  }
  for (const question of all.sort((a, b) => rank(a) - rank(b))) {
    question.hidden = !matters(question);
    questions.append(question);
  }
}

function isAnswered(question) {
  return [...question.querySelectorAll("input, select")].some((e) =>
    ["radio", "checkbox"].includes(e.type) ? e.checked : e.value !== "",
  );
}
