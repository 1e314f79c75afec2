// Reads the results as `finding/map.py` writes them: result number n is the nth of each.

const STEPS = 100_000;

export function read(sent) {
  const count = sent.levels.length;
  const longitudes = new Float64Array(count);
  const latitudes = new Float64Array(count);
  const levels = new Uint8Array(count);
  let east = 0;
  let north = 0;
  for (let index = 0; index < count; index += 1) {
    east += sent.x[index];
    north += sent.y[index];
    longitudes[index] = east / STEPS;
    latitudes[index] = north / STEPS;
    levels[index] = sent.levels.charCodeAt(index) - 48;
  }
  return { count, longitudes, latitudes, levels };
}

// The results on the page that the list shows.
export function ofThisPage(sent, { longitudes, latitudes, levels }) {
  const found = [];
  for (let number = sent.first; number <= sent.last; number += 1) {
    const index = number - 1;
    found.push({ number, level: levels[index], at: [longitudes[index], latitudes[index]] });
  }
  return found;
}

// All the others, as GeoJSON.
export function ofOtherPages(sent, { count, longitudes, latitudes, levels }) {
  const features = [];
  for (let index = 0; index < count; index += 1) {
    const number = index + 1;
    if (number >= sent.first && number <= sent.last) continue;
    features.push({
      type: "Feature",
      properties: { number, level: levels[index] },
      geometry: { type: "Point", coordinates: [longitudes[index], latitudes[index]] },
    });
  }
  return { type: "FeatureCollection", features };
}
