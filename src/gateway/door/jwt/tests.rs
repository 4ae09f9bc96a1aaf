//! Tokens that were signed once, with a key that nobody keeps.

use super::*;

/// The key set and the tokens.
fn table() -> Value {
    serde_json::from_str(include_str!("../../../../tests/tables/jwt.json")).unwrap()
}

fn rules(table: &Value) -> JwtRules {
    let keys = Jwks::parse(&table["jwks"].to_string()).unwrap();
    JwtRules {
        issuer: "https://issuer.example/".to_owned(),
        audience: vec!["api".to_owned()],
        keys,
        ..JwtRules::default()
    }
}

const WHILE_IT_HOLDS: Duration = Duration::from_secs(1_700_000_600);

#[test]
fn tokens_hold_or_say_why_not() {
    let table = table();
    let rules = rules(&table);
    for (name, expected) in [
        ("text audience", None),
        ("several audiences", None),
        ("client id", None),
        ("unknown key", Some(JwtError::UnknownKey)),
        ("no expiry", Some(JwtError::Expired)),
        ("symmetric", Some(JwtError::Algorithm)),
        ("none", Some(JwtError::Algorithm)),
    ] {
        let token = table["tokens"][name].as_str().unwrap();
        assert_eq!(rules.check(Some(token), WHILE_IT_HOLDS).err(), expected, "{name}");
        let behind_a_word = format!("bearer {token}");
        assert_eq!(rules.check(Some(&behind_a_word), WHILE_IT_HOLDS).err(), expected, "{name}");
    }
    for (token, expected) in [
        (None, JwtError::Missing),
        (Some(" "), JwtError::Missing),
        (Some("a.b"), JwtError::Malformed),
        (Some("a.b.c"), JwtError::Malformed),
        (Some("Bearer"), JwtError::Malformed),
    ] {
        assert_eq!(rules.check(token, WHILE_IT_HOLDS), Err(expected), "{token:?}");
    }
}

#[test]
fn the_time_the_issuer_and_the_audience_decide() {
    let table = table();
    let (token, rules) = (table["tokens"]["text audience"].as_str(), rules(&table));
    for (seconds, expected) in [
        (1_699_999_999, Some(JwtError::Early)),
        (1_700_000_000, None),
        (1_700_003_599, None),
        (1_700_003_600, Some(JwtError::Expired)),
    ] {
        assert_eq!(rules.check(token, Duration::from_secs(seconds)).err(), expected, "{seconds}");
    }
    let issuer = JwtRules { issuer: "https://issuer.example".to_owned(), ..rules.clone() };
    assert_eq!(issuer.check(token, WHILE_IT_HOLDS), Err(JwtError::Issuer));
    let others = JwtRules { audience: vec!["other".to_owned()], ..rules.clone() };
    assert_eq!(others.check(token, WHILE_IT_HOLDS), Err(JwtError::Audience));
    let anybody = JwtRules { audience: Vec::new(), ..rules };
    assert_eq!(anybody.check(token, WHILE_IT_HOLDS).unwrap()["sub"], "ada");
}

#[test]
fn every_changed_byte_breaks_the_signature() {
    let table = table();
    let (token, rules) = (table["tokens"]["text audience"].as_str().unwrap(), rules(&table));
    let claims = token.find('.').unwrap() + 1..token.rfind('.').unwrap();
    for at in claims.step_by(7) {
        let mut changed = token.as_bytes().to_vec();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        assert_eq!(
            rules.check(Some(&changed), WHILE_IT_HOLDS).err().map(|error| error == JwtError::Audience),
            Some(false)
        );
    }
}

#[test]
fn one_of_the_scopes_is_enough() {
    let table = table();
    let token = table["tokens"]["text audience"].as_str();
    let claims = rules(&table).check(token, WHILE_IT_HOLDS).unwrap();
    let wants = |scopes: &[&str]| {
        has_scope(&claims, &scopes.iter().map(|scope| (*scope).to_owned()).collect::<Vec<_>>())
    };
    assert!(wants(&[]) && wants(&["write", "admin"]));
    assert!(!wants(&["admin"]) && !wants(&["read write"]));
}

#[test]
fn key_sets_without_rsa_are_refused() {
    for text in ["", "{}", r#"{"keys":[]}"#, r#"{"keys":[{"kty":"EC"}]}"#] {
        assert!(Jwks::parse(text).is_err(), "{text}");
    }
}

#[test]
fn what_only_a_deployment_knows_of_an_issuer_is_open() {
    let cases = [
        ("https://issuer.example/", "https://issuer.example/", true),
        ("https://issuer.example/", "https://issuer.example", false),
        (
            "https://cognito-idp.${AWS::Region}.amazonaws.com/${Pool}",
            "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_x",
            true,
        ),
        (
            "https://cognito-idp.${AWS::Region}.amazonaws.com/${Pool}",
            "https://cognito-idp.x/evil.amazonaws.com/p",
            false,
        ),
        (
            "https://cognito-idp.${AWS::Region}.amazonaws.com/${Pool}",
            "https://cognito-idp.eu-west-1.amazonaws.com/",
            false,
        ),
        ("${Client}", "abc", true),
        ("${Client}", "", false),
        ("${unclosed", "${unclosed", true),
        ("a${X}é", "aüé", true),
    ];
    for (said, text, expected) in cases {
        assert_eq!(fits(said, text), expected, "{said} {text}");
    }
}
