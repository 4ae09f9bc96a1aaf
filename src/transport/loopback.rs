//! Connections of clients on this machine: taken as they come, and ended with their server.

use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// Serves every connection until the future is dropped; they are dropped with it.
pub(super) async fn accept<S>(listener: TcpListener, serve: impl Fn(TcpStream) -> S)
where
    S: Future<Output = ()> + Send + 'static,
{
    let mut connections = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // Without it a response of two packets waits for the client's delayed acknowledgement.
                stream.set_nodelay(true).ok();
                connections.spawn(serve(stream));
            }
            // Out of file descriptors, most likely: it passes when a connection closes.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
        while connections.try_join_next().is_some() {}
    }
}
