//! AWS's own APIs, asked with the credentials that the AWS CLI would take: a small client for those
//! that answer in JSON.
//!
//! Nothing here is looked for or built before the first request is to be sent. No key, secret or
//! token is ever part of an error or of what `Debug` prints.

mod access;
mod advice;
mod api_gateway;
mod canonical;
#[cfg(feature = "aws-chain")]
mod chain;
#[cfg(feature = "aws-chain")]
mod connector;
mod error;
mod function_name;
mod invoke;
mod invoke_stream;
mod lambda;
mod service;
mod sign;
#[cfg(any(test, not(feature = "aws-chain")))]
mod variables;

pub use access::{Access, AwsSettings, Keys};
pub use error::{AwsError, AwsErrorKind};
pub use function_name::{FunctionName, FunctionNameError};
pub use invoke::{InvocationType, InvokeAnswer, InvokeCall};
pub use lambda::LivePolicy;
pub use service::Service;
pub use sign::{Signing, sign, signed};

use super::client::{SendOptions, Sender, target};
use crate::http::{Request, Response, query};
use error::Call;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use std::time::{Duration, Instant};

/// How often a request is sent that AWS throttles, or fails to answer.
const TRIES: u32 = 4;

/// How long to wait before the second try; twice as long before each that follows.
const FIRST_WAIT: Duration = Duration::from_millis(200);

/// The longest wait that a `Retry-After` can ask for.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// A client for AWS's APIs in one region.
#[derive(Debug, Clone)]
pub struct Aws {
    access: Access,
    sender: Sender,
    now: Duration,
    started: Instant,
}

impl Aws {
    /// A client with that access; `now` is the time since 1970, which signatures hold.
    ///
    /// # Errors
    /// When the roots of this machine cannot be read.
    pub fn new(access: Access, now: Duration) -> Result<Self, AwsError> {
        Self::within(access, now, SendOptions::default().timeout)
    }

    /// The same with a limit for each answer.
    ///
    /// # Errors
    /// When the roots of this machine cannot be read.
    pub fn within(access: Access, now: Duration, timeout: Duration) -> Result<Self, AwsError> {
        let options = SendOptions { timeout, ..SendOptions::default() };
        let sender = Sender::new(&options).map_err(|error| AwsError::network(&error))?;
        Ok(Self { access, sender, now, started: Instant::now() })
    }

    /// The region that is asked.
    pub fn region(&self) -> &str {
        &self.access.region
    }

    /// The same client for another region.
    #[must_use]
    pub fn in_region(&self, region: &str) -> Self {
        let access = Access { region: region.to_owned(), ..self.access.clone() };
        Self { access, sender: self.sender.clone(), now: self.now, started: self.started }
    }

    /// The JSON that answers a call.
    async fn get(&self, call: &Call<'_>) -> Result<Value, AwsError> {
        let mut request = Request::new("GET", &call.path);
        // Without it API Gateway answers in HAL.
        request.headers.append("Accept", "application/json");
        let (response, _) = self.send(call, &request, AwsError::may_pass).await?;
        serde_json::from_slice(&response.body.0).map_err(|_| AwsError::unreadable(call, response.status))
    }

    /// The answer to a call and the time that it took, tried again as long as `may_pass` says so of
    /// the error.
    async fn send(
        &self,
        call: &Call<'_>,
        request: &Request,
        may_pass: fn(&AwsError) -> bool,
    ) -> Result<(Response, Duration), AwsError> {
        let mut wait = FIRST_WAIT;
        for tries_left in (0..TRIES).rev() {
            let (request, base) = self.signed(call, request.clone())?;
            let sent = self.sender.send(&request, &base).await;
            let (response, duration) = sent.map_err(|error| AwsError::network(&error))?;
            if response.status < 300 {
                return Ok((response, duration));
            }
            let error = AwsError::of_response(call, &response, &self.access);
            if !may_pass(&error) || tries_left == 0 {
                return Err(error);
            }
            let asked = response.headers.get("retry-after").and_then(|text| text.trim().parse().ok());
            tokio::time::sleep(asked.map_or(wait, Duration::from_secs).min(LONGEST_WAIT)).await;
            wait *= 2;
        }
        Err(AwsError::unreadable(call, 0))
    }

    fn signed(&self, call: &Call<'_>, mut request: Request) -> Result<(Request, String), AwsError> {
        let base = self.access.endpoint(call.service);
        if !call.query.is_empty() {
            request.query =
                Some(query::encode(call.query.iter().map(|(name, value)| (*name, value.as_str()))));
        }
        let url = target(&base, &request).map_err(|error| AwsError::endpoint(&base, &error))?;
        let at = self.now + self.started.elapsed();
        let signing = self.access.signing(call.service.signing_name(), at);
        for (name, value) in sign(&signing, &request, url.as_str())? {
            request.headers.append(name, value);
        }
        Ok((request, base))
    }
}

/// What stands in a segment of a path, or in a query, as it is (RFC 3986).
const UNESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text as one segment of a path: colons and slashes of ARNs escaped.
fn segment(text: &str) -> String {
    utf8_percent_encode(text, UNESCAPED).to_string()
}
