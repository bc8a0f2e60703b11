// XPath's and ODK's functions: each makes, of its arguments, a function of (node, environment).
import { DIGESTS } from "./digests.js";
import { GEOGRAPHY } from "./geography.js";
import { LOGIC } from "./logic.js";
import { NODE_SETS } from "./node_sets.js";
import { NUMERIC } from "./numeric.js";
import { TEXTS } from "./texts.js";
import { TIMES } from "./times.js";

export const FUNCTIONS = { ...LOGIC, ...NODE_SETS, ...NUMERIC, ...TEXTS, ...TIMES, ...GEOGRAPHY, ...DIGESTS };
