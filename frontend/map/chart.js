// What every map of ours shares: how one is made, what it reads, and the popup that says what stands there.
import "maplibre-gl/dist/maplibre-gl.css";
import { Map as Chart, NavigationControl, Popup, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";

setWorkerUrl(workerUrl);

export { Popup };
export const NOTHING = { type: "FeatureCollection", features: [] };
// Labels are set by the browser's own fonts, so that no glyph server is asked.
export const FONT = ["Source Sans Pro Web"];
export const source = (data, rest = {}) => ({ type: "geojson", data, ...rest });

export const read = async (url) => {
  if (!url) return NOTHING;
  const answer = await fetch(url, { headers: { Accept: "application/geo+json, application/json" } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
};

// Every coordinate of a collection, however deep, to find what to look at.
export const corners = (collection) => {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const walk = (part) => {
    if (typeof part[0] === "number") {
      box[0] = Math.min(box[0], part[0]);
      box[1] = Math.min(box[1], part[1]);
      box[2] = Math.max(box[2], part[0]);
      box[3] = Math.max(box[3], part[1]);
    } else part.forEach(walk);
  };
  for (const feature of collection.features) if (feature.geometry) walk(feature.geometry.coordinates);
  return box[0] <= box[2] ? [[box[0], box[1]], [box[2], box[3]]] : null;
};

// The popup's words are set as text, never as markup: names come from imported files.
export const popupFor = (properties, canvas) => {
  const box = document.createElement("div");
  const line = (text, tag = "div") => {
    if (text === undefined || text === null || text === "") return;
    const element = document.createElement(tag);
    element.textContent = text;
    box.append(element);
  };
  line(properties.name ?? properties.title, "strong");
  line(properties.detail);
  if (properties.approximate === true) line(canvas.dataset.approximateLabel);
  if (properties.url?.startsWith("/")) {
    const link = document.createElement("a");
    link.href = properties.url;
    link.textContent = canvas.dataset.openLabel;
    box.append(link);
  }
  return box;
};

// A map in an element, without tilt or turn, that shows what these sources and layers say.
export const chartIn = (canvas, { center, zoom = 10.5, maxZoom = 17, keepsPicture = false, sources, layers }) => {
  const chart = new Chart({
    container: canvas,
    center,
    zoom,
    minZoom: 8,
    maxZoom,
    dragRotate: false,
    pitchWithRotate: false,
    attributionControl: false,
    fadeDuration: 0,
    // Without this a browser prints an empty map.
    canvasContextAttributes: { preserveDrawingBuffer: keepsPicture },
    style: { version: 8, sources, layers },
  });
  chart.touchZoomRotate.disableRotation();
  chart.addControl(new NavigationControl({ showCompass: false }), "top-right");
  chart.getCanvas().setAttribute("aria-label", canvas.dataset.label);
  // Tests and scripts wait for this before they look.
  chart.once("idle", () => canvas.setAttribute("data-drawn", "yes"));
  return chart;
};

export const pointsAt = (chart, layers) => {
  for (const layer of layers) {
    chart.on("mouseenter", layer, () => (chart.getCanvas().style.cursor = "pointer"));
    chart.on("mouseleave", layer, () => (chart.getCanvas().style.cursor = ""));
  }
};

// Draws each map of a kind in a part of the page once; what goes wrong leaves the list, which says the same.
export const startAll = (selector, draw) => {
  const start = (root) => {
    for (const canvas of root.querySelectorAll(`${selector}:not([data-started])`)) {
      canvas.dataset.started = "yes";
      draw(canvas).catch((error) => {
        canvas.dataset.failed = "yes";
        canvas.textContent = "The map could not be drawn. The list below says the same.";
        console.error(error);
      });
    }
  };
  start(document);
  document.addEventListener("htmx:after:swap", () => start(document));
};
