//! Bodies of the service's plain requests and answers.

use crate::time::UnixMillis;
use serde::{Deserialize, Serialize};

/// What `POST /v1/{store}/staff` asks: to let a colleague answer from their own Messenger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StaffRequest {
    /// The colleague's name, as shoppers will see it; 1 to 60 characters.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 60)))]
    pub name: String,
}

/// What removing a colleague answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StaffRemoval {
    /// How many had this name.
    pub removed: u32,
}

/// What it answers: single-use, either way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StaffInvitation {
    /// What the colleague opens.
    pub link: String,
    /// What the colleague types instead.
    pub code: String,
    /// When both stop working.
    pub expires_at: UnixMillis,
}

/// What a channel's data deletion callback answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeletionReceipt {
    /// The page that tells the person how far it is.
    pub url: String,
    /// What the person can quote.
    pub confirmation_code: String,
}
