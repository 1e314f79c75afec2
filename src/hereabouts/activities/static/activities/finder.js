// On a phone the list lies far below the filters: whoever asks for it is taken there.
const results = document.getElementById("results");
let isAskedFor = false;

document.querySelector("[data-show-results]").addEventListener("click", () => {
  isAskedFor = true;
});

results.addEventListener("htmx:afterSwap", () => {
  if (!isAskedFor) return;
  isAskedFor = false;
  document.querySelector(".filters-box").open = false;
  results.scrollIntoView();
});
