/** `[data-there]`: somebody shown does not answer, or does after all. The panel finds the next one without a new page. */
export function hearWhoIsThere(form) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-there]");
    if (!button) return;
    event.preventDefault();
    const field = form.elements.passed_by;
    const others = field.value.split(" ").filter((id) => id && id !== button.value);
    field.value = (button.name === "not_there" ? [...others, button.value] : others).join(" ");
    form.querySelector("[data-save]").focus(); // the button will be another one's
    form.dispatchEvent(new Event("input"));
  });
}
