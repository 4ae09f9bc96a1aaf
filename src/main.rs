//! The command line of `apigw`.

fn main() {}
