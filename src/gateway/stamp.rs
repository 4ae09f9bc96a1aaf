//! Time and ids as arguments: the same stamp always makes the same event.

use crate::http::Request;
use time::OffsetDateTime;
use time::format_description::FormatItem;
use time::macros::format_description;

const COMMON_LOG: &[FormatItem<'_>] =
    format_description!("[day]/[month repr:short]/[year]:[hour]:[minute]:[second] +0000");
const JAVA_DATE: &[FormatItem<'_>] =
    format_description!("[weekday repr:short] [month repr:short] [day] [hour]:[minute]:[second] UTC [year]");
const HTTP_DATE: &[FormatItem<'_>] =
    format_description!("[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT");

const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE64_URL: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const LOWER: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
const UPPER: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const HEX: &[u8] = b"0123456789abcdef";
const DIGITS: &[u8] = b"0123456789";

/// The instant of a call and the seed from which all of its ids are drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    epoch_ms: i64,
    seed: u64,
    connection: Option<String>,
    connected_ms: Option<i64>,
}

impl Stamp {
    /// 2025-01-01T12:00:00.123Z: the instant of an event when nobody names one.
    pub const DEFAULT_EPOCH_MS: i64 = 1_735_732_800_123;

    /// A stamp for an instant (milliseconds since 1970, UTC) and a seed.
    pub fn new(epoch_ms: i64, seed: u64) -> Self {
        Self { epoch_ms, seed, connection: None, connected_ms: None }
    }

    /// The same stamp for one request: equal requests get equal ids, other ones others.
    #[must_use]
    pub fn for_request(&self, request: &Request) -> Self {
        let mut seed = hash(self.seed, request.method.as_bytes());
        seed = hash(seed, request.target().as_bytes());
        for (name, value) in request.headers.iter() {
            seed = hash(hash(seed, name.as_bytes()), value.as_bytes());
        }
        Self { seed: hash(seed, &request.body), ..self.clone() }
    }

    /// The same stamp on a WebSocket connection of that id.
    #[must_use]
    pub fn on_connection(self, id: impl Into<String>) -> Self {
        Self { connection: Some(id.into()), ..self }
    }

    /// The same stamp on a WebSocket connection that was opened then, in milliseconds since 1970.
    #[must_use]
    pub fn connected_at(self, epoch_ms: i64) -> Self {
        Self { connected_ms: Some(epoch_ms), ..self }
    }

    /// When the WebSocket connection was opened, if it was said.
    pub fn connected_ms(&self) -> Option<i64> {
        self.connected_ms
    }

    /// The id of the WebSocket connection: 15 URL-safe characters and `=` unless it was given (W-008).
    pub fn connection_id(&self) -> String {
        self.connection.clone().unwrap_or_else(|| self.draw("connection", BASE64_URL, 15) + "=")
    }

    /// Milliseconds since 1970, UTC.
    pub fn epoch_ms(&self) -> i64 {
        self.epoch_ms
    }

    /// The instant as events write it: `17/Jun/2024:14:48:13 +0000` (R-097, H-022).
    pub fn common_log_time(&self) -> String {
        self.format(self.epoch_ms.div_euclid(1000), COMMON_LOG)
    }

    /// The instant as a `Date` header writes it.
    pub fn http_date(&self) -> String {
        self.format(self.epoch_ms.div_euclid(1000), HTTP_DATE)
    }

    /// The instant as a log stream's name begins: `2024/06/17`.
    pub fn day(&self) -> String {
        self.format(self.epoch_ms.div_euclid(1000), format_description!("[year]/[month]/[day]"))
    }

    /// Seconds since 1970 as Cognito claims print them: `Tue Jun 18 15:00:04 UTC 2024`.
    pub fn java_date(&self, seconds: i64) -> String {
        self.format(seconds, JAVA_DATE)
    }

    /// A UUID of version 4; `label` tells the ids of one call apart.
    pub fn uuid(&self, label: &str) -> String {
        let mut uuid = String::with_capacity(36);
        for (index, digit) in self.draw(label, HEX, 32).chars().enumerate() {
            if matches!(index, 8 | 12 | 16 | 20) {
                uuid.push('-');
            }
            uuid.push(match (index, digit) {
                (12, _) => '4',
                (16, '0'..='3') => '8',
                (16, '4'..='7') => '9',
                (16, '8' | '9' | 'a' | 'b') => 'a',
                (16, _) => 'b',
                (_, digit) => digit,
            });
        }
        uuid
    }

    /// 15 characters and `=`: the extended request id of REST APIs.
    pub fn extended_request_id(&self) -> String {
        self.draw("extended", BASE64, 15) + "="
    }

    /// 15 URL-safe characters and `=`: the request id of HTTP APIs (H-021).
    pub fn short_request_id(&self) -> String {
        self.draw("extended", BASE64_URL, 15) + "="
    }

    /// An X-Ray trace header with a root only, whose time is this stamp's.
    pub fn trace_root(&self) -> String {
        let seconds = self.epoch_ms.div_euclid(1000);
        format!("Root=1-{seconds:08x}-{}", self.hex("trace", 24))
    }

    /// `length` lower-case hexadecimal digits.
    pub fn hex(&self, label: &str, length: usize) -> String {
        self.draw(label, HEX, length)
    }

    /// `length` decimal digits, as behind a load balancer's name.
    pub fn digits(&self, label: &str, length: usize) -> String {
        self.draw(label, DIGITS, length)
    }

    /// `length` lower-case letters and digits, as in resource and deployment ids.
    pub fn lower(&self, label: &str, length: usize) -> String {
        self.draw(label, LOWER, length)
    }

    /// `length` upper-case letters and digits, as in IAM ids.
    pub fn upper(&self, label: &str, length: usize) -> String {
        self.draw(label, UPPER, length)
    }

    /// `length` characters of URL-safe base64.
    pub fn url_safe(&self, label: &str, length: usize) -> String {
        self.draw(label, BASE64_URL, length)
    }

    fn draw(&self, label: &str, alphabet: &[u8], length: usize) -> String {
        let mut state = hash(self.seed, label.as_bytes());
        let mut next = || {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let index = mix(state) % alphabet.len() as u64;
            char::from(alphabet[usize::try_from(index).unwrap_or(0)])
        };
        (0..length).map(|_| next()).collect()
    }

    fn format(&self, seconds: i64, format: &[FormatItem<'_>]) -> String {
        let instant = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        instant.format(format).unwrap_or_default()
    }
}

impl Default for Stamp {
    fn default() -> Self {
        Self::new(Self::DEFAULT_EPOCH_MS, 0)
    }
}

/// FNV-1a over the bytes and their length, started from `seed`.
fn hash(seed: u64, bytes: &[u8]) -> u64 {
    let length = bytes.len().to_le_bytes();
    let start = seed ^ 0xCBF2_9CE4_8422_2325;
    bytes
        .iter()
        .chain(&length)
        .fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3))
}

/// The output step of SplitMix64: spreads one bit of change over all of them.
fn mix(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    state ^ (state >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_one_instant_in_every_form() {
        let stamp = Stamp::new(1_718_635_693_453, 0);
        assert_eq!(stamp.common_log_time(), "17/Jun/2024:14:48:13 +0000");
        assert_eq!(stamp.http_date(), "Mon, 17 Jun 2024 14:48:13 GMT");
        assert_eq!(stamp.java_date(1_718_722_804), "Tue Jun 18 15:00:04 UTC 2024");
        assert!(stamp.trace_root().starts_with("Root=1-66704cad-"));
    }

    #[test]
    fn ids_have_their_forms_and_repeat() {
        let stamp = Stamp::new(0, 7);
        assert_eq!(stamp.uuid("request"), Stamp::new(0, 7).uuid("request"));
        assert_ne!(stamp.uuid("request"), stamp.uuid("other"));
        assert_ne!(stamp.uuid("request"), Stamp::new(0, 8).uuid("request"));
        let uuid = stamp.uuid("request");
        assert_eq!((uuid.len(), &uuid[14..15]), (36, "4"));
        assert_eq!(stamp.extended_request_id().len(), 16);
    }

    #[test]
    fn other_requests_get_other_ids() {
        let stamp = Stamp::default();
        let id = |path: &str| stamp.for_request(&Request::new("GET", path)).uuid("request");
        assert_eq!(id("/a"), id("/a"));
        assert_ne!(id("/a"), id("/b"));
    }
}
