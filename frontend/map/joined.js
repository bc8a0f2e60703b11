// Streets as long lines, so that a name has room: pieces of one name are joined where just two of them meet.
const key = (point) => `${point[0]},${point[1]}`;

export const joined = (lines) => {
  const ends = new Map();
  for (const line of lines) {
    for (const end of [key(line[0]), key(line.at(-1))]) ends.set(end, [...(ends.get(end) ?? []), line]);
  }
  const left = new Set(lines);
  // The line that goes on from a point, unless the street ends or forks there.
  const next = (point, line) => {
    const met = ends.get(key(point));
    const other = met.length === 2 ? met.find((one) => one !== line) : undefined;
    return other && left.has(other) ? other : undefined;
  };
  const found = [];
  for (const line of lines) {
    if (!left.delete(line)) continue;
    let whole = line;
    for (let turned = 0; turned < 2; turned += 1) {
      let last = turned ? line : whole;
      for (let more = next(whole.at(-1), last); more; more = next(whole.at(-1), last)) {
        left.delete(more);
        const onward = key(more[0]) === key(whole.at(-1)) ? more : [...more].reverse();
        whole = [...whole, ...onward.slice(1)];
        last = more;
      }
      whole = [...whole].reverse();
    }
    found.push(whole);
  }
  return found;
};

// Every street of the map that has a name, once for each class that it is of.
export const named = (features) => {
  const streets = new Map();
  for (const { properties, geometry } of features) {
    if (properties.layer !== "street" || !properties.name) continue;
    const street = `${properties.rank} ${properties.name}`;
    if (!streets.has(street)) streets.set(street, { name: properties.name, rank: properties.rank, lines: [] });
    streets.get(street).lines.push(...geometry.coordinates);
  }
  return [...streets.values()].flatMap(({ name, rank, lines }) =>
    joined(lines).map((coordinates) => ({
      type: "Feature",
      properties: { name, rank },
      geometry: { type: "LineString", coordinates },
    })),
  );
};
