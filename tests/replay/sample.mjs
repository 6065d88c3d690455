// The repository's own recordings: acted by a program, a few of every kind that is known to matter.
// They show that the sensors do what is written here, not how shoppers behave.
import { Recorder } from "./recorder.mjs";

const ofEachKind = 4;

/** `{ trace, label: { label, kind, intentMs, endMs } }` of each. */
export function sampleTraces() {
  return Object.entries(kinds).flatMap(([kind, { label, act, ...page }], index) =>
    Array.from({ length: ofEachKind }, (_, turn) => {
      const recorder = new Recorder(1 + index * ofEachKind + turn, page);
      act(recorder);
      const intentMs = Math.round(recorder.intentMs ?? recorder.nowMs);
      return { trace: recorder.trace(`${kind}-${turn + 1}`), label: { label, kind, intentMs, endMs: Math.round(recorder.nowMs) } };
    }));
}

const phone = { device: "mobile" };
const checkout = { page: "checkout" };

/** A visit that goes on. */
const engaged = (act, page = {}) => ({
  label: "engaged", ...page, act(r) {
    begin(r);
    act(r);
    if (r.device === "desktop") r.wander();
    r.end();
  },
});

/** A visit that ends: `act` begins when the shopper means to go. */
const exit = (act, page = {}) => ({
  label: "exit", ...page, act(r) {
    begin(r);
    r.wait(1500, 4000);
    r.intentMs = r.nowMs;
    act(r);
    r.wait(900, 2500);
    r.hide();
  },
});

/** A visit that gets stuck: `act` begins then. */
const hesitate = (act, page = {}) => ({
  label: "hesitate", ...page, act(r) {
    begin(r);
    r.intentMs = r.nowMs;
    act(r);
    r.end();
  },
});

function begin(r) {
  r.wait(200, 600);
  if (r.device === "mobile") r.scrollBy(r.whole(100, 400), 400);
  else r.wander();
  r.wait(1500, 3000);
}

const kinds = {
  address_bar: exit((r) => { r.leaveUpwards(); r.wait(600, 900); r.tell("blur", "body"); }),
  back_button: exit((r) => r.leaveUpwards({ x: 60 })),
  close_tab: exit((r) => r.leaveUpwards()),
  hesitate_then_close: exit((r) => {
    r.moveTo(r.at[0], 60);
    r.wait(600, 900);
    r.leaveUpwards({ ms: 340 });
    r.wait(1500);
  }),
  kb_address_bar: exit((r) => { r.tell("key", "KeyL", "ctrl"); r.wait(40, 90); r.tell("blur", "body"); r.wait(2000); }),
  mobile_flick_up_leave: exit((r) => {
    r.scrollBy(2600, 1700);
    r.wait(2500, 4000);
    r.intentMs = r.nowMs;
    r.scrollBy(-0.9 * r.y, r.between(450, 600));
  }, phone),
  mobile_repeated_hide: exit((r) => {
    for (let time = 0; time < 2; time += 1) {
      r.hide();
      r.wait(8000, 20000);
      r.show();
      r.wait(1500, 2500);
      r.scrollBy(120, 300);
      r.wait(1200, 2000);
    }
    r.scrollBy(-0.75 * r.y, 900);
    r.wait(500);
  }, { ...phone, pages: ["product", "cart"] }),

  cart_churn: hesitate((r) => {
    ["remove", "add", "remove", "qty", "remove"].forEach((edit, turn) => {
      r.wander();
      r.click("button", "");
      r.tell("cart", edit, `sku${1 + (turn % 2)}`, 20);
      r.wait(3000, 5000);
    });
  }, { page: "cart", cart: 3 }),
  cart_idle: hesitate((r) => { r.wander(); r.wait(32000, 40000); }, { page: "cart", cart: 2 }),
  checkout_field_stall: hesitate((r) => {
    for (const name of ["address", "card", "address"]) {
      r.wander();
      r.tell("fld", "focus", name);
      r.wait(4500, 7000);
      r.tell("fld", "blur", name);
    }
  }, checkout),
  copy_and_compare: hesitate((r) => {
    r.tell("copy", r.oneOf(["title", "price", "sku"]), r.whole(5, 50));
    r.wait(900, 1600);
    r.hide();
    r.wait(9000, 30000);
    r.show();
    r.wait(1000, 2500);
    r.wander();
  }, { page: "product" }),
  coupon_hunt: hesitate((r) => {
    for (let time = 0; time < 3; time += 1) {
      r.tell("fld", "focus", "coupon");
      r.wait(900, 2200);
      r.tell("fld", "input", "coupon");
      r.wait(600, 1000);
      r.click("button", "apply");
      r.tell("err", "coupon");
      r.wait(1800, 3000);
    }
  }, checkout),
  product_toggle: hesitate((r) => {
    ["skuA", "skuB", "skuA", "skuB", "skuA"].forEach((product) => {
      r.tell("nav", "product", product);
      r.wander();
      r.wait(6000, 10000);
    });
  }, { page: "product" }),
  rage_click: hesitate((r) => {
    for (let time = 0; time < 6; time += 1) {
      r.click("button", "apply");
      r.wait(120, 260);
    }
  }, checkout),
  size_guide: hesitate((r) => {
    for (const size of ["S", "L", "M"]) {
      r.wander();
      r.click("a", "size-guide");
      r.wait(5000, 9000);
      r.click("button", "close");
      r.tell("variant", size);
      r.wait(1500, 2500);
    }
  }, { page: "product" }),

  autofill_popup: engaged((r) => {
    r.moveTo(r.at[0], 54);
    r.tell("fld", "focus", "email");
    r.click("input", "email");
    r.wait(600, 800);
    r.tell("leave", r.at[0], -3, null);
    r.wait(1200, 1800);
    r.comeBack(r.at[0], 90);
    r.tell("fld", "input", "email");
    r.wait(600);
    r.tell("fld", "blur", "email");
  }, checkout),
  context_menu: engaged((r) => {
    r.moveTo(r.at[0], 128);
    r.tell("ctx", r.at[0], 127);
    r.wait(250, 400);
    r.tell("leave", r.at[0], -4, null);
    r.wait(1000, 1500);
    r.comeBack(r.at[0], 30);
  }),
  devtools_or_resize: engaged((r) => {
    r.tell("blur", "body");
    r.tell("resize", r.width, Math.round(r.height * 0.6));
    r.wait(9000, 15000);
    r.tell("focus", "body");
    r.wait(300);
  }),
  fast_buyer: engaged((r) => {
    r.click("button", "add-to-cart");
    r.tell("cart", "add", "sku1", 20);
    r.wait(1200);
    r.tell("nav", "cart");
    r.wander();
    r.click("button", "checkout");
    r.tell("nav", "checkout");
    r.wait(1000);
    for (const name of ["email", "name", "address", "card"]) r.fill(name);
  }, { page: "product" }),
  iframe_payment: engaged((r) => {
    r.tell("blur", "iframe");
    r.wait(9000, 18000);
    r.tell("focus", "body");
    r.click("button", "pay");
  }, checkout),
  just_arrived: {
    label: "engaged", act(r) {
      r.wait(350);
      r.comeBack(r.at[0], 30);
      r.leaveUpwards({ ms: 90 });
      r.wait(600, 800);
      r.comeBack();
      r.wander();
      r.read();
      r.end();
    },
  },
  long_read: engaged((r) => { r.wander(); r.wait(45000, 60000); r.read(); r.wait(30000, 40000); r.read(1); }, { page: "product" }),
  mobile_app_switch_return: engaged((r) => { r.hide(); r.wait(5000, 9000); r.show(); r.wait(400); r.read(); }, phone),
  mobile_review_scroll: engaged((r) => {
    r.scrollBy(1900, 1500);
    r.wait(3000, 5000);
    r.scrollBy(-600, 1000);
    r.wait(4000, 6000);
    r.scrollBy(500, 300);
  }, { ...phone, page: "product" }),
  mobile_to_top_for_menu: engaged((r) => {
    r.scrollBy(1500, 1800);
    r.wait(3000, 5000);
    r.scrollBy(-r.y, 2000);
    r.wait(500, 800);
    r.click("button", "menu", 30, 30);
    r.tell("nav", "listing");
    r.read(1);
  }, phone),
  overshoot_top: engaged((r) => {
    r.leaveUpwards({ ms: r.between(380, 480) });
    r.wait(150, 280);
    r.comeBack(r.at[0], 2);
    r.moveTo(r.at[0], 82, 110);
    r.wait(500);
    r.click("a", "menu");
  }),
  peek_tab_and_return: engaged((r) => {
    r.leaveUpwards();
    r.wait(1000, 1400);
    r.hide();
    r.wait(2500);
    r.show();
    r.wait(200);
    r.comeBack(r.at[0], 12);
  }),
  select_firefox: engaged((r) => {
    r.moveTo(r.at[0], 122);
    r.tell("fld", "focus", "select");
    r.click("select", "size");
    r.wait(400, 600);
    r.tell("leave", 63, -23, null);
    r.wait(1500, 2200);
    r.comeBack(r.at[0], 150);
    r.tell("variant", "M");
    r.tell("fld", "blur", "select");
  }, { page: "product" }),
  side_or_bottom: engaged((r) => {
    r.moveTo(r.width - 4, r.at[1]);
    r.wait(17);
    r.tell("leave", r.width + 30, Math.round(r.at[1]), null);
    r.wait(6000, 12000);
    r.comeBack(r.width - 30, 400);
  }),
  swoosh_other_monitor: engaged((r) => {
    r.leaveUpwards({ ms: 130, slowing: false });
    r.wait(9000, 20000);
    r.comeBack();
  }),
  top_nav_hover: engaged((r) => {
    r.moveTo(r.at[0], 26);
    r.wait(900, 1300);
    r.moveTo(r.at[0], 80, 250);
    r.click("a", "menu");
    r.tell("nav", "listing");
  }),
  two_factor_tab: engaged((r) => {
    r.tell("fld", "input", "card");
    r.wait(1500);
    r.click("button", "pay");
    r.wait(1200);
    r.hide();
    r.wait(20000, 30000);
    r.show();
    r.tell("fld", "focus", "code");
    r.tell("fld", "input", "code");
    r.wait(1800);
    r.click("button", "confirm");
  }, checkout),
};
