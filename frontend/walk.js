// The walk page: a form that is filled with or without a network.
import "./walk.scss";
import { start } from "./walk/page.js";

const place = document.querySelector("[data-walk]");
if (place) start(place);
