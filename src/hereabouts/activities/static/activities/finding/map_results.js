// What the list says, on the map: its page as numbered pins, everything else as counted boxes.

import { BOX, HERE, PIN } from "./map_marks.js";
import { ofOtherPages, ofThisPage, read } from "./map_points.js";

// In what order a box shows the levels, by their digits.
const SHOWN = [1, 2, 3, 4, 0];
// What is this close together at the nearest zoom, in pixels, lies in one place.
const ONE_PLACE = 24;
const EMPTY = { type: "FeatureCollection", features: [] };

// Where the map opens: the page of the list and where the person searched, with room for the pins.
export function viewOf(sent) {
  const points = ofThisPage(sent, read(sent)).map(({ at }) => at);
  const [longitudes, latitudes] = [0, 1].map((axis) => [sent.centre, ...points].map((at) => at[axis]));
  return {
    bounds: [
      [Math.min(...longitudes), Math.min(...latitudes)],
      [Math.max(...longitudes), Math.max(...latitudes)],
    ],
    fitBoundsOptions: { padding: { top: 64, right: 80, bottom: 32, left: 48 }, maxZoom: 14 },
  };
}

export function onePlace({ marks, box, place }) {
  const { name, level, is_confirmed: isConfirmed } = place;
  const digit = level === "RED" && !isConfirmed ? 4 : ["NONE", "GREEN", "ORANGE", "RED"].indexOf(level);
  const element = described("span", `pin`, name);
  element.append(copy(box, `[data-pin="${digit}"]`));
  const mark = { element, at: [place.longitude, place.latitude], reach: PIN };
  return { show: () => marks.setPins([mark]), gather() {}, focusAnew() {}, forget() {} };
}

export function resultsOn({ map, marks, box, words, signal }) {
  const part = (name) => box.querySelector(`[data-part="${name}"]`);
  let sent = null;
  let round = 0; // boxes of one round are not mistaken for those of the next
  let boxes = new Map();
  let pressedAt = null;
  let listedAt = null;

  map.addSource("others", {
    type: "geojson",
    data: EMPTY,
    cluster: true,
    clusterRadius: 64,
    // What is together at the nearest zoom is in one place: it is listed, not zoomed into.
    clusterMaxZoom: map.getMaxZoom(),
    clusterProperties: Object.fromEntries(
      SHOWN.map((level) => [`level${level}`, ["+", ["case", ["==", ["get", "level"], level], 1, 0]]]),
    ),
  });
  // Not seen: says which boxes there are in view.
  map.addLayer({ id: "others", type: "circle", source: "others", paint: { "circle-opacity": 0 } });
  highlightTogether(box, signal);
  part("together").addEventListener("keydown", unlist, { signal });

  function show(asked) {
    const isFirst = sent === null;
    sent = asked;
    round += 1;
    boxes = new Map();
    const points = read(sent);
    marks.setPins([here(), ...ofThisPage(sent, points).map(pin)], crowd);
    marks.setOthers([]);
    map.getSource("others").setData(ofOtherPages(sent, points));
    part("more").textContent = sent.is_more ? said(words.more, { count: points.count.toLocaleString() }) : "";
    part("together").hidden = true;
    const { bounds, fitBoundsOptions } = viewOf(sent);
    if (!isFirst) map.fitBounds(bounds, fitBoundsOptions);
    marks.arrange();
  }

  function here() {
    const element = described("span", "here", words.here);
    element.append(copy(box, '[data-shape="here"]'));
    return { element, at: sent.centre, reach: HERE };
  }

  function pin({ number, level, at }) {
    const name = said(words.pin, { number, name: nameOf(number), level: words.levels[level] });
    const element = link(`#result-${number}`, "pin", name);
    element.dataset.number = number;
    element.append(copy(box, `[data-pin="${level}"]`));
    const text = element.querySelector("text");
    text.textContent = number;
    text.classList.toggle("mk-n--long", number > 99);
    element.addEventListener("click", (event) => {
      const target = card(number)?.querySelector(".card__title a");
      if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      card(number).scrollIntoView({ block: "center" });
      target.focus({ preventScroll: true });
      highlight(box, number);
    });
    element.addEventListener("focus", () => intoView(map, at));
    return { element, at, reach: PIN, holds: [{ key: number, number, count: 1, levels: { [level]: 1 }, at }] };
  }

  // As the list has it; nothing for what is on other pages of it.
  function nameOf(number) {
    return card(number)?.querySelector(".card__title")?.textContent.trim() ?? "";
  }

  // The boxes in view, as the drawing knows them.
  function gather() {
    const seen = new Map();
    for (const { properties, geometry } of map.queryRenderedFeatures({ layers: ["others"] })) {
      const key = `${round} ${properties.cluster_id ?? ""} ${properties.number ?? ""}`;
      if (seen.has(key)) continue;
      const at = geometry.coordinates;
      const make = properties.cluster ? together : other;
      seen.set(key, boxes.get(key) ?? make(properties, at));
    }
    boxes = seen;
    marks.setOthers([...seen.values()]);
  }

  // What was pressed may be gone: whoever uses keys is not sent back to the top of the page.
  function focusAnew() {
    if (pressedAt && document.activeElement === document.body) marks.nearest(pressedAt)?.focus();
    pressedAt = null;
  }

  function other({ number, level }, at) {
    const name = said(words.other, { number, level: words.levels[level] });
    const holds = [{ key: number, number, count: 1, levels: { [level]: 1 }, at }];
    const element = filled(link(inList(number), "box", name), holds);
    return { element, at, reach: BOX, holds };
  }

  function together(properties, at) {
    const levels = Object.fromEntries(SHOWN.map((level) => [level, properties[`level${level}`]]));
    const { point_count: count, cluster_id: id } = properties;
    const holds = [{ key: `${round} ${id}`, id, count, levels, at }];
    const element = boxOf(holds);
    element.addEventListener("click", () => openTogether(properties, at));
    return { element, at, reach: BOX, holds };
  }

  // What has no room of its own on the screen.
  function crowd({ holds, at }) {
    const element = boxOf(holds);
    element.dataset.numbers = holds.map(({ number }) => number).join(" ");
    element.addEventListener("click", () => openCrowd(holds, at));
    return element;
  }

  function boxOf(holds) {
    const { count, levels } = sumOf(holds);
    const counts = levels.map(([level, many]) => said(words.counted[level], { count: many }));
    const element = described("button", "box", said(words.together, { count, levels: counts.join(", ") }));
    element.type = "button";
    return filled(element, holds);
  }

  function filled(element, holds) {
    const { count, levels } = sumOf(holds);
    const shapes = document.createElement("span");
    shapes.className = "map__shapes";
    shapes.append(...levels.map(([level]) => copy(box, `[data-shape="${level}"]`)));
    element.append(count.toLocaleString(), shapes);
    return element;
  }

  // Nearer, until they lie apart; what lies in one place is listed.
  async function openCrowd(holds, at) {
    if (map.isMoving()) return; // pressed twice
    const { width, height } = extentOf(holds);
    const atNearest = 2 ** (map.getMaxZoom() - map.getZoom());
    if (Math.max(width, height) * atNearest > ONE_PLACE) {
      pressedAt = at;
      const { clientWidth, clientHeight } = map.getContainer();
      const fits = Math.log2(Math.min(clientWidth / 2 / width, clientHeight / 2 / height));
      const zoom = Math.min(map.getZoom() + Math.max(fits, 1), map.getMaxZoom());
      map.easeTo({ center: at, zoom });
      return;
    }
    const leaves = await Promise.all(holds.map(leavesOf));
    list(leaves.flat(), at);
  }

  function extentOf(holds) {
    const points = holds.map(({ at }) => map.project(at));
    const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
    return { width: Math.max(...xs) - Math.min(...xs), height: Math.max(...ys) - Math.min(...ys) };
  }

  async function leavesOf({ id, number, count, levels }) {
    if (id === undefined) return [{ number, level: Object.keys(levels)[0] }];
    const leaves = await map.getSource("others").getClusterLeaves(id, count, 0);
    return leaves.map(({ properties }) => properties);
  }

  async function openTogether({ cluster_id: id, point_count: count }, at) {
    if (map.isMoving()) return; // pressed twice
    const zoom = await map.getSource("others").getClusterExpansionZoom(id);
    if (zoom <= map.getMaxZoom()) {
      pressedAt = at;
      map.easeTo({ center: at, zoom });
      return;
    }
    list(await leavesOf({ id, count }), at);
  }

  function list(found, at) {
    const rows = document.createElement("ul");
    rows.setAttribute("role", "list");
    for (const { number, level } of found.sort((a, b) => a.number - b.number)) {
      const row = document.createElement("li");
      const to = document.createElement("a");
      to.href = number < sent.first || number > sent.last ? inList(number) : `#result-${number}`;
      const name = nameOf(number);
      to.textContent = said(name ? words.named : words.in_list, { number, name, level: words.levels[level] });
      row.append(copy(box, `[data-shape="${level}"]`), to);
      rows.append(row);
    }
    const heading = document.createElement("p");
    heading.textContent = said(words.in_one_place, { count: found.length });
    heading.tabIndex = -1;
    listedAt = at;
    part("together").replaceChildren(heading, rows);
    part("together").hidden = false;
    heading.focus();
  }

  function unlist(event) {
    if (event.key !== "Escape") return;
    part("together").hidden = true;
    marks.nearest(listedAt)?.focus();
  }

  // The page of the list that has this number, with the map as open as it is here.
  function inList(number) {
    const search = new URLSearchParams(location.search);
    search.set("page", Math.ceil(number / sent.per_page));
    search.set("view", "map");
    return `${box.dataset.list}?${search}#result-${number}`;
  }

  return { show, gather, focusAnew, forget: () => marks.setPins([]) };
}

// How many there are, and how many of each level that is there.
function sumOf(holds) {
  const sum = (pick) => holds.reduce((total, one) => total + (pick(one) ?? 0), 0);
  const levels = SHOWN.map((level) => [level, sum((one) => one.levels[level])]);
  return { count: sum((one) => one.count), levels: levels.filter(([, many]) => many > 0) };
}

function card(number) {
  return document.getElementById(`result-${number}`);
}

// Whoever points at a card or its pin sees which belong together.
function highlightTogether(box, signal) {
  const numberOf = ({ target }) => {
    const mark = target.closest?.("[data-map] [data-number], .card[id^='result-']");
    return mark ? (mark.dataset.number ?? mark.id.slice("result-".length)) : null;
  };
  for (const type of ["mouseover", "focusin"]) {
    document.addEventListener(type, (event) => highlight(box, numberOf(event)), { signal });
  }
}

function highlight(box, number) {
  for (const marked of document.querySelectorAll(".is-marked")) marked.classList.remove("is-marked");
  if (number === null) return;
  card(number)?.classList.add("is-marked");
  box.querySelector(`[data-number="${number}"]:not([hidden]), [data-numbers~="${number}"]`)?.classList.add("is-marked");
}

function intoView(map, at) {
  const { x, y } = map.project(at);
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  if (x < 0 || y < 0 || x > width || y > height) map.easeTo({ center: at });
}

function said(sentence, parts) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
}

function copy(box, selector) {
  return box.querySelector(`template${selector}`).content.firstElementChild.cloneNode(true);
}

function described(tag, kind, name) {
  const element = document.createElement(tag);
  element.className = `map__mark map__mark--${kind}`;
  element.setAttribute("aria-label", name);
  if (tag === "span") element.setAttribute("role", "img");
  return element;
}

function link(address, kind, name) {
  const element = described("a", kind, name);
  element.href = address;
  element.draggable = false;
  return element;
}
