// The map underneath when no style of somebody else's is set: plain land, the outlines of districts,
// the county border as a dotted line, and names that need no letters from anywhere.

const EMPTY = { type: "FeatureCollection", features: [] };

// Layer, property, the token in design/tokens.css that it takes.
const COLOURS = [
  ["land", "background-color", "--map-land"],
  ["district-lines", "line-color", "--line-control"],
  ["county-lines", "line-color", "--link"],
];

export function plainStyle() {
  const boundaries = { type: "geojson", data: EMPTY, tolerance: 0.5 };
  return {
    version: 8,
    sources: { boundaries },
    layers: [
      { id: "land", type: "background", paint: {} },
      line("district-lines", "DISTRICT", { "line-width": 1, "line-opacity": 0.5 }),
      line("county-lines", "COUNTY", { "line-width": 3, "line-dasharray": [0.1, 2.4] }),
    ],
  };
}

function line(id, kind, paint) {
  const filter = ["all", ["==", ["get", "kind"], kind], ["!", ["has", "label"]]];
  const layout = { "line-cap": "round", "line-join": "round" };
  return { id, type: "line", source: "boundaries", filter, layout, paint };
}

export function paint(map) {
  const tokens = getComputedStyle(document.documentElement);
  for (const [layer, property, token] of COLOURS) {
    map.setPaintProperty(layer, property, tokens.getPropertyValue(token).trim());
  }
}

// Fetches the lines and names of what is seen, each time that somebody has moved.
export function boundariesOf(map, address, marks) {
  let seen = "";

  return async function follow() {
    const box = map.getBounds().toArray().flat().map((degrees) => degrees.toFixed(4)).join();
    if (box === seen) return;
    seen = box;
    try {
      const answer = await fetch(`${address}?box=${box}`);
      if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
      const boundaries = await answer.json();
      if (box !== seen) return; // somebody has moved on
      map.getSource("boundaries")?.setData(boundaries);
      marks.setNames(boundaries);
    } catch (error) {
      console.info("The map has no boundaries:", error);
    }
  };
}
