//! Lambda: an invocation whose answer is streamed, in the frames of an event stream. What the
//! function sent is put together again: its prelude, NULs and body, as a function URL gets them.

use super::Aws;
use super::error::{AwsError, Call};
use super::invoke::{InvokeAnswer, InvokeCall, about};
use super::service::Service;
use crate::http::encoding::base64_decode;
use crate::http::{Body, Headers, Response};
use aws_smithy_eventstream::frame::{DecodedFrame, MessageFrameDecoder};
use serde_json::Value;

/// A frame: its header fields that are text, and what it carries.
#[derive(Debug, PartialEq, Eq)]
struct Frame {
    fields: Vec<(String, String)>,
    payload: Vec<u8>,
}

impl Frame {
    fn field(&self, name: &str) -> &str {
        let own = self.fields.iter().find(|(own, _)| own == name);
        own.map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}

impl Aws {
    /// Invokes a function and waits for the end of its stream. A function that fails, also in the
    /// middle, is no error: its answer holds what it sent, and how it failed.
    ///
    /// # Errors
    /// Those of [`Aws::invoke`], and a stream that is broken, or ends without saying so.
    pub async fn invoke_stream(&self, call: InvokeCall<'_>) -> Result<InvokeAnswer, AwsError> {
        let about = about(call.function);
        let (response, duration) =
            self.ask_lambda(call, &about, ("2021-11-15", "response-streaming-invocations")).await?;
        let mut answer = self.read(response, duration);
        let frames = std::mem::take(&mut answer.payload);
        let broken = |why: &str| AwsError::broken_stream(&about, why);
        let frames = frames_of(&frames).map_err(|why| broken(&why))?;
        for frame in frames {
            match (frame.field(":message-type"), frame.field(":event-type")) {
                ("event", "PayloadChunk") => answer.payload.extend(frame.payload),
                ("event", "InvokeComplete") => {
                    let end: Value = serde_json::from_slice(&frame.payload)
                        .map_err(|_| broken("its last frame holds no JSON"))?;
                    self.complete(&mut answer, &end);
                    return Ok(answer);
                }
                ("event", _) => {}
                ("exception" | "error", _) => return Err(self.exception(&frame, &about)),
                _ => return Err(broken("a frame in it is no event")),
            }
        }
        Err(broken(&format!(
            "it ended after {} bytes without Lambda's word that it is complete",
            answer.payload.len()
        )))
    }

    /// What the last frame tells.
    fn complete(&self, answer: &mut InvokeAnswer, end: &Value) {
        let text = |name: &str| end.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let hidden = |text: &str| self.access.keys.hidden_in(text);
        let log = text("LogResult").and_then(base64_decode);
        answer.log = log.map(|log| hidden(&String::from_utf8_lossy(&log)));
        answer.function_error = text("ErrorCode").map(hidden);
        let details = answer.function_error.is_some().then(|| text("ErrorDetails").unwrap_or_default());
        answer.error_details = details.map(hidden);
    }

    /// Lambda failed after it had begun to answer.
    fn exception(&self, frame: &Frame, about: &str) -> AwsError {
        let (name, body) = match frame.field(":message-type") {
            "exception" => (frame.field(":exception-type"), frame.payload.clone()),
            _ => {
                let message = serde_json::json!({ "message": frame.field(":error-message") });
                (frame.field(":error-code"), message.to_string().into_bytes())
            }
        };
        let headers = Headers::from_iter([("x-amzn-errortype", name)]);
        let response = Response { status: 500, headers, body: Body(body) };
        let (action, path) = ("lambda:InvokeFunction", String::new());
        let call = Call { service: Service::Lambda, action, about, path, query: Vec::new() };
        AwsError::of_response(&call, &response, &self.access)
    }
}

/// The frames of an event stream, or what is wrong with it.
fn frames_of(mut bytes: &[u8]) -> Result<Vec<Frame>, String> {
    let (mut frames, mut decoder) = (Vec::new(), MessageFrameDecoder::new());
    while !bytes.is_empty() {
        let decoded = decoder.decode_frame(&mut bytes).map_err(|error| error.to_string())?;
        let DecodedFrame::Complete(message) = decoded else {
            return Err("it ends in the middle of a frame".to_owned());
        };
        let fields = message.headers().iter().filter_map(|header| {
            Some((header.name().as_str().to_owned(), header.value().as_string().ok()?.as_str().to_owned()))
        });
        frames.push(Frame { fields: fields.collect(), payload: message.payload().to_vec() });
    }
    Ok(frames)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A frame without header fields around `x`: its first checksum is right, its last one is not.
    const FRAME: [u8; 17] = [0, 0, 0, 17, 0, 0, 0, 0, 0x38, 0xA2, 0x61, 0x5B, b'x', 0, 0, 0, 0];

    #[test]
    fn what_is_no_stream_of_frames_is_refused() {
        assert_eq!(frames_of(b""), Ok(Vec::new()));
        assert_eq!(frames_of(&FRAME[..9]), Err("it ends in the middle of a frame".to_owned()));
        assert!(frames_of(&FRAME).unwrap_err().contains("checksum"), "{:?}", frames_of(&FRAME));
        assert!(frames_of(b"{\"message\": \"no stream\"}").is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..64), length in 0_u8..40) {
            let framed = [&[0, 0, 0, length], bytes.as_slice()].concat();
            for bytes in [&framed, &bytes] {
                let _ = frames_of(bytes);
            }
        }
    }
}
