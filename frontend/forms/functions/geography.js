// Points, traces and shapes: "lat lon alt acc", parted by semicolons.
import { readNumber } from "../numbers.js";
import { words } from "../stored.js";
import { toText } from "../values.js";

// Metres; the sphere that JavaRosa and ODK Web Forms compute with.
const EARTH_RADIUS_M = 6_378_100;
// The same two roundings as Python's math.radians.
const radians = (degrees) => degrees * (Math.PI / 180);

function parsePoint(text) {
  const parts = words(text);
  if (parts.length < 2 || parts.length > 4) return null;
  const [latitude, longitude] = parts.map(readNumber);
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? [latitude, longitude] : null;
}

// All points, or null where one of them is none.
const known = (points) => (points.includes(null) ? null : points);
const parsePoints = (text) => known(text.trim().replace(/[; \t\n]+$/, "").split(";").map(parsePoint));

function area(points) {
  let total = 0;
  points.forEach(([latitude, longitude], index) => {
    const [nextLatitude, nextLongitude] = points[(index + 1) % points.length];
    total += radians(nextLongitude - longitude) * (2 + Math.sin(radians(nextLatitude)) + Math.sin(radians(latitude)));
  });
  return Math.abs((total * EARTH_RADIUS_M ** 2) / 2);
}

function distance(one, other) {
  const [first, second] = [radians(one[0]), radians(other[0])];
  const cosine =
    Math.sin(first) * Math.sin(second) + Math.cos(first) * Math.cos(second) * Math.cos(radians(one[1] - other[1]));
  return Math.acos(Math.min(1, Math.max(-1, cosine))) * EARTH_RADIUS_M;
}

const length = (points) => points.slice(1).reduce((sum, point, index) => sum + distance(points[index], point), 0);

const measured = (measure, without) => (make, parts) => {
  const values = parts.map((part) => make.value(part));
  return (node, env) => {
    const texts = values.flatMap((value) => {
      const given = value(node, env);
      return Array.isArray(given) ? given.map((each) => each.text) : [toText(given)];
    });
    const points = texts.length === 1 ? parsePoints(texts[0]) : known(texts.map(parsePoint));
    return points && points.length >= 2 ? Math.floor(measure(points) * 100 + 0.5) / 100 : without;
  };
};

// Whether a ray from the point crosses the line an odd number of times.
function liesInside([latitude, longitude], line) {
  let inside = false;
  line.slice(1).forEach(([second, secondLongitude], index) => {
    const [first, firstLongitude] = line[index];
    if (second > latitude === first > latitude) return;
    const crossing = ((firstLongitude - secondLongitude) * (latitude - second)) / (first - second);
    if (longitude < crossing + secondLongitude) inside = !inside;
  });
  return inside;
}

export const GEOGRAPHY = {
  area: measured(area, 0),
  distance: measured(length, NaN),
  geofence(make, [place, shape]) {
    const [point, line] = [make.text(place), make.text(shape)];
    return (node, env) => {
      const [at, around] = [parsePoint(point(node, env)), parsePoints(line(node, env))];
      if (!at || !around || around.length < 2) return false;
      const [first, last] = [around[0], around.at(-1)];
      return first[0] === last[0] && first[1] === last[1] && liesInside(at, around);
    };
  },
};
