//! The catalogue: every rule, and the rule for each kind of notice.

mod binary;
mod body;
mod cookies;
mod headers;
pub mod input;
mod result;
mod status;
mod stream;

use super::rule::Rule;
use crate::gateway::{Notice, NoticeKind};

/// Every rule, by code.
pub static ALL: &[&Rule] = &[
    &body::BODY_NOT_STRING,
    &status::STATUS_NOT_NUMBER,
    &status::STATUS_OUT_OF_RANGE,
    &status::STATUS_UNUSUAL,
    &result::UNKNOWN_KEY,
    &result::UNKNOWN_KEY_IGNORED,
    &headers::HEADERS_NOT_OBJECT,
    &headers::HEADER_VALUE_NOT_TEXT,
    &headers::HEADER_VALUE_COERCED,
    &headers::HEADER_VALUE_NULL,
    &headers::MULTI_VALUE_NOT_LIST,
    &headers::MULTI_VALUE_HEADERS_IGNORED,
    &binary::BASE64_FLAG_NOT_BOOLEAN,
    &binary::BASE64_FLAG_COERCED,
    &binary::BASE64_UNDECODABLE,
    &binary::BASE64_SENT_AS_TEXT,
    &binary::BASE64_WITHOUT_BINARY_TYPES,
    &headers::HEADER_RENAMED,
    &headers::HEADER_DROPPED,
    &cookies::COOKIES_NOT_LIST,
    &cookies::COOKIE_NOT_TEXT,
    &result::RESULT_NOT_OBJECT,
    &result::RESULT_NULL,
    &result::RESULT_INFERRED,
    &result::FUNCTION_ERROR,
    &result::RESPONSE_TOO_LARGE,
    &body::BODY_COERCED,
    &body::BODY_NULL,
    &status::STATUS_MISSING,
    &result::MEMBER_NULL,
    &headers::WRONG_HEADER_MAP,
    &status::STATUS_DESCRIPTION_FORM,
    &stream::ENVELOPE_STREAMED,
    &stream::PRELUDE_MALFORMED,
    &input::NOT_JSON,
    &input::EMPTY_INPUT,
    &input::NOT_UTF8,
    &input::BYTE_ORDER_MARK,
    &input::DUPLICATE_KEY,
    &input::TRAILING_DATA,
];

/// The rule of that code or name; case does not count.
pub fn find(code_or_name: &str) -> Option<&'static Rule> {
    let wanted = code_or_name.trim();
    ALL.iter()
        .copied()
        .find(|rule| rule.code.eq_ignore_ascii_case(wanted) || rule.name.eq_ignore_ascii_case(wanted))
}

/// The words for a kind of notice. A new kind does not compile without them.
pub fn of(kind: NoticeKind) -> &'static Rule {
    match kind {
        NoticeKind::BodyNotString => &body::BODY_NOT_STRING,
        NoticeKind::StatusNotNumber => &status::STATUS_NOT_NUMBER,
        NoticeKind::StatusOutOfRange => &status::STATUS_OUT_OF_RANGE,
        NoticeKind::StatusUnusual => &status::STATUS_UNUSUAL,
        NoticeKind::UnknownKey => &result::UNKNOWN_KEY,
        NoticeKind::UnknownKeyIgnored => &result::UNKNOWN_KEY_IGNORED,
        NoticeKind::HeadersNotObject => &headers::HEADERS_NOT_OBJECT,
        NoticeKind::HeaderValueNotText => &headers::HEADER_VALUE_NOT_TEXT,
        NoticeKind::HeaderValueCoerced => &headers::HEADER_VALUE_COERCED,
        NoticeKind::HeaderValueNull => &headers::HEADER_VALUE_NULL,
        NoticeKind::MultiValueNotList => &headers::MULTI_VALUE_NOT_LIST,
        NoticeKind::MultiValueHeadersIgnored => &headers::MULTI_VALUE_HEADERS_IGNORED,
        NoticeKind::Base64FlagNotBoolean => &binary::BASE64_FLAG_NOT_BOOLEAN,
        NoticeKind::Base64FlagCoerced => &binary::BASE64_FLAG_COERCED,
        NoticeKind::Base64Undecodable => &binary::BASE64_UNDECODABLE,
        NoticeKind::Base64SentAsText => &binary::BASE64_SENT_AS_TEXT,
        NoticeKind::Base64WithoutBinaryTypes => &binary::BASE64_WITHOUT_BINARY_TYPES,
        NoticeKind::HeaderRenamed => &headers::HEADER_RENAMED,
        NoticeKind::HeaderDropped => &headers::HEADER_DROPPED,
        NoticeKind::CookiesNotList => &cookies::COOKIES_NOT_LIST,
        NoticeKind::CookieNotText => &cookies::COOKIE_NOT_TEXT,
        NoticeKind::ResultNotObject => &result::RESULT_NOT_OBJECT,
        NoticeKind::ResultNull => &result::RESULT_NULL,
        NoticeKind::ResultInferred => &result::RESULT_INFERRED,
        NoticeKind::FunctionError => &result::FUNCTION_ERROR,
        NoticeKind::ResponseTooLarge => &result::RESPONSE_TOO_LARGE,
        NoticeKind::BodyCoerced => &body::BODY_COERCED,
        NoticeKind::BodyNull => &body::BODY_NULL,
        NoticeKind::StatusMissing => &status::STATUS_MISSING,
        NoticeKind::MemberNull => &result::MEMBER_NULL,
        NoticeKind::WrongHeaderMap => &headers::WRONG_HEADER_MAP,
        NoticeKind::StatusDescriptionForm => &status::STATUS_DESCRIPTION_FORM,
        NoticeKind::EnvelopeStreamed => &stream::ENVELOPE_STREAMED,
        NoticeKind::PreludeMalformed => &stream::PRELUDE_MALFORMED,
        NoticeKind::NotJson => &input::NOT_JSON,
    }
}

/// The last name on the way to the value: `body`, `Content-Type`.
fn subject(notice: &Notice) -> &str {
    notice.pointer.last().unwrap_or("the result")
}

#[cfg(test)]
mod tests;
