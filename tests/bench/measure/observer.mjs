// What a page says of itself while it loads and while its panel opens. Runs in the page, before any script of its own.

/**
 * `launcher` and `composer` are selectors, each entered by its shadow root but for the last. Tells
 * `window.benchSeen(name, at)` of "load", of the launcher's first frame, and of the first frame in which the composer
 * takes the focus; `at` is in milliseconds since navigation.
 */
export function observe({ launcher, composer }) {
  const figures = { longTasks: [], layoutShift: 0, firstPaint: null, largestPaint: null, tappedAt: null };
  window.benchFigures = figures;

  const find = (path) => path.reduce((root, selector, at) => {
    const found = root?.querySelector(selector);
    return at < path.length - 1 ? found?.shadowRoot : found;
  }, document);
  const isVisible = (element) => {
    if (!element?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const { width, height, top, right, bottom, left } = element.getBoundingClientRect();
    return width >= 8 && height >= 8 && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  };
  const takesFocus = (element) => {
    if (!isVisible(element) || element.disabled || element.readOnly || element.closest("[inert]")) return false;
    const root = element.getRootNode();
    if (root.activeElement !== element) element.focus();
    return root.activeElement === element;
  };
  /** Calls `window.benchSeen` once the frame in which `test` first holds has been drawn. */
  const tellOnce = (name, test) => {
    const look = () => {
      if (!test()) return requestAnimationFrame(look);
      const drawn = new MessageChannel();
      drawn.port1.onmessage = () => window.benchSeen(name, performance.now());
      drawn.port2.postMessage(null);
    };
    requestAnimationFrame(look);
  };
  const listen = (type, take) => {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(take));
    observer.observe({ type, buffered: true });
  };

  listen("longtask", (entry) => figures.longTasks.push([entry.startTime, entry.duration]));
  listen("layout-shift", (entry) => { if (!entry.hadRecentInput) figures.layoutShift += entry.value; });
  listen("largest-contentful-paint", (entry) => { figures.largestPaint = entry.startTime; });
  listen("paint", (entry) => { if (entry.name === "first-contentful-paint") figures.firstPaint = entry.startTime; });
  addEventListener("click", (event) => { figures.tappedAt ??= event.timeStamp; }, { capture: true, passive: true });
  addEventListener("load", () => setTimeout(() => window.benchSeen("load", performance.now())));
  if (launcher) tellOnce("launcher", () => isVisible(find(launcher)));
  window.benchAwaitComposer = () => tellOnce("composer", () => takesFocus(find(composer)));
}
