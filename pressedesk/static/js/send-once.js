/** `form[data-send-once]`: the second press of an impatient finger is not sent. The server does not rely on it. */
export function sendOnce(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-send-once]");
    if (!form || event.defaultPrevented) return;
    if (form.hasAttribute("aria-busy")) event.preventDefault();
    form.setAttribute("aria-busy", "true");
  });
  // A page fetched back from the browser's memory is a new chance.
  window.addEventListener("pageshow", () => {
    for (const form of root.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
  });
}
