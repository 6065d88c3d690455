//! Baseline.
use wasm_bindgen::prelude::*;
use yew::prelude::*;
struct App { n: u32 }
enum Msg { Inc }
impl Component for App {
    type Message = Msg;
    type Properties = ();
    fn create(_: &Context<Self>) -> Self { Self { n: 0 } }
    fn update(&mut self, _: &Context<Self>, _: Msg) -> bool { self.n += 1; true }
    fn view(&self, ctx: &Context<Self>) -> Html {
        html! { <div onclick={ctx.link().callback(|_| Msg::Inc)}>{ if self.n > 3 { "many" } else { "few" } }</div> }
    }
}
/// m
#[wasm_bindgen]
pub fn mount(root: web_sys::Element) {
    yew::Renderer::<App>::with_root(root).render();
}
