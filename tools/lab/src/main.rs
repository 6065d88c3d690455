//! A native command line over `domain`.
fn main() {}
