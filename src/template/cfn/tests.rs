//! Functions, conditions and places.
