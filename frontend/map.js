// A map of the district without a tile server: areas, sites and incidents drawn from our own GeoJSON.
// Each map has a list beside it that says the same; the map itself is only the quicker way to see it.
import { FONT, Popup, chartIn, corners, pointsAt, popupFor, read, source, startAll } from "./map/chart.js";

const SACRAMENTO = [-121.47, 38.55];
const COLOUR = {
  land: "#eef3f3",
  area: "#dfe9ea",
  line: "#b9cbcf",
  label: "#4f6068",
  site: "#00687d",
  siteBusy: "#08333d",
  incident: "#c05600",
  incidentDark: "#8a3d00",
};

// A site's radius in pixels: with no incident, with 400, with 3,600. Area, not radius, follows the count.
const bySize = (none, some, many) => [
  "interpolate",
  ["linear"],
  ["sqrt", ["coalesce", ["get", "count"], 0]],
  0, none,
  20, some,
  60, many,
];

// A site that is shaded by a fact has its number in its circle, and the same size as the others.
const orShaded = (radius, otherwise) => ["case", ["has", "colour"], radius, otherwise];

const layers = [
  { id: "land", type: "background", paint: { "background-color": COLOUR.land } },
  {
    id: "areas",
    type: "fill",
    source: "base",
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "fill-color": COLOUR.area, "fill-opacity": 0.6 },
  },
  {
    id: "lines",
    type: "line",
    source: "base",
    filter: ["!=", ["geometry-type"], "Point"],
    paint: {
      "line-color": COLOUR.line,
      "line-width": ["case", ["==", ["get", "kind"], "district"], 2, 1],
    },
  },
  {
    id: "area-names",
    type: "symbol",
    source: "base",
    filter: ["all", ["==", ["geometry-type"], "Point"], ["has", "name"]],
    layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 13 },
    paint: { "text-color": COLOUR.label, "text-halo-color": "#fff", "text-halo-width": 1.5 },
  },
  {
    id: "clusters",
    type: "circle",
    source: "points",
    filter: ["has", "point_count"],
    paint: {
      "circle-color": COLOUR.incident,
      "circle-opacity": 0.82,
      "circle-stroke-color": "#fff",
      "circle-stroke-width": 1,
      "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "point_count"]], 1, 9, 10, 18, 40, 32],
    },
  },
  {
    // A ring says "somewhere near here", a disc says "here".
    id: "incidents",
    type: "circle",
    source: "points",
    filter: ["!", ["has", "point_count"]],
    paint: {
      "circle-radius": 5,
      "circle-color": COLOUR.incident,
      "circle-opacity": ["case", ["==", ["get", "approximate"], true], 0.12, 0.9],
      "circle-stroke-color": ["case", ["==", ["get", "approximate"], true], COLOUR.incident, "#fff"],
      "circle-stroke-width": 1.5,
    },
  },
  {
    id: "sites",
    type: "circle",
    source: "sites",
    layout: { "circle-sort-key": ["coalesce", ["get", "rank"], 0] },
    paint: {
      "circle-color": ["coalesce", ["get", "colour"], COLOUR.site],
      "circle-stroke-color": ["case", ["==", ["get", "is_pale"], true], COLOUR.label, "#fff"],
      "circle-stroke-width": 2,
      "circle-radius": [
        "interpolate",
        ["linear"],
        ["zoom"],
        9, orShaded(6, bySize(3, 8, 14)),
        13, orShaded(17, bySize(7, 19, 32)),
      ],
    },
  },
  {
    // The number of a shaded site stands in its circle, so that no colour need be told from another.
    id: "site-values",
    type: "symbol",
    source: "sites",
    minzoom: 10,
    filter: ["has", "value"],
    layout: {
      "text-field": ["get", "value"],
      "text-font": FONT,
      "text-size": ["interpolate", ["linear"], ["zoom"], 10, 9, 13, 14],
      "symbol-sort-key": ["-", 0, ["coalesce", ["get", "rank"], 0]],
    },
    paint: { "text-color": ["case", ["==", ["get", "is_pale"], true], COLOUR.siteBusy, "#fff"] },
  },
  {
    id: "site-names",
    type: "symbol",
    source: "sites",
    minzoom: 11.5,
    layout: {
      "text-field": ["get", "name"],
      "text-font": FONT,
      "text-size": 13,
      "text-anchor": "top",
      "text-offset": ["case", ["has", "colour"], ["literal", [0, 1.5]], ["literal", [0, 0.9]]],
      "text-max-width": 9,
      "text-optional": true,
    },
    paint: { "text-color": COLOUR.siteBusy, "text-halo-color": "#fff", "text-halo-width": 1.8 },
  },
  {
    id: "cluster-counts",
    type: "symbol",
    source: "points",
    filter: ["has", "point_count"],
    layout: {
      "text-field": ["to-string", ["get", "point_count"]],
      "text-font": FONT,
      "text-size": 13,
      "text-allow-overlap": true,
    },
    // The halo keeps the count readable where a site lies on its cluster.
    paint: { "text-color": "#fff", "text-halo-color": COLOUR.incidentDark, "text-halo-width": 1.6 },
  },
];

// A map that is about its points shows them near, and above the sites that lie where they do.
const pointsLast = [...layers.filter((one) => one.id !== "incidents"), layers.find((one) => one.id === "incidents")];

const draw = async (canvas) => {
  const [base, sites, points] = await Promise.all(
    [canvas.dataset.base, canvas.dataset.sites, canvas.dataset.points].map(read),
  );
  const { about } = canvas.dataset;
  const chart = chartIn(canvas, {
    center: SACRAMENTO,
    sources: {
      base: source(base),
      sites: source(sites),
      points: source(points, { cluster: true, clusterRadius: 44, clusterMaxZoom: 14 }),
    },
    layers: about === "points" ? pointsLast : layers,
  });

  const seen = (about === "points" && corners(points)) || (corners(sites) ?? corners(points) ?? corners(base));
  if (seen) chart.fitBounds(seen, { padding: 40, maxZoom: 14.5, animate: false });

  for (const layer of ["sites", "incidents"]) {
    chart.on("click", layer, (event) => {
      const [feature] = event.features;
      new Popup({ maxWidth: "18rem" })
        .setLngLat(feature.geometry.coordinates)
        .setDOMContent(popupFor(feature.properties, canvas))
        .addTo(chart);
    });
  }
  chart.on("click", "clusters", async (event) => {
    const [feature] = event.features;
    const zoom = await chart.getSource("points").getClusterExpansionZoom(feature.properties.cluster_id);
    chart.easeTo({ center: feature.geometry.coordinates, zoom });
  });
  pointsAt(chart, ["sites", "incidents", "clusters"]);
};

startAll("[data-map]", draw);
