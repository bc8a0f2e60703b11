// The page that takes attendance: heads are counted with or without a network.
import "./heads.scss";
import { start } from "./heads/page.js";

const place = document.querySelector("[data-heads]");
if (place) start(place);
