import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const uswds = here("./node_modules/@uswds/uswds");

export default defineConfig({
  root: here("."),
  base: "./",
  resolve: {
    alias: [
      { find: "@uswds-img", replacement: `${uswds}/dist/img` },
      { find: "@uswds-fonts", replacement: `${uswds}/dist/fonts` },
    ],
  },
  css: {
    preprocessorOptions: {
      // USWDS's own deprecation notices are not ours to mend.
      scss: { loadPaths: [`${uswds}/packages`], quietDeps: true, silenceDeprecations: ["if-function"] },
    },
  },
  build: {
    outDir: here("../src/schoolward/platform/ui/static/ui/dist"),
    emptyOutDir: true,
    manifest: "manifest.json",
    // Icons stay files of their own: a page loads the two or three that it shows.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    modulePreload: { polyfill: false },
    target: "es2022",
    rollupOptions: {
      input: { app: here("./app.js"), map: here("./map.js"), "route-map": here("./route-map.js"), desk: here("./desk.js"), walk: here("./walk.js"), heads: here("./heads.js"), "offline-worker": here("./offline-worker.js") },
      // A service worker has its addresses for ever; a view of ours serves it (platform/ui/offline.py).
      output: { entryFileNames: ({ name }) => (name === "offline-worker" ? "offline-worker.js" : "assets/[name]-[hash].js") },
    },
  },
});
