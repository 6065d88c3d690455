// What the loader gets as sense.js: the sensors, and what a page needs around them.
export { default } from "glue";
export { watch } from "./watch.js";
