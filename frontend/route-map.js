// The map of a school's way to school, and the question "the safest way from here". Without this file the page says
// the same in words, and the question is asked by typing. A position is sent in a form and nowhere else.
import { NOTHING, Popup, chartIn, corners, pointsAt, popupFor, read, source, startAll } from "./map/chart.js";
import { named } from "./map/joined.js";
import { GROUPS, SIGNS, TAPPED, layers } from "./map/route-layers.js";

const point = (longitude, latitude) => ({
  type: "Feature",
  properties: {},
  geometry: { type: "Point", coordinates: [longitude, latitude] },
});

const signs = (chart, folder) =>
  Promise.all(
    SIGNS.map(async (name) => {
      const picture = new Image(48, 48);
      picture.src = `${folder}${name}.svg`;
      await picture.decode();
      chart.addImage(name, picture, { pixelRatio: 2 });
    }),
  );

const switches = (chart) => {
  document.querySelector("[data-map-switches]").hidden = false;
  for (const box of document.querySelectorAll("[data-map-layer]")) {
    const set = () => {
      for (const layer of GROUPS[box.dataset.mapLayer]) {
        chart.setLayoutProperty(layer, "visibility", box.checked ? "visible" : "none");
      }
    };
    box.addEventListener("change", set);
    if (!box.checked) set(); // a browser may remember a page's boxes
  }
};

// Where the walk begins: the phone's position, a tap on the map, or what is typed. The last of them counts.
const question = (chart) => {
  const form = document.querySelector("[data-way-form]");
  if (!form) return { picks: () => false };
  const typed = form.querySelector("input[name=place]");
  const [latitude, longitude] = ["latitude", "longitude"].map((name) => form.querySelector(`input[name=${name}]`));
  const said = form.querySelector("[data-said]");
  const [here, onMap] = ["here", "on-map"].map((name) => form.querySelector(`button[data-${name}]`));
  let picking = false;

  const mark = (place) => chart.getSource("start").setData(place ?? NOTHING);
  const take = (lon, lat, words) => {
    latitude.value = lat.toFixed(6);
    longitude.value = lon.toFixed(6);
    typed.value = "";
    said.textContent = words;
    mark(point(lon, lat));
    form.requestSubmit();
  };
  typed.addEventListener("input", () => {
    latitude.value = longitude.value = said.textContent = "";
    mark(null);
  });
  const stopPicking = () => {
    picking = false;
    onMap.setAttribute("aria-pressed", "false");
    chart.getCanvas().style.cursor = "";
  };
  onMap.hidden = false;
  onMap.addEventListener("click", () => {
    picking = !picking;
    onMap.setAttribute("aria-pressed", String(picking));
    said.textContent = picking ? onMap.dataset.asks : "";
    if (picking) chart.getCanvas().style.cursor = "crosshair";
    else stopPicking();
  });
  if (navigator.geolocation && window.isSecureContext) {
    here.hidden = false;
    here.addEventListener("click", () => {
      said.textContent = here.dataset.asks;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => take(coords.longitude, coords.latitude, here.dataset.taken.replace("%s", Math.round(coords.accuracy))),
        () => {
          said.textContent = here.dataset.failed;
          typed.focus();
        },
        { enableHighAccuracy: true, timeout: 15000 },
      );
    });
  }
  return {
    picks: ({ lng, lat }) => {
      if (!picking) return false;
      stopPicking();
      take(lng, lat, onMap.dataset.taken);
      return true;
    },
  };
};

// Draws the answer that stands on the page, and looks at it.
const showWay = (chart) => {
  const told = document.querySelector("#way-lines");
  const ways = told ? JSON.parse(told.textContent) : NOTHING;
  chart.getSource("way").setData(ways);
  const starts = ways.features.filter((one) => one.properties.way === "start");
  chart.getSource("start").setData({ ...NOTHING, features: starts });
  const box = corners(ways);
  if (box) chart.fitBounds(box, { padding: 60, maxZoom: 16.5, duration: 0 });
  return Boolean(box);
};

// What stands where somebody taps, in words; names come from the map and are set as text.
const inWords = ({ layer, name, hours, why, help, class: kind, sidewalk, speed_mph: mph, speed_kmh: kmh }, words) => {
  if (layer === "street") {
    const detail = [words.class[kind], words.sidewalk[sidewalk], mph && `${mph} mph`, kmh && `${kmh} km/h`];
    return { name: name || detail.shift(), detail: detail.filter(Boolean).join(" · ") };
  }
  const helps = help ? JSON.parse(help).slice(1).map((one) => words.help[one]) : [];
  return { name: words.layer[layer], detail: [name, hours, why, ...helps].filter(Boolean).join(" · ") };
};

const draw = async (canvas) => {
  const begun = performance.now();
  const content = await read(canvas.dataset.content);
  const words = JSON.parse(document.getElementById("route-words").textContent);
  const entrance = content.features.find((one) => one.properties.layer === "entrance");
  const chart = chartIn(canvas, {
    center: entrance.geometry.coordinates,
    zoom: 14,
    maxZoom: 18.5,
    keepsPicture: true,
    sources: {
      content: source(content),
      names: source({ ...NOTHING, features: named(content.features) }),
      way: source(NOTHING),
      start: source(NOTHING),
    },
    layers,
  });
  chart.once("idle", () => (canvas.dataset.drawnMs = Math.round(performance.now() - begun)));
  const box = corners({ features: content.features.filter((one) => one.properties.in_zone) });
  if (box) chart.fitBounds(box, { padding: 24, maxZoom: 15.5, animate: false });
  const loaded = chart.once("load");
  await signs(chart, canvas.dataset.signs);
  await loaded;

  switches(chart);
  let asks = question(chart);
  showWay(chart);
  document.addEventListener("htmx:after:swap", () => {
    asks = question(chart);
    if (showWay(chart)) document.querySelector("[data-way-answer]").focus();
  });
  chart.on("click", (event) => {
    if (asks.picks(event.lngLat)) return;
    const around = [[event.point.x - 6, event.point.y - 6], [event.point.x + 6, event.point.y + 6]];
    const found = chart.queryRenderedFeatures(around, { layers: TAPPED });
    const first = TAPPED.map((layer) => found.find((one) => one.layer.id === layer)).find(Boolean);
    if (!first) return;
    const at = first.geometry.type === "Point" ? first.geometry.coordinates : event.lngLat;
    const told = popupFor(inWords(first.properties, words), canvas);
    new Popup({ maxWidth: "18rem" }).setLngLat(at).setDOMContent(told).addTo(chart);
  });
  pointsAt(chart, TAPPED.slice(0, -1));
  canvas.dataset.ready = "yes";
};

// On paper every list stands open.
window.addEventListener("beforeprint", () => {
  for (const list of document.querySelectorAll(".route-lists details, .route-answer details")) list.open = true;
});

startAll("[data-route-map]", draw);
