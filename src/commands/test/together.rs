//! Several futures at the same time, on this thread.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

/// Runs all of them to their ends.
pub(super) async fn together<'f>(mut futures: Vec<Pin<Box<dyn Future<Output = ()> + 'f>>>) {
    poll_fn(|context| {
        futures.retain_mut(|future| future.as_mut().poll(context).is_pending());
        if futures.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}
