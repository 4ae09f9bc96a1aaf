//! Bodies against schemas, wherever they are written.
