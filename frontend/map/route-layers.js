// How a school's way to school is drawn. Nothing is told by color alone: lines differ in width and dashes, places in
// the shape of their sign, and the list beside the map says the same in words.
import { FONT } from "./chart.js";

const COLOUR = {
  land: "#f7f7f4",
  zone: "#e3eef0",
  zoneEdge: "#4f6068",
  street: "#b4bcc0",
  casing: "#6b777d",
  missing: "#8a3d00",
  unknown: "#71767a",
  suggested: "#00687d",
  avoid: "#b50909",
  safest: "#08333d",
  shortest: "#5c5c5c",
  label: "#2d3a40",
};
// From a path (1) to a highway (13); `street_tags.Street` has the numbers.
const byClass = (path, small, main) => ["interpolate", ["linear"], ["get", "rank"], 1, path, 8, small, 13, main];
const zoomed = (width) => ["interpolate", ["exponential", 1.6], ["zoom"], 12, ["*", 0.6, width], 15, width, 18, ["*", 4, width]];

// So many meters wide, at 38 degrees north: a pixel is 0.47 m at zoom 17.
const inMetres = (width) => ["interpolate", ["exponential", 2], ["zoom"], 10, width / 60, 18.5, width / 0.166];
const of = (layer) => ["==", ["get", "layer"], layer];
const line = (id, filter, paint, layout = {}) => ({
  id,
  type: "line",
  source: "content",
  filter,
  layout: { "line-cap": "round", "line-join": "round", ...layout },
  paint,
});

// Signs are pictures of ours, the same in the legend.
export const SIGNS = ["signal", "crosswalk", "island", "guard", "hazard", "entrance"];
const sign = (name, layout = {}) => ({
  id: name,
  type: "symbol",
  source: "content",
  filter: of(name),
  layout: {
    "icon-image": name,
    "icon-size": ["interpolate", ["linear"], ["zoom"], 12, 0.28, 15, 0.5, 17, 0.8],
    "icon-allow-overlap": true,
    ...layout,
  },
});
const large = { "icon-size": ["interpolate", ["linear"], ["zoom"], 12, 0.5, 15, 0.9, 17, 1.1] };

export const layers = [
  { id: "land", type: "background", paint: { "background-color": COLOUR.land } },
  line("zone-edge", ["==", ["get", "in_zone"], true], { "line-color": COLOUR.zoneEdge, "line-width": inMetres(94) }),
  line("zone", ["==", ["get", "in_zone"], true], { "line-color": COLOUR.zone, "line-width": inMetres(88) }),
  line("avoid", of("avoid"), {
    "line-color": COLOUR.avoid,
    "line-width": zoomed(13),
    "line-dasharray": [0.4, 0.4],
  }, { "line-cap": "butt" }),
  line("suggested", of("suggested"), { "line-color": COLOUR.suggested, "line-width": zoomed(12) }),
  line("casing", of("street"), { "line-color": COLOUR.casing, "line-width": zoomed(byClass(1.5, 4, 9)) }),
  line("streets", of("street"), { "line-color": "#fff", "line-width": zoomed(byClass(0.8, 3, 7.5)) }),
  line("no-sidewalk", ["==", ["get", "sidewalk"], "none"], {
    "line-color": COLOUR.missing,
    "line-width": zoomed(1.6),
    "line-dasharray": [3, 2],
  }, { "line-cap": "butt" }),
  line("unknown-sidewalk", ["==", ["get", "sidewalk"], "unknown"], {
    "line-color": COLOUR.unknown,
    "line-width": zoomed(1.2),
    "line-dasharray": [0.2, 3],
  }),
  {
    id: "shortest-way",
    type: "line",
    source: "way",
    filter: ["==", ["get", "way"], "shortest"],
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": COLOUR.shortest, "line-width": 4, "line-dasharray": [1, 2] },
  },
  {
    id: "safest-way-edge",
    type: "line",
    source: "way",
    filter: ["==", ["get", "way"], "safest"],
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": "#fff", "line-width": 11 },
  },
  {
    id: "safest-way",
    type: "line",
    source: "way",
    filter: ["==", ["get", "way"], "safest"],
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": COLOUR.safest, "line-width": 7 },
  },
  {
    id: "street-names",
    type: "symbol",
    source: "names",
    minzoom: 13,
    layout: {
      "symbol-placement": "line",
      "symbol-spacing": 350,
      "symbol-sort-key": ["-", 0, ["get", "rank"]],
      "text-field": ["get", "name"],
      "text-font": FONT,
      "text-size": ["interpolate", ["linear"], ["zoom"], 13, 11, 17, 15],
    },
    paint: { "text-color": COLOUR.label, "text-halo-color": "#fff", "text-halo-width": 1.6 },
  },
  {
    id: "speed-limits",
    type: "symbol",
    source: "content",
    minzoom: 14,
    filter: ["all", of("street"), ["any", ["has", "speed_mph"], ["has", "speed_kmh"]], [">=", ["get", "rank"], 10]],
    layout: {
      "symbol-placement": "line-center",
      "text-field": [
        "case",
        ["has", "speed_mph"],
        ["concat", ["to-string", ["get", "speed_mph"]], " mph"],
        ["concat", ["to-string", ["get", "speed_kmh"]], " km/h"],
      ],
      "text-font": FONT,
      "text-size": 12,
      "text-offset": [0, 1.1],
    },
    paint: { "text-color": "#000", "text-halo-color": "#fff", "text-halo-width": 2 },
  },
  sign("island"),
  sign("crosswalk"),
  sign("signal"),
  sign("hazard", large),
  sign("guard", large),
  sign("entrance", { ...large, "icon-size": ["interpolate", ["linear"], ["zoom"], 12, 0.8, 16, 1.3] }),
  {
    id: "start",
    type: "circle",
    source: "start",
    paint: { "circle-radius": 8, "circle-color": "#ffb83d", "circle-stroke-color": "#000", "circle-stroke-width": 3 },
  },
];

// What one switch beside the map shows and hides.
export const GROUPS = {
  suggested: ["suggested"],
  sidewalks: ["no-sidewalk", "unknown-sidewalk"],
  crossings: ["signal", "crosswalk", "island"],
  guards: ["guard"],
  speeds: ["speed-limits"],
  zone: ["zone", "zone-edge"],
  avoid: ["avoid", "hazard"],
};
// What a tap opens, the topmost first.
export const TAPPED = ["entrance", "guard", "hazard", "signal", "crosswalk", "island", "streets"];
