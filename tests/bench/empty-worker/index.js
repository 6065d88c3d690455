// A Worker that does nothing: what an answer costs at least.
export default {
  fetch() {
    return new Response("ok");
  },
};
