/** Enter in a field on one line never saves a half-written call; Ctrl + Enter saves from anywhere. */
export function saveByKey(form) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-save]"));
    } else if (event.target.matches("input:not([type=radio], [type=checkbox]), select")) {
      event.preventDefault();
    }
  });
}
