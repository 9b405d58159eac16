/** Enter never saves a half-written call: in a field it does nothing, on a chip it presses. Ctrl + Enter saves. */
export function saveByKey(form) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-save]"));
    } else if (event.target.matches("input, select")) {
      event.preventDefault();
      if (event.target.matches("[type=radio], [type=checkbox]")) event.target.click();
    }
  });
}
