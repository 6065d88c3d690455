// The sensors as they are spoken to by what stands around them.
export { watch } from "glue";
