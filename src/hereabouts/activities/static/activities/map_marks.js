// What lies over the drawing: links, buttons and names, kept apart from each other.

// How far a mark reaches from the point that it marks: left, up, right, down, in pixels.
export const PIN = [-22, -49, 22, 3];
export const BOX = [-29, -24, 29, 24];
export const SMALL = [-22, -22, 22, 22];
export const HERE = [-12, -12, 12, 12];

// The corners of most shapes are empty: two may come this much closer.
const OVERLAP = 5;
const AT_HOME = [0, 0];
// Where a mark goes when its own place is taken: rings around it.
const SHIFTS = [AT_HOME, ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((number) => ring(24 * number, 8 * number))];
const NAME_SHIFTS = [AT_HOME, ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((number) => ring(28 * number, 16))];

export function marksOn(map) {
  const lines = drawing("map__leaders", ["path", "path"]);
  const names = layer("map__names");
  const pins = layer("map__pins");
  const others = layer("map__others");
  names.setAttribute("aria-hidden", "true"); // the list says where everything is
  // Tab goes through the page of the list first; its pins also lie above the rest.
  map.getCanvasContainer().append(lines, names, pins, others);
  const on = { pins: [], others: [], names: [] };
  let areas = [];
  let borders = [];

  function put(where, marks) {
    on[where === pins ? "pins" : "others"] = marks;
    const kept = new Set(marks.map(({ element }) => element));
    for (const element of [...where.children]) if (!kept.has(element)) element.remove();
    for (const { element } of marks) if (element.parentNode !== where) where.append(element);
  }

  // Gives everything its own room on the screen: pins first, and what comes first stays in place.
  function arrange() {
    const taken = [controls()];
    for (const mark of [...on.pins, ...on.others]) {
      const point = map.project(mark.at);
      mark.shift = shiftFor(point, mark.reach, { taken, shifts: SHIFTS }) ?? AT_HOME;
      taken.push(room(point, mark.shift, mark.reach));
    }
    const edges = borders.flatMap((border) => steps(border.map((at) => map.project(at))));
    on.names = areas.flatMap((area) => named(area, { taken, edges }));
    names.replaceChildren(...on.names.map(({ element }) => element));
    move();
  }

  // The first shift that keeps the mark in sight and off what is taken; off the screen, none.
  function shiftFor(point, reach, { taken, shifts, may = () => true }) {
    const { clientWidth: width, clientHeight: height } = map.getContainer();
    const isSeen = point.x >= 0 && point.x <= width && point.y >= 0 && point.y <= height;
    if (!isSeen) return null;
    return shifts.find((shift) => {
      const [left, top, right, bottom] = room(point, shift, reach);
      const isInside = left >= 0 && top >= 0 && right <= width && bottom <= height;
      return isInside && isFree([left, top, right, bottom], taken) && may(shift);
    });
  }

  // A name stays in its area: no line lies between it and the area's own point, or under it.
  function named({ properties: { name, kind }, geometry: { coordinates: at } }, { taken, edges }) {
    const half = name.length * (kind === "COUNTY" ? 5 : 4.5) + 4;
    const reach = [-half, -13, half, 13];
    const point = map.project(at);
    const crosses = (from, to) => edges.some((edge) => doCross(edge, [from, to]));
    const isInside = ([across, down]) =>
      !crosses([point.x, point.y], [point.x + across, point.y + down]);
    const isClear = ([across, down]) =>
      !crosses([point.x + across - half, point.y + down], [point.x + across + half, point.y + down]);
    const find = (may) => shiftFor(point, reach, { taken, shifts: NAME_SHIFTS, may });
    // Both sides of a county's border are named, even when that takes a little of the line.
    const shift =
      find((shift) => isInside(shift) && isClear(shift)) ?? (kind === "COUNTY" ? find(isInside) : null);
    if (!shift) return [];
    taken.push(room(point, shift, reach));
    const element = document.createElement("span");
    element.className = `map__name map__name--${kind.toLowerCase()}`;
    element.textContent = name;
    return [{ element, at, shift, reach: AT_HOME }];
  }

  // The buttons in the corner.
  function controls() {
    return [map.getContainer().clientWidth - 72, 0, map.getContainer().clientWidth, 124];
  }

  // Follows the map under them. A thin line leads from a mark that gave way to its own place.
  function move() {
    const [leads, places] = [[], []];
    for (const { element, at, reach, shift = AT_HOME } of [...on.pins, ...on.others, ...on.names]) {
      const { x, y } = map.project(at);
      const [across, down] = shift;
      element.style.transform = `translate(${Math.round(x + across + reach[0])}px, ${Math.round(y + down + reach[1])}px)`;
      if (shift === AT_HOME || element.parentNode === names) continue;
      leads.push(`M${x} ${y}l${across} ${down}`);
      places.push(`M${x} ${y}h.01`);
    }
    lines.children[0].setAttribute("d", leads.join(""));
    lines.children[1].setAttribute("d", places.join(""));
  }

  function nearest(at) {
    const point = map.project(at);
    const distance = (mark) => map.project(mark.at).dist(point);
    const pressable = [...on.pins, ...on.others].filter(({ element }) => element.tabIndex >= 0);
    return pressable.sort((a, b) => distance(a) - distance(b))[0]?.element;
  }

  map.on("move", move);
  return {
    setPins: (marks) => put(pins, marks),
    setOthers: (marks) => put(others, marks),
    setNames({ features }) {
      areas = features.filter(({ properties }) => properties.label);
      // Counties first: a district's name gives way.
      areas.sort((a, b) => a.properties.kind.localeCompare(b.properties.kind));
      borders = features.flatMap(({ geometry: { type, coordinates } }) =>
        type === "MultiLineString" ? coordinates : [],
      );
      arrange();
    },
    arrange,
    nearest,
  };
}

function layer(name) {
  const element = document.createElement("div");
  element.className = name;
  return element;
}

function drawing(name, shapes) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", name);
  svg.setAttribute("aria-hidden", "true");
  svg.append(...shapes.map((shape) => document.createElementNS(svg.namespaceURI, shape)));
  return svg;
}

function ring(radius, places) {
  return Array.from({ length: places }, (_, index) => {
    const angle = (index / places) * 2 * Math.PI;
    return [Math.round(radius * Math.sin(angle)), Math.round(-radius * Math.cos(angle))];
  });
}

function room({ x, y }, [across, down], [left, up, right, bottom]) {
  return [x + across + left, y + down + up, x + across + right, y + down + bottom];
}

function isFree([left, top, right, bottom], taken) {
  return !taken.some(
    (other) =>
      left < other[2] - OVERLAP &&
      right > other[0] + OVERLAP &&
      top < other[3] - OVERLAP &&
      bottom > other[1] + OVERLAP,
  );
}

// A line as its straight pieces, each with two ends.
function steps(points) {
  return points.slice(1).map(({ x, y }, index) => [[points[index].x, points[index].y], [x, y]]);
}

function doCross([a, b], [c, d]) {
  return isLeft(a, b, c) !== isLeft(a, b, d) && isLeft(c, d, a) !== isLeft(c, d, b);
}

function isLeft([ax, ay], [bx, by], [x, y]) {
  return (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0;
}
