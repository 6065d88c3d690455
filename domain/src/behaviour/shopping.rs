//! What the shopper does in the shop, and what it tells.

use super::away::Return;
use super::page::Behaviour;
use super::points::{Detector, Reason};
use super::recent::Recent;
use super::signal::{CartEdit, Copied, Field, PageKind, Signal, Target};
use super::verdict::Verdict;

impl Behaviour {
    /// What the shopper does in the shop.
    pub(super) fn shop(&mut self, signal: Signal) -> Option<Verdict> {
        match signal {
            Signal::Clicked { x, y, target } => self.click(x, y, target),
            Signal::FieldEntered(field) => self.enter_field(field),
            Signal::FieldTyped => {
                self.scene.field.excuse();
                None
            }
            Signal::FieldLeft => {
                let left_empty = self.scene.field.left(self.seen);
                self.notice_if(left_empty, Reason::FieldLeftEmpty)
            }
            Signal::PageChanged { page, product } => self.change_page(page, product),
            Signal::VariantChosen { variant } => self.choose_variant(variant),
            Signal::Copied(copied) => self.notice(match copied {
                Copied::Title => Reason::TitleCopied,
                Copied::Price => Reason::PriceCopied,
                Copied::Code => Reason::CodeCopied,
            }),
            Signal::CouponRefused => self.notice(Reason::CouponRefused),
            Signal::CouponAccepted => {
                self.evidence.forget(|reason| reason.detector() == Detector::Coupon);
                None
            }
            Signal::CartEdited { edit, item } => self.edit_cart(edit, item),
            Signal::CartChanged { items } => {
                self.basket.changed(items);
                None
            }
            Signal::CartListed { item } => {
                self.basket.list(item);
                None
            }
            Signal::CartWorth { minor_units } => {
                self.basket.value_minor = Some(minor_units);
                None
            }
            Signal::Commerce { event, items } => {
                self.basket.hear(event, items);
                None
            }
            _ => None,
        }
    }

    pub(super) fn come_back(&mut self) -> Option<Verdict> {
        match self.away.came_back(self.now) {
            Return::Glance => None,
            Return::AnotherVisit => {
                self.evidence.forget(|_| true);
                None
            }
            Return::Elsewhere => {
                let after_copying = self.evidence.holds(|reason| reason.detector() == Detector::Copies);
                let after_coupon = self.evidence.holds(|reason| reason.detector() == Detector::Coupon);
                let compared = self.notice_if(after_copying, Reason::ComparedElsewhere);
                compared.or_else(|| self.notice_if(after_coupon, Reason::CouponHunted))
            }
        }
    }

    fn click(&mut self, x: i32, y: i32, target: Target) -> Option<Verdict> {
        // A tap that makes the page jump is no flick.
        self.scrolling.start_over();
        let read_before = self.specification_read;
        self.specification_read |= target == Target::Specification;
        match target {
            Target::SizeGuide => self.notice(Reason::SizeGuideOpened),
            Target::Specification => self.notice_if(read_before, Reason::SpecificationReread),
            Target::Control | Target::Stepper | Target::Plain => {
                let raged = self.clicks.clicked(self.now, x, y, target)?;
                self.notice(raged)
            }
        }
    }

    fn enter_field(&mut self, field: Field) -> Option<Verdict> {
        let left_empty = self.scene.field.entered(self.seen, field);
        let stalled = self.notice_if(left_empty, Reason::FieldLeftEmpty);
        if field == Field::Search {
            self.scrolling.start_over();
        }
        stalled.or_else(|| self.notice_if(field == Field::Coupon, Reason::CouponSought))
    }

    fn change_page(&mut self, page: PageKind, product: Option<u32>) -> Option<Verdict> {
        // The scene is at the new page by now; the basket still knows the old one.
        let left_checkout = core::mem::replace(&mut self.basket.in_checkout, page == PageKind::Checkout)
            && page != PageKind::Checkout;
        self.leaving = None;
        self.scrolling.start_over();
        self.variants = Recent::default();
        self.specification_read = false;
        let returned = self.products.visit(self.seen, product);
        let revisited = returned.and_then(|before| {
            self.notice(if before > 1 { Reason::ProductRevisitedOften } else { Reason::ProductRevisited })
        });
        let still_buying = left_checkout && !self.basket.at_the_till;
        revisited.or_else(|| self.notice_if(still_buying, Reason::CheckoutLeft))
    }

    fn choose_variant(&mut self, variant: u32) -> Option<Verdict> {
        if self.variants.latest() == Some(variant) {
            return None;
        }
        let again = self.variants.take_up(variant) > 0;
        self.notice(if again { Reason::VariantTriedAgain } else { Reason::VariantTried })
    }

    fn edit_cart(&mut self, edit: CartEdit, item: u32) -> Option<Verdict> {
        let again = self.lines.take_up(item) > 0;
        match edit {
            CartEdit::Added => self.basket.list(item),
            CartEdit::Removed => self.basket.strike(item),
            CartEdit::Quantity => {}
        }
        let reason = match edit {
            CartEdit::Removed => Some(Reason::ItemRemoved),
            CartEdit::Quantity => Some(Reason::QuantityChanged),
            // Elsewhere, a cart is being filled.
            CartEdit::Added => (self.scene.page == PageKind::Cart).then_some(Reason::ItemAdded),
        };
        let edited = reason.and_then(|reason| self.notice(reason));
        edited.or_else(|| self.notice_if(again && reason.is_some(), Reason::ChangedAgain))
    }

    pub(super) fn notice(&mut self, reason: Reason) -> Option<Verdict> {
        self.evidence.notice(self.seen, reason)
    }

    fn notice_if(&mut self, applies: bool, reason: Reason) -> Option<Verdict> {
        if applies { self.notice(reason) } else { None }
    }
}
