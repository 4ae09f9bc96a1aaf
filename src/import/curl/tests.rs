//! Lines as people write them and as browsers copy them.
