//! Patterns against brute force over a small alphabet.

use super::*;
use proptest::prelude::*;
use regex::Regex;

/// The alphabet of the patterns, and one character that is in none of them.
const LETTERS: [char; 3] = ['a', 'b', 'x'];

/// Every text of up to six letters.
fn texts() -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut longest = texts.clone();
    for _ in 0..6 {
        longest = longest.iter().flat_map(|text| LETTERS.iter().map(move |c| format!("{text}{c}"))).collect();
        texts.extend(longest.iter().cloned());
    }
    texts
}

fn as_regex(pattern: &str) -> Regex {
    let escaped = regex::escape(pattern).replace("\\*", "(?s:.*)").replace("\\?", "(?s:.)");
    Regex::new(&format!("^{escaped}$")).unwrap()
}

#[test]
fn relations_agree_with_brute_force() {
    let texts = texts();
    let matched =
        |pattern: &Pattern| -> Vec<bool> { texts.iter().map(|text| pattern.matches(text)).collect() };
    let config = ProptestConfig { cases: 2000, ..ProptestConfig::default() };
    proptest!(config, |(a in "[ab*?]{0,7}", b in "[ab*?]{0,6}")| {
        let (a, b) = (Pattern::new(&a), Pattern::new(&b));
        let (by_a, by_b) = (matched(&a), matched(&b));
        let only_b = by_a.iter().zip(&by_b).any(|(a, b)| *b && !a);
        match a.counterexample(&b) {
            None => prop_assert!(!only_b && a.contains(&b)),
            Some(text) => prop_assert!(b.matches(&text) && !a.matches(&text) && !a.contains(&b), "{}", text),
        }
        let shared = by_a.iter().zip(&by_b).any(|(a, b)| *b && *a);
        match a.common(&b) {
            None => prop_assert!(!shared && !a.intersects(&b)),
            Some(text) => prop_assert!(b.matches(&text) && a.matches(&text) && b.intersects(&a), "{}", text),
        }
    });
}

#[test]
fn what_may_stand_between_two_texts_agrees_with_matching() {
    let texts: Vec<_> = texts().into_iter().filter(|text| text.len() < 5).collect();
    let config = ProptestConfig { cases: 1000, ..ProptestConfig::default() };
    proptest!(config, |(pattern in "[ab*?]{0,7}", before in "[abx]{0,3}", behind in "[abx]{0,3}")| {
        let pattern = Pattern::new(&pattern);
        let between = pattern.between(&before, &behind);
        for text in &texts {
            let whole = format!("{before}{text}{behind}");
            let fits = between.iter().any(|own| own.matches(text));
            prop_assert_eq!(fits, pattern.matches(&whole), "{} in {}", text, whole);
        }
    });
    let spelled = |pattern: &str| {
        let found = Pattern::new(pattern).between("api/", "/GET/x");
        found.iter().map(|own| own.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(spelled("api/*/GET/*"), ["*", "*/GET", "*/GET/*"]);
    assert_eq!(spelled("api/prod/GET/x"), ["prod"]);
    assert_eq!(spelled("api/prod*/GET/x"), ["prod*"]);
    assert_eq!(spelled("api/prod/POST/x"), [""; 0]);
}

#[test]
fn matching_agrees_with_regular_expressions() {
    proptest!(|(pattern in "[ab*?é/:]{0,9}", text in "[abé😀/:\n]{0,9}")| {
        prop_assert_eq!(Pattern::new(&pattern).matches(&text), as_regex(&pattern).is_match(&text));
    });
}

#[test]
fn containment_needs_care_where_stars_stand_for_little() {
    let cases = [
        ("*xx??*y", "x*xxz*y", false),
        ("*a?*", "*a*", false),
        ("?*", "*?", true),
        ("*?*?*", "??*", true),
        ("a*b", "a*a*b*b", true),
        ("*ab*", "*a*b*", false),
        ("*a*b*", "*ab*", true),
        ("a?b", "a*b", false),
        ("*", "", true),
        ("", "*", false),
        ("*a", "*aa", true),
        ("*aa", "*a*a", false),
        ("???*", "a*b*c", true),
        ("????*", "a*b*c", false),
    ];
    for (a, b, expected) in cases {
        assert_eq!(Pattern::new(a).contains(&Pattern::new(b)), expected, "{a} contains {b}");
    }
}

#[test]
fn hostile_patterns_are_no_trouble() {
    let bomb = "*a".repeat(20_000) + &"?".repeat(200) + "*b";
    let pattern = Pattern::new(&bomb);
    assert!(!pattern.matches(&"a".repeat(20_000)));
    let text = "a".repeat(3_000);
    assert!(!Pattern::new(&("*a".repeat(1_000) + "b")).matches(&text));
    let (a, b) = (Pattern::new(&("*a?".repeat(300) + "b")), Pattern::new(&("*?a".repeat(300) + "b*c")));
    assert!(!a.contains(&b) && !a.intersects(&Pattern::new("*c")) && a.contains(&a) && b.contains(&b));
}

/// Each letter that a pattern reads costs it at most its own length, and no memory that stays: so
/// containment takes at most |a| × |a| × |b| steps.
#[test]
fn containment_reads_few_letters_of_hostile_patterns() {
    let pieces = ["*a", "?*", "*?", "*?a", "*a?", "?*a*", "*ab", "*aa?a", "*a*b", "a", "?"];
    let hostile = pieces.iter().flat_map(|piece| {
        ["", "b", "*", "?*b"].map(|end| Pattern::new(&format!("{}{end}", piece.repeat(100))))
    });
    let hostile: Vec<_> = hostile.collect();
    for (a, b) in hostile.iter().flat_map(|a| hostile.iter().map(move |b| (a, b))) {
        let mut letters = 0;
        let contains = a.reads_all(b, |_| letters += 1);
        assert!(letters <= (a.atoms().len() + 1) * b.atoms().len(), "{a} {b}: {letters}");
        assert_eq!(contains, a.contains(b), "{a} {b}");
    }
}

const ARN: &str = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/users/42";

fn below(resource: &str) -> String {
    format!("arn:aws:execute-api:us-east-1:123456789012:{resource}")
}

#[test]
fn parts_are_compared_for_themselves() {
    let cases = [
        (ARN.to_owned(), true, true),
        (below("*"), true, true),
        (below("a1b2c3d4e5/*/users/4?"), true, true),
        ("arn:aws:execute-api:*:*:*/prod/GET/*".to_owned(), true, true),
        ("*:*:*:*:*:*".to_owned(), true, true),
        ("*".to_owned(), false, true),
        ("arn:aws:execute-api:*".to_owned(), false, true),
        ("arn:aws:execute-api:us-*".to_owned(), false, true),
        ("arn:aws:execute-api:us-east-1:*/prod/GET/users/42".to_owned(), false, false),
        ("arn:aws:execute-api:us-east-1".to_owned(), false, false),
        (below("a1b2c3d4e5/*/POST/*"), false, false),
        (below("a1b2c3d4e5/prod/GET/users/4"), false, false),
        (below("a1b2c3d4e5/prod/get/users/42"), false, false),
        (String::new(), false, false),
    ];
    for (pattern, in_condition, in_resource) in cases {
        assert_eq!(ArnPattern::of_condition(&pattern).matches(ARN), in_condition, "{pattern}");
        assert_eq!(ArnPattern::of_resource(&pattern).matches(ARN), in_resource, "{pattern}");
    }
    assert!(!ArnPattern::of_condition(&below("*")).matches("arn:aws:execute-api"));
}

#[test]
fn relations_of_arns_go_part_by_part() {
    let pattern = ArnPattern::of_condition;
    let any_stage = pattern(&below("a1b2c3d4e5/*/GET/*"));
    let prod = pattern(&below("a1b2c3d4e5/prod/GET/users/*"));
    assert!(any_stage.contains(&prod) && !prod.contains(&any_stage) && prod.intersects(&any_stage));
    let other = pattern("arn:aws:execute-api:*:123456789012:a1b2c3d4e5/*/POST/x");
    let between = any_stage.common(&other).unwrap();
    assert!(any_stage.matches(&between) && other.matches(&between), "{between}");
    let elsewhere = prod.counterexample(&other).unwrap();
    assert!(other.matches(&elsewhere) && !prod.matches(&elsewhere), "{elsewhere}");
    assert_eq!(prod.common(&pattern(&below("zzz/*"))), None);
    let nothing = pattern("*");
    assert!(prod.contains(&nothing) && !nothing.contains(&prod) && !nothing.intersects(&prod));
    let everything = ArnPattern::of_resource("*");
    assert!(everything.contains(&prod) && !prod.contains(&everything) && everything.intersects(&prod));
}

#[test]
fn the_first_segment_that_fails_is_found() {
    let told = |pattern: &str, arn: &str| {
        let found = ArnPattern::of_condition(pattern).mismatch(arn).unwrap();
        let cut = |text: &str, span: crate::json::Span| text[span.start..span.end].to_owned();
        format!("{}: {:?} {:?}", found.field.name(), cut(pattern, found.pattern), cut(arn, found.value))
    };
    let cases = [
        (below("a1b2c3d4e5/*/POST/users/*"), ARN.to_owned(), r#"method: "POST" "GET""#),
        (below("a1b2c3d4e5/dev/GET/users/*"), ARN.to_owned(), r#"stage: "dev" "prod""#),
        (below("other/*"), ARN.to_owned(), r#"API id: "other" "a1b2c3d4e5""#),
        (below("a1b2c3d4e5/*/GET/items/*"), ARN.to_owned(), r#"path: "items" "users""#),
        (below("a1b2c3d4e5/*/GET"), below("a1b2c3d4e5/prod/GET/"), r#"method: "GET" "GET/""#),
        (below("a1b2c3d4e5/*/GET/users/"), below("a1b2c3d4e5/prod/GET/users"), r#"path: "users" "users""#),
        (below("a1b2c3d4e5/*/*/*"), below("a1b2c3d4e5/$default/$default"), r#"method: "*" "$default""#),
        (below("a1b2c3d4e5/*/*/$default"), below("a1b2c3d4e5/dev/$default"), r#"method: "*" "$default""#),
        (below("a1b2c3d4e5"), ARN.to_owned(), r#"API id: "a1b2c3d4e5" "a1b2c3d4e5/prod/GET/users/42""#),
        (
            "arn:aws:execute-api:eu-west-1:1:x".to_owned(),
            ARN.to_owned(),
            r#"region: "eu-west-1" "us-east-1""#,
        ),
        ("arn:aws-cn:execute-api:*:*:*".to_owned(), ARN.to_owned(), r#"partition: "aws-cn" "aws""#),
    ];
    for (pattern, arn, expected) in cases {
        assert_eq!(told(&pattern, &arn), expected, "{pattern} {arn}");
    }
    assert_eq!(ArnPattern::of_condition(ARN).mismatch(ARN), None);
    assert_eq!(ArnPattern::of_condition("*").mismatch(ARN), None);
}

proptest! {
    #[test]
    fn a_mismatch_is_found_where_there_is_one(pattern in "[ab:/*?]{0,20}", arn in "[ab:/]{0,20}") {
        let parts = crate::policy::arn::split(&pattern).is_some() && crate::policy::arn::split(&arn).is_some();
        let pattern_of = ArnPattern::of_condition(&pattern);
        let found = pattern_of.mismatch(&arn);
        prop_assert_eq!(found.is_some(), parts && !pattern_of.matches(&arn));
        if let Some(found) = found {
            prop_assert!(pattern.get(found.pattern.start..found.pattern.end).is_some());
            prop_assert!(arn.get(found.value.start..found.value.end).is_some());
        }
    }
}

proptest! {
    #[test]
    fn relations_of_arns_have_witnesses(
        a in "[ab*?]{0,2}(:[ab*?]{0,2}){4}(:[ab*/]{0,4}){0,2}",
        b in "[ab*?]{0,2}(:[ab*?]{0,2}){4}(:[ab*/]{0,4}){0,2}",
    ) {
        for read in [ArnPattern::of_condition, ArnPattern::of_resource] {
            let (a, b) = (read(&a), read(&b));
            let shared = a.common(&b);
            prop_assert!(shared.as_ref().is_none_or(|arn| a.matches(arn) && b.matches(arn)));
            prop_assert_eq!(shared.is_some(), b.intersects(&a));
            match a.counterexample(&b) {
                Some(arn) => prop_assert!(b.matches(&arn) && !a.matches(&arn) && !a.contains(&b)),
                // What is contained and can match at all is shared.
                None => prop_assert!(a.contains(&b) && (shared.is_some() || !b.is_well_formed())),
            }
        }
    }
}
