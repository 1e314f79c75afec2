// What lies over the drawing: links, buttons and names, kept apart from each other.

// How far a mark reaches from the point that it marks: left, up, right, down, in pixels.
export const PIN = [-22, -49, 22, 3];
export const BOX = [-29, -24, 29, 24];
export const HERE = [-12, -12, 12, 12];

// The corners of most shapes are empty: two may come this much closer.
const OVERLAP = 5;
const AT_HOME = [0, 0];
// Where a mark goes when its own place is taken: rings around it, near enough to see whose it is.
const SHIFTS = [AT_HOME, ...[1, 2].flatMap((number) => ring(24 * number, 8 * number))];
// Where it goes when nothing is within reach to be counted with, as beside the buttons.
const FAR_SHIFTS = [3, 4, 5, 6].flatMap((number) => ring(24 * number, 8 * number));
const WITHIN_REACH = 120;
const NAME_SHIFTS = [AT_HOME, ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((number) => ring(28 * number, 16))];

// A mark has an element, the point that it is `at`, and how far it reaches. One that may be counted
// with others in a box also has what it `holds`; `together` makes that box of a list of marks.
export function marksOn(map, words) {
  const lines = drawing("map__leaders", ["path", "path"]);
  const names = layer("map__names");
  const pins = layer("map__pins");
  const others = layer("map__others");
  names.setAttribute("aria-hidden", "true"); // the list says where everything is
  // Tab goes through the page of the list first; its pins also lie above the rest.
  map.getCanvasContainer().append(lines, names, pins, others);
  const on = { pins: [], others: [], shown: [], names: [] };
  let together = null;
  let crowds = new Map(); // boxes of what had no room
  let areas = [];
  let borders = [];

  function put(where, marks) {
    on[where === pins ? "pins" : "others"] = marks;
    const kept = new Set(marks.map(({ element }) => element));
    for (const element of [...where.children]) if (!kept.has(element)) element.remove();
    for (const { element } of marks) if (element.parentNode !== where) where.append(element);
  }

  // Gives everything its own room on the screen: pins first, and what comes first stays in place.
  // What finds no room near its place is counted in one box with what is nearest.
  function arrange() {
    const stuck = new Set();
    let marks = [...on.pins, ...on.others];
    let taken = [];
    for (;;) {
      taken = [controls()];
      const homeless = marks.find((mark) => !settle(mark, taken, stuck));
      if (!homeless) break;
      const other = closest(homeless, marks);
      if (other) marks = merged(marks, homeless, other);
      else stuck.add(homeless);
    }
    show(marks);
    const edges = borders.flatMap((border) => steps(border.map((at) => map.project(at))));
    on.names = areas.flatMap((area) => named(area, { taken, edges }));
    names.replaceChildren(...on.names.map(({ element }) => element));
    move();
  }

  // Whether the mark has room; what is off the screen needs none, and some never give way.
  function settle(mark, taken, stuck) {
    const point = map.project(mark.at);
    const shifts = stuck.has(mark) ? FAR_SHIFTS : SHIFTS;
    const shift = shiftFor(point, mark.reach, { taken, shifts });
    mark.shift = shift ?? AT_HOME;
    taken.push(room(point, mark.shift, mark.reach));
    return shift !== undefined || stuck.has(mark) || !mark.holds;
  }

  function closest(mark, marks) {
    const point = map.project(mark.at);
    const distance = (other) => map.project(other.at).dist(point);
    const others = marks.filter((other) => other.holds && other !== mark);
    const reached = others.filter((other) => distance(other) < WITHIN_REACH);
    return reached.sort((a, b) => distance(a) - distance(b))[0];
  }

  // The same marks with the two in one box, where the first of them was.
  function merged(marks, one, other) {
    const [first, second] = marks.indexOf(one) < marks.indexOf(other) ? [one, other] : [other, one];
    const parts = [...(first.parts ?? [first]), ...(second.parts ?? [second])];
    const at = [0, 1].map((axis) => parts.reduce((sum, part) => sum + part.at[axis], 0) / parts.length);
    const holds = parts.flatMap((part) => part.holds);
    const box = { parts, at, holds, reach: BOX };
    return marks.filter((mark) => mark !== second).map((mark) => (mark === first ? box : mark));
  }

  // A box that stays keeps its element, and so the focus.
  function show(marks) {
    const kept = new Map();
    for (const mark of marks.filter(({ parts }) => parts)) {
      const key = mark.holds.map(({ key }) => key).join();
      mark.element = crowds.get(key) ?? together(mark);
      kept.set(key, mark.element);
      if (mark.element.parentNode !== pins) pins.append(mark.element);
    }
    for (const [key, element] of crowds) if (!kept.has(key)) element.remove();
    crowds = kept;
    on.shown = marks;
    const shown = new Set(marks);
    for (const mark of [...on.pins, ...on.others]) mark.element.hidden = !shown.has(mark);
  }

  // The first shift that keeps the mark in sight and off what is taken, if any; off the screen, null.
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
  function named({ properties: { name: area, kind }, geometry: { coordinates: at } }, { taken, edges }) {
    // Most districts are called like a town that is somewhere else in them.
    const name = kind === "DISTRICT" ? words.district.replace("{name}", area) : area;
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
    for (const { element, at, reach, shift = AT_HOME } of [...on.shown, ...on.names]) {
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
    const pressable = on.shown.filter(({ element }) => element.tabIndex >= 0);
    return pressable.sort((a, b) => distance(a) - distance(b))[0]?.element;
  }

  map.on("move", move);
  return {
    setPins(marks, ofMany) {
      together = ofMany;
      crowds = new Map();
      put(pins, marks);
    },
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
