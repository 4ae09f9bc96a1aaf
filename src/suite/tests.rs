//! Laws of suites that no command line shows well.

use super::hostile;
use super::variables::Variables;
use crate::gateway::Route;
use crate::http::Request;
use crate::json::Span;
use crate::template::{Kind, Node};
use proptest::prelude::*;
use serde_json::{Value, json};

fn text(text: &str) -> Node {
    Node::new(Span::new(0, 0), Kind::Text(text.to_owned()))
}

fn expanded(source: &str, value: &Value) -> Value {
    let mut variables = Variables::default();
    variables.set("v", value.clone());
    variables.expand(&text(source)).map(|node| node.to_json()).unwrap_or_default()
}

#[test]
fn a_variable_alone_keeps_its_kind_and_in_a_text_it_is_text() {
    for (source, expected) in [
        ("${{ v }}", json!({"a": [1, null]})),
        ("${{v}}", json!({"a": [1, null]})),
        ("a ${{ v }}", json!("a {\"a\":[1,null]}")),
        ("$${{ v }}", json!("${{ v }}")),
        ("$$${{ v }} $${{", json!("$${{ v }} ${{")),
        ("$ {{ v }} }}", json!("$ {{ v }} }}")),
    ] {
        assert_eq!(expanded(source, &json!({"a": [1, null]})), expected, "{source}");
    }
}

proptest! {
    #[test]
    fn what_a_variable_holds_is_never_read_again(value in "\\PC{0,20}", before in "[^$]{0,8}") {
        let nested = format!("{value}${{{{ v }}}}");
        prop_assert_eq!(expanded("${{ v }}", &json!(nested)), json!(nested));
        let joined = format!("{before}-${{{{ v }}}}-");
        prop_assert_eq!(expanded(&joined, &json!(nested)), json!(format!("{before}-{nested}-")));
    }

    #[test]
    fn hostile_changes_do_the_same_each_time_and_keep_the_method(path in "/[a-z]{1,6}/[0-9]{1,3}", query in "[a-z]=[0-9]{0,3}") {
        let mut request = Request::new("POST", path);
        request.query = Some(query);
        request.headers.append("Host", "example.com");
        let routes = [Route::of("ANY", "/{first}/{second}")];
        for change in hostile::ALL {
            let changed = change.apply(&request, &routes);
            prop_assert_eq!(&changed, &change.apply(&request, &routes), "{}", change.name);
            if let Some(changed) = changed {
                prop_assert!(changed.method == "POST" && changed.headers.contains("host"));
                prop_assert!(crate::gateway::best_match(&routes, "POST", &changed.path).is_some(), "{}", changed.path);
            }
        }
    }
}
