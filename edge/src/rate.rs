//! How much one caller may ask: token buckets in the isolate's memory.
//!
//! New sessions are what a stranger can ask for without showing anything, so they are counted twice: by
//! store and network (the first 24 bits of an IPv4, 48 of an IPv6 address), generously, because a whole
//! office or mobile network may stand behind one; and by store alone, so that many networks together
//! cannot flood one store either. Whoever comes back with a good token is not counted. Reading and
//! writing are counted by conversation, whatever the address; what a shopper says is counted once more
//! by the conversation itself. The memory is one isolate's: a flood is spread over few of them,
//! each counts its share, and a bucket in storage would cost every honest caller a round trip.

use domain::time::UnixMillis;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;

/// So many at once, then one more every so often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rate {
    /// At once.
    pub(crate) burst: u32,
    /// Then one more after this many milliseconds.
    pub(crate) refill_ms: u32,
}

/// What is counted. Durations and counts are the product's; a deployment may change them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Rates {
    /// New sessions of one store from one network.
    pub(crate) sessions_per_network: Rate,
    /// New sessions of one store.
    pub(crate) sessions_per_store: Rate,
    /// Requests and connections of one conversation.
    pub(crate) requests_per_conversation: Rate,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            sessions_per_network: Rate { burst: 300, refill_ms: 500 },
            sessions_per_store: Rate { burst: 3_000, refill_ms: 20 },
            requests_per_conversation: Rate { burst: 120, refill_ms: 250 },
        }
    }
}

/// How many callers are remembered at most; beyond it, those with full buckets are forgotten.
const MAX_BUCKETS: usize = 10_000;

/// Buckets by caller.
#[derive(Debug)]
pub(crate) struct Buckets<Key> {
    buckets: RefCell<HashMap<Key, Bucket>>,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    /// When the bucket is full again.
    full_at: UnixMillis,
}

impl<Key: Hash + Eq> Default for Buckets<Key> {
    fn default() -> Self {
        Self { buckets: RefCell::default() }
    }
}

impl<Key: Hash + Eq> Buckets<Key> {
    /// Takes one from the bucket of `key`; the seconds to wait when it is empty.
    pub(crate) fn take(&self, now: UnixMillis, key: Key, rate: Rate) -> Result<(), u32> {
        let mut buckets = self.buckets.borrow_mut();
        if buckets.len() >= MAX_BUCKETS {
            buckets.retain(|_, bucket| bucket.full_at > now);
            if buckets.len() >= MAX_BUCKETS {
                buckets.clear();
            }
        }
        let refill = u64::from(rate.refill_ms.max(1));
        let capacity = refill.saturating_mul(u64::from(rate.burst));
        let bucket = buckets.entry(key).or_insert(Bucket { full_at: now });
        let full_at = bucket.full_at.0.max(now.0).saturating_add(refill);
        let excess = full_at.saturating_sub(now.0).saturating_sub(capacity);
        if excess > 0 {
            return Err(u32::try_from(excess.div_ceil(1_000)).unwrap_or(u32::MAX));
        }
        bucket.full_at = UnixMillis(full_at);
        Ok(())
    }
}

/// The network an address is of: addresses of one household or office are one caller.
pub(crate) fn network(address: &str) -> String {
    if address.contains(':') {
        let groups = address.split("::").next().unwrap_or_default();
        return groups.split(':').take(3).collect::<Vec<_>>().join(":");
    }
    address.rsplit_once('.').map_or(address, |(network, _)| network).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_gives_its_burst_and_then_one_at_a_time() {
        let buckets = Buckets::default();
        let rate = Rate { burst: 2, refill_ms: 1_500 };
        let take = |at: u64| buckets.take(UnixMillis(at), "a", rate);
        assert_eq!(take(1_000), Ok(()));
        assert_eq!(take(1_000), Ok(()));
        assert_eq!(take(1_000), Err(2));
        assert_eq!(take(2_499), Err(1));
        assert_eq!(take(2_500), Ok(()));
        assert_eq!(take(2_500), Err(2));
        assert_eq!(take(60_000), Ok(()));
        assert_eq!(buckets.take(UnixMillis(1_000), "b", rate), Ok(()));
    }

    #[test]
    fn memory_is_bounded() {
        let buckets = Buckets::default();
        let rate = Rate { burst: 1, refill_ms: 1_000 };
        for caller in 0..3 * MAX_BUCKETS {
            buckets.take(UnixMillis(0), caller, rate).unwrap();
        }
        assert!(buckets.buckets.borrow().len() <= MAX_BUCKETS);
    }

    #[test]
    fn neighbours_are_one_network() {
        for (address, expected) in [
            ("203.0.113.7", "203.0.113"),
            ("2001:db8:1:2::7", "2001:db8:1"),
            ("2001:db8::7", "2001:db8"),
            ("::1", ""),
            ("", ""),
        ] {
            assert_eq!(network(address), expected, "{address}");
        }
    }
}
