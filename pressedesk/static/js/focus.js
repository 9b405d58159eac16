/** `data-focus-on-load`: what one should hear first, such as the list of what must be mended. */
export function focusOnLoad(root) {
  root.querySelector("[data-focus-on-load]")?.focus();
}
