//! The catalogue: every rule, and the rule for each kind of notice.

mod binary;
mod body;
mod cookies;
mod event;
mod headers;
pub mod input;
mod result;
mod status;

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
    &event::EVENT_KEY_MISSING,
    &event::EVENT_VALUE_TYPE,
    &event::EVENT_EMPTY_VALUE,
    &event::EVENT_NULL_VALUE,
    &event::EVENT_KEY_UNKNOWN,
    &event::MIXED_FLAVOURS,
    &event::EVENT_ID_FORM,
    &event::EVENT_TIME_FORM,
    &event::EVENT_VALUE_NEVER_SENT,
    &event::AUTHORIZER_VALUE_TYPED,
    &event::MAPS_DISAGREE,
    &event::KEY_IN_ONE_MAP,
    &event::TIME_MISMATCH,
    &event::EPOCH_NOT_MILLISECONDS,
    &event::PATH_NOT_UNDER_STAGE,
    &event::PATH_SLASHES,
    &event::COPIES_DIFFER,
    &event::PATH_PARAMETERS_MISMATCH,
    &event::PATH_IS_TEMPLATE,
    &event::METHOD_CASE,
    &event::ROUTE_KEY_MISMATCH,
    &event::QUERY_MISMATCH,
    &event::BASE64_BODY_UNDECODABLE,
    &event::BASE64_WITHOUT_BODY,
    &event::BASE64_FLAG_UNLIKELY,
    &event::HEADER_NAME_CASE,
    &event::COOKIE_HEADER_LEFT,
    &event::COOKIES_MISMATCH,
    &event::HEADER_NEVER_SENT,
    &event::GATEWAY_HEADER_MISSING,
    &event::TRACE_ID_FORM,
    &event::SOURCE_IP_FORM,
    &event::SOURCE_IP_MISMATCH,
    &event::HOST_MISMATCH,
    &event::METHOD_ARN_MISMATCH,
    &event::CLIENT_CERT_UNLIKELY,
    &event::UNKNOWN_EVENT,
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
        NoticeKind::NotJson => &input::NOT_JSON,
        NoticeKind::EventKeyMissing => &event::EVENT_KEY_MISSING,
        NoticeKind::EventValueType => &event::EVENT_VALUE_TYPE,
        NoticeKind::EventEmptyValue => &event::EVENT_EMPTY_VALUE,
        NoticeKind::EventNullValue => &event::EVENT_NULL_VALUE,
        NoticeKind::EventKeyUnknown => &event::EVENT_KEY_UNKNOWN,
        NoticeKind::MixedFlavours => &event::MIXED_FLAVOURS,
        NoticeKind::EventIdForm => &event::EVENT_ID_FORM,
        NoticeKind::EventTimeForm => &event::EVENT_TIME_FORM,
        NoticeKind::EventValueNeverSent => &event::EVENT_VALUE_NEVER_SENT,
        NoticeKind::AuthorizerValueTyped => &event::AUTHORIZER_VALUE_TYPED,
        NoticeKind::MapsDisagree => &event::MAPS_DISAGREE,
        NoticeKind::KeyInOneMap => &event::KEY_IN_ONE_MAP,
        NoticeKind::TimeMismatch => &event::TIME_MISMATCH,
        NoticeKind::EpochNotMilliseconds => &event::EPOCH_NOT_MILLISECONDS,
        NoticeKind::PathNotUnderStage => &event::PATH_NOT_UNDER_STAGE,
        NoticeKind::PathSlashes => &event::PATH_SLASHES,
        NoticeKind::CopiesDiffer => &event::COPIES_DIFFER,
        NoticeKind::PathParametersMismatch => &event::PATH_PARAMETERS_MISMATCH,
        NoticeKind::PathIsTemplate => &event::PATH_IS_TEMPLATE,
        NoticeKind::MethodCase => &event::METHOD_CASE,
        NoticeKind::RouteKeyMismatch => &event::ROUTE_KEY_MISMATCH,
        NoticeKind::QueryMismatch => &event::QUERY_MISMATCH,
        NoticeKind::Base64BodyUndecodable => &event::BASE64_BODY_UNDECODABLE,
        NoticeKind::Base64WithoutBody => &event::BASE64_WITHOUT_BODY,
        NoticeKind::Base64FlagUnlikely => &event::BASE64_FLAG_UNLIKELY,
        NoticeKind::HeaderNameCase => &event::HEADER_NAME_CASE,
        NoticeKind::CookieHeaderLeft => &event::COOKIE_HEADER_LEFT,
        NoticeKind::CookiesMismatch => &event::COOKIES_MISMATCH,
        NoticeKind::HeaderNeverSent => &event::HEADER_NEVER_SENT,
        NoticeKind::GatewayHeaderMissing => &event::GATEWAY_HEADER_MISSING,
        NoticeKind::TraceIdForm => &event::TRACE_ID_FORM,
        NoticeKind::SourceIpForm => &event::SOURCE_IP_FORM,
        NoticeKind::SourceIpMismatch => &event::SOURCE_IP_MISMATCH,
        NoticeKind::HostMismatch => &event::HOST_MISMATCH,
        NoticeKind::MethodArnMismatch => &event::METHOD_ARN_MISMATCH,
        NoticeKind::ClientCertUnlikely => &event::CLIENT_CERT_UNLIKELY,
        NoticeKind::UnknownEvent => &event::UNKNOWN_EVENT,
    }
}

/// The last name on the way to the value: `body`, `Content-Type`.
fn subject(notice: &Notice) -> &str {
    notice.pointer.last().unwrap_or("the result")
}

#[cfg(test)]
mod tests;
