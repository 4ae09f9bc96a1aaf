//! A function that takes its time for every event.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(|_: LambdaEvent<Value>| async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        Ok::<_, Error>(json!({ "statusCode": 200 }))
    }))
    .await
}
