// What the loader gets as chat.js: the glue of the program, and what stands in until it is there.
export { default, mount } from "glue";
export { frame } from "./frame.js";
