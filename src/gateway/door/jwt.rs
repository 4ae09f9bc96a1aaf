//! JWT authorizers of HTTP APIs, and Cognito user pools of REST APIs: which token lets its bearer in
//! (H-107, H-108).

use crate::http::encoding::base64url_decode;
use ring::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
    RsaPublicKeyComponents,
};
use serde_json::{Map, Value};
use std::fmt;
use std::time::Duration;

/// What a JWT authorizer asks of tokens.
#[derive(Debug, Clone, Default)]
pub struct JwtRules {
    /// Who must have issued them. What only a deployment knows stands in it as `${Name}`, and
    /// every text without a slash will do there.
    pub issuer: String,
    /// Who else may have issued them: the other user pools of an authorizer.
    pub other_issuers: Vec<String>,
    /// For whom they must be meant: one of these; empty: for anybody (a user pool asks nothing).
    /// Parts may be open as in the issuer.
    pub audience: Vec<String>,
    /// The keys of the issuer.
    pub keys: Jwks,
}

/// The RSA keys of an issuer, by their ids.
#[derive(Clone, Default)]
pub struct Jwks(Vec<Key>);

#[derive(Clone)]
struct Key {
    id: String,
    modulus: Vec<u8>,
    exponent: Vec<u8>,
}

/// Why a token does not hold. What it says goes into the `www-authenticate` header.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JwtError {
    /// There is none.
    #[error("the request has no token")]
    Missing,
    /// It cannot be read.
    #[error("the token cannot be read")]
    Malformed,
    /// Its algorithm is not RSA with SHA-2.
    #[error("the token is not signed with RSA")]
    Algorithm,
    /// None of the issuer's keys has its id.
    #[error("the issuer has no key of the token's kid")]
    UnknownKey,
    /// The signature does not hold.
    #[error("the token's signature does not hold")]
    Signature,
    /// Somebody else issued it.
    #[error("the token does not have a valid issuer")]
    Issuer,
    /// It is meant for others.
    #[error("the token does not have a valid audience")]
    Audience,
    /// It has expired.
    #[error("the token has expired")]
    Expired,
    /// It is not valid yet.
    #[error("the token is not valid yet")]
    Early,
}

impl Jwks {
    /// Reads a JSON Web Key Set; keys that are not for RSA are left out.
    ///
    /// # Errors
    /// When it is none, or has no RSA key.
    pub fn parse(text: &str) -> Result<Self, String> {
        let set: Value =
            serde_json::from_str(text).map_err(|error| format!("the key set is not JSON: {error}"))?;
        let keys = set.get("keys").and_then(Value::as_array).ok_or("the key set has no list `keys`")?;
        let keys: Vec<_> = keys.iter().filter_map(Key::read).collect();
        if keys.is_empty() { Err("the key set has no RSA key".to_owned()) } else { Ok(Self(keys)) }
    }
}

impl fmt::Debug for Jwks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|key| &key.id)).finish()
    }
}

impl Key {
    fn read(key: &Value) -> Option<Self> {
        let text = |name: &str| key.get(name).and_then(Value::as_str);
        if text("kty")? != "RSA" {
            return None;
        }
        let (modulus, exponent) = (base64url_decode(text("n")?)?, base64url_decode(text("e")?)?);
        Some(Self { id: text("kid").unwrap_or_default().to_owned(), modulus, exponent })
    }
}

impl JwtRules {
    /// The claims of a token that holds at `now` (since 1970), and the scopes that it carries.
    ///
    /// `token` is the value of the identity source: the token alone, or behind `Bearer `.
    ///
    /// # Errors
    /// [`JwtError`] says what is wrong with it; nothing of the token is in it.
    pub fn check(&self, token: Option<&str>, now: Duration) -> Result<Map<String, Value>, JwtError> {
        let token = token.map(str::trim).filter(|token| !token.is_empty()).ok_or(JwtError::Missing)?;
        let token = bare(token);
        let (signed, signature) = token.rsplit_once('.').ok_or(JwtError::Malformed)?;
        let (head, claims) = signed.split_once('.').ok_or(JwtError::Malformed)?;
        let (head, claims) = (object(head)?, object(claims)?);
        let signature = base64url_decode(signature).ok_or(JwtError::Malformed)?;
        self.verify(&head, signed.as_bytes(), &signature)?;
        self.judge(&claims, now)?;
        Ok(claims)
    }

    fn verify(&self, head: &Map<String, Value>, signed: &[u8], signature: &[u8]) -> Result<(), JwtError> {
        let algorithm = match head.get("alg").and_then(Value::as_str) {
            Some("RS256") => &RSA_PKCS1_2048_8192_SHA256,
            Some("RS384") => &RSA_PKCS1_2048_8192_SHA384,
            Some("RS512") => &RSA_PKCS1_2048_8192_SHA512,
            _ => return Err(JwtError::Algorithm),
        };
        let id = head.get("kid").and_then(Value::as_str).unwrap_or_default();
        let key = self.keys.0.iter().find(|key| key.id == id).ok_or(JwtError::UnknownKey)?;
        let key = RsaPublicKeyComponents { n: &key.modulus, e: &key.exponent };
        key.verify(algorithm, signed, signature).map_err(|_| JwtError::Signature)
    }

    fn judge(&self, claims: &Map<String, Value>, now: Duration) -> Result<(), JwtError> {
        let issuer = claims.get("iss").and_then(Value::as_str).ok_or(JwtError::Issuer)?;
        if !self.other_issuers.iter().chain([&self.issuer]).any(|own| fits(own, issuer)) {
            return Err(JwtError::Issuer);
        }
        // `client_id` counts only where there is no `aud`.
        let meant_for = claims.get("aud").or_else(|| claims.get("client_id"));
        let meant = |name: &str| self.audience.iter().any(|own| fits(own, name));
        let valid = match meant_for {
            _ if self.audience.is_empty() => true,
            Some(Value::String(name)) => meant(name),
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(meant),
            _ => false,
        };
        if !valid {
            return Err(JwtError::Audience);
        }
        let time = |name: &str| claims.get(name).and_then(Value::as_f64);
        let now = now.as_secs_f64();
        if time("exp").is_none_or(|until| now >= until) {
            return Err(JwtError::Expired);
        }
        let early = ["nbf", "iat"].into_iter().filter_map(time).any(|from| now < from);
        if early { Err(JwtError::Early) } else { Ok(()) }
    }
}

/// Whether claims carry one of the scopes that a route asks for. A route that asks for none lets every
/// token in.
pub fn has_scope(claims: &Map<String, Value>, wanted: &[String]) -> bool {
    let carried = scopes(claims);
    wanted.is_empty() || wanted.iter().any(|scope| carried.contains(scope))
}

/// The scopes of a token: in `scp` or `scope`, as a list or as words.
pub fn scopes(claims: &Map<String, Value>) -> Vec<String> {
    match claims.get("scp").or_else(|| claims.get("scope")) {
        Some(Value::String(words)) => words.split_whitespace().map(str::to_owned).collect(),
        Some(Value::Array(list)) => list.iter().filter_map(|own| Some(own.as_str()?.to_owned())).collect(),
        _ => Vec::new(),
    }
}

/// Whether a text is what a template says, with something in place of each `${Name}`.
fn fits(said: &str, text: &str) -> bool {
    let open = said.split_once("${").and_then(|(before, rest)| Some((before, rest.split_once('}')?.1)));
    let Some((before, behind)) = open else { return said == text };
    let Some(text) = text.strip_prefix(before) else { return false };
    let longest = text.find('/').unwrap_or(text.len());
    (1..=longest).any(|end| text.get(end..).is_some_and(|rest| fits(behind, rest)))
}

/// The token without its `Bearer `, in any case.
fn bare(token: &str) -> &str {
    match token.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => token,
    }
}

fn object(part: &str) -> Result<Map<String, Value>, JwtError> {
    let bytes = base64url_decode(part).ok_or(JwtError::Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| JwtError::Malformed)
}

#[cfg(test)]
mod tests;
