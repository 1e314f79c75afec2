// On every page. Nothing here is needed to use the page.

// The menu closes when Escape is pressed inside it, and the button has the focus again.
const menu = document.querySelector("details.menu");
menu?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
