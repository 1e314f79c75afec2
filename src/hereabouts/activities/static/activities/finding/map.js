// Opens the map when somebody asks for it. Before that nothing of it is fetched, and without it the
// page has everything.

let drawn = null; // { box, map, remove, show }
let attempts = 0;

prepare();
document.addEventListener("click", openFromLink);
document.addEventListener("htmx:afterSwap", followTheList);
// Going back, htmx puts in a copy of the page as it was: without its listeners, and without a map.
document.addEventListener("htmx:historyRestore", prepare);

function prepare() {
  const box = document.querySelector("[data-map]");
  if (!box) return;
  const wasOpen = "open" in box.dataset || new URLSearchParams(location.search).get("view") === "map";
  close(box);
  part(box, "open").addEventListener("click", () => {
    keepInAddress(box);
    open(box, { takesFocus: true });
  });
  part(box, "again").addEventListener("click", () => open(box, { takesFocus: true }));
  if (wasOpen && hasSomething(box)) open(box);
}

function part(box, name) {
  return box.querySelector(`[data-part="${name}"]`);
}

function close(box) {
  drawn?.remove();
  drawn = null;
  delete box.dataset.open;
  for (const name of ["canvas", "together", "status"]) part(box, name).replaceChildren();
  show(box, hasSomething(box) ? "closed" : "");
}

// Exactly one of the box's faces, or none.
function show(box, name) {
  for (const face of ["without", "closed", "failed", "shown"]) part(box, face).hidden = face !== name;
}

// One place always; a list only once it has a card.
function hasSomething(box) {
  return "place" in box.dataset || document.querySelector("#results .card") !== null;
}

async function open(box, { takesFocus = false } = {}) {
  const words = JSON.parse(box.dataset.words);
  const status = part(box, "status");
  box.dataset.open = "";
  show(box, "");
  status.textContent = words.loading;
  if (takesFocus) box.focus({ preventScroll: true });
  try {
    const search = location.search;
    const { asked, library, module } = await fetched(box);
    show(box, "shown");
    drawn = { box, ...(await module.drawMap({ box, library, words, asked })) };
    // Until now the map did not follow the list, which may have moved on or have nothing left.
    if (!("open" in box.dataset)) return close(box);
    if (search !== location.search) await drawAnew(box);
    status.textContent = "";
  } catch (error) {
    fail(box, error);
  }
}

// So that the list comes back with its map, and a filter that is changed keeps it.
function keepInAddress(box) {
  if ("place" in box.dataset) return;
  const address = new URL(location);
  address.searchParams.set("view", "map");
  history.replaceState(history.state, "", address);
  const form = document.querySelector("#search");
  if (form.elements.view) return;
  const view = document.createElement("input");
  Object.assign(view, { type: "hidden", name: "view", value: "map" });
  form.append(view);
}

function fail(box, error) {
  console.info("The map:", error);
  close(box);
  show(box, "failed");
  part(box, "status").textContent = JSON.parse(box.dataset.words).failed;
}

async function fetched(box) {
  attempts += 1;
  // A browser may keep a script that it could not fetch as broken; this is another one to it.
  const anew = attempts > 1 ? `#${attempts}` : "";
  const [module, library, asked] = await Promise.all([
    import(absolute(box.dataset.drawing) + anew),
    import(absolute(box.dataset.library) + anew),
    points(box),
    styled(box.dataset.sheet),
  ]);
  // Found by its name it would not be found: names hold a hash of what is in the file.
  library.setWorkerUrl(absolute(box.dataset.worker));
  return { module, library, asked };
}

function absolute(address) {
  return new URL(address, document.baseURI).href;
}

function styled(address) {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = address;
  return new Promise((resolve, reject) => {
    if (document.querySelector(`link[href="${address}"]`)) return resolve();
    sheet.addEventListener("load", resolve);
    sheet.addEventListener("error", () => {
      sheet.remove();
      reject(new Error(address));
    });
    document.head.append(sheet);
  });
}

// What the list's own address asks for, as the map is sent it; nothing for one place.
async function points(box) {
  if ("place" in box.dataset) return null;
  const answer = await fetch(box.dataset.points + location.search);
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  return answer.json();
}

async function followTheList(event) {
  const box = document.querySelector("[data-map]");
  // Going back swaps the whole page, and names no target.
  if (event.detail.target?.id !== "results" || !box) return;
  if (!("open" in box.dataset)) return close(box);
  if (drawn) await drawAnew(box);
}

async function drawAnew(box) {
  const search = location.search;
  drawn.forget();
  try {
    const asked = await points(box);
    // Unless the list has moved on since.
    if (search === location.search) drawn?.show(asked);
  } catch (error) {
    if (search === location.search) fail(box, error);
  }
}

// A link to the map of this very page. "Map" in the switch beside the list leads to another address,
// so that one can go back from it and share it.
function openFromLink(event) {
  const link = event.target.closest('a[href$="#map"]');
  const box = document.querySelector("[data-map]");
  if (!link || !box || !hasSomething(box) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.pathname !== location.pathname || link.search !== location.search) return;
  event.preventDefault();
  if (!("open" in box.dataset)) open(box);
  box.focus({ preventScroll: true });
  box.scrollIntoView();
}
