//! A Lambda function built with AWS's own runtime that answers a request with its body.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let answer = async |mut event: LambdaEvent<Value>| {
        let body = event.payload["body"].take();
        // With all that AWS's crate for HTTP writes: some front ends want it.
        Ok::<_, Error>(json!({
            "statusCode": 200,
            "headers": {"content-type": "application/json"},
            "multiValueHeaders": {},
            "body": body,
            "isBase64Encoded": false,
            "cookies": [],
        }))
    };
    run(service_fn(answer)).await
}
