// Light, dark, or as the device has it. A classic script in the head, not a module: a module waits
// until the page is read, and the page would flash in the wrong colours.
(() => {
  const NAME = "hereabouts-theme";
  const dark = document.querySelector("link[data-dark]");
  const asDevice = dark.media;
  const media = { device: asDevice, light: "not all", dark: "screen" };

  function kept() {
    try {
      const choice = localStorage.getItem(NAME);
      return Object.hasOwn(media, choice) ? choice : "device";
    } catch {
      return "device"; // the reader's browser keeps nothing: follow the device
    }
  }

  function keep(choice) {
    try {
      localStorage.setItem(NAME, choice);
    } catch {
      // The choice then lasts until the next page.
    }
  }

  function show(choice) {
    dark.media = media[choice];
  }

  show(kept());

  document.addEventListener("DOMContentLoaded", () => {
    const controls = document.querySelector("[data-theme-switch]");
    if (!controls) return;
    controls.querySelector(`[value="${kept()}"]`).checked = true;
    controls.addEventListener("change", (event) => {
      show(event.target.value);
      keep(event.target.value);
    });
    controls.hidden = false;
  });
})();
