// Makes the map, and what lies under the results.

import { boundariesOf, paint, plainStyle } from "./map_plain.js";
import { marksOn } from "./map_marks.js";
import { onePlace, resultsOn, viewOf } from "./map_results.js";

// `asked` is what the server sent of the list; without it the box has one place.
export async function drawMap({ box, library, words, asked }) {
  const part = (name) => box.querySelector(`[data-part="${name}"]`);
  const isPlain = !box.dataset.style;
  const place = asked ? null : JSON.parse(box.dataset.place);
  const map = new library.Map({
    container: part("canvas"),
    style: isPlain ? plainStyle() : box.dataset.style,
    ...(asked ? viewOf(asked) : { center: [place.longitude, place.latitude], zoom: isPlain ? 10 : 15 }),
    minZoom: lowestZoom(part("canvas")),
    maxZoom: 17,
    maxPitch: 0,
    dragRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
    // A page that somebody scrolls through is not caught by the map in it.
    cooperativeGestures: true,
    attributionControl: isPlain ? false : { compact: false },
    fadeDuration: 0,
    locale: words.library,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  try {
    await loaded(map);
  } catch (error) {
    map.remove();
    throw error;
  }

  const listening = new AbortController();
  const { signal } = listening;
  part("in").addEventListener("click", () => map.zoomIn(), { signal });
  part("out").addEventListener("click", () => map.zoomOut(), { signal });
  part("credit").hidden = !isPlain;
  const marks = marksOn(map, words);
  if (isPlain) underneath(map, marks, { address: box.dataset.boundaries, signal });
  const results = asked ? resultsOn({ map, marks, box, words, signal }) : onePlace({ map, marks, box, place });
  map.on("idle", () => {
    results.gather();
    marks.arrange();
    results.focusAnew();
  });
  results.show(asked);

  return {
    show: results.show,
    forget: results.forget,
    remove() {
      listening.abort();
      map.remove();
    },
  };
}

// Boundaries come for four degrees at most; a world of 512 pixels has all 360.
function lowestZoom({ clientWidth: width }) {
  return Math.log2((width * 360) / (512 * 4)) + 0.05;
}

function loaded(map) {
  return new Promise((resolve, reject) => {
    let isLoaded = false;
    map.once("load", () => resolve((isLoaded = true)));
    map.on("error", ({ error }) => (isLoaded ? console.info("The map:", error) : reject(error)));
  });
}

function underneath(map, marks, { address, signal }) {
  const repaint = () => paint(map);
  repaint();
  map.on("idle", boundariesOf(map, address, marks));
  // Dark follows the device, or the reader's own choice, which changes this link.
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint, { signal });
  const choice = new MutationObserver(repaint);
  choice.observe(document.querySelector("link[data-dark]"), { attributeFilter: ["media"] });
  signal.addEventListener("abort", () => choice.disconnect());
}
