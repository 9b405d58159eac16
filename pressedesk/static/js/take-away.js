/** `[data-seconds]`: stands so many seconds and no longer; what can no longer be done is not offered. */
export function takeAwayInTime(root) {
  for (const e of root.querySelectorAll("[data-seconds]")) {
    setTimeout(() => {
      if (e.contains(document.activeElement)) document.getElementById("innhold").focus();
      e.remove();
    }, e.dataset.seconds * 1000);
  }
}
