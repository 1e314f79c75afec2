// The finder works without any of this. Listeners are the document's: going back brings the page
// anew, without those of its parts.
let isAskedFor = false;

offerToLocate();
document.addEventListener("htmx:historyRestore", offerToLocate);

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-show-results]")) isAskedFor = true;
  const button = event.target.closest("[data-locate]");
  if (button) locate(button);
});

// On a phone the list lies far below the filters: whoever asks for it is taken there.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id !== "results") return;
  document.querySelector("[data-failed-box]").hidden = true;
  if (!isAskedFor) return;
  isAskedFor = false;
  document.querySelector(".filters-box").open = false;
  const heading = document.getElementById("results-heading") ?? document.getElementById("main");
  heading.focus({ preventScroll: true });
  document.getElementById("summary").scrollIntoView();
});

// What was ticked stays ticked, so it is said that the list is not of that.
for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(failure, () => {
    const box = document.querySelector("[data-failed-box]");
    isAskedFor = false;
    box.hidden = false;
    document.getElementById("finder-status").textContent = box.querySelector("p").textContent;
  });
}

// The same words again are read out only when they were gone.
document.addEventListener("htmx:beforeRequest", () => {
  document.getElementById("finder-status").textContent = "";
});

// What was opened inside a section stays open when the section's options come anew.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const opened = event.detail.target.querySelector("details[open]");
  const anew = event.detail.fragment.querySelector("details");
  if (opened && anew) anew.open = true;
});

function offerToLocate() {
  const button = document.querySelector("[data-locate]");
  if (button && navigator.geolocation) button.hidden = false;
}

// Asked only on a press, and rounded to about 100 metres before it goes anywhere. A disabled button
// would lose the focus, so it only says that it is.
function locate(button) {
  if (button.ariaDisabled === "true") return;
  const said = document.querySelector("[data-locate-status]");
  said.textContent = "";
  button.ariaDisabled = "true";
  navigator.geolocation.getCurrentPosition(found, failed, { timeout: 10_000 });

  function found({ coords }) {
    const rounded = [coords.latitude, coords.longitude].map((degrees) => degrees.toFixed(3));
    const near = document.getElementById("near");
    button.ariaDisabled = null;
    near.value = rounded.join(", ");
    near.form.requestSubmit();
  }

  function failed(error) {
    const isRefused = error.code === error.PERMISSION_DENIED;
    button.ariaDisabled = null;
    said.textContent = isRefused ? button.dataset.refused : button.dataset.failed;
  }
}
