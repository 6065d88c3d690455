// What the loader gets as sense.js.
export { default, watch } from "glue";
