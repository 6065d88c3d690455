mod inputs;
mod properties;
mod stories;
mod world;
