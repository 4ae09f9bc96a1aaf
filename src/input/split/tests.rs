//! Texts and the documents in them; the same documents however the bytes come.

use super::{Kind, Layout, Piece, Splitter, Trouble};
use crate::json::{Lines, Place};
use proptest::prelude::*;

/// What was found: the bytes of each document, and its piece.
type Found = Vec<(Vec<u8>, Piece)>;

/// Splits a text that comes in blocks of that size.
fn split_in(text: &[u8], layout: Layout, kind: Kind, block: usize) -> (Found, Option<(Trouble, Place)>) {
    let mut splitter = Splitter::new(layout, kind);
    let (mut buffer, mut found) = (Vec::new(), Vec::new());
    let mut blocks = text.chunks(block);
    loop {
        let more = blocks.next();
        buffer.extend_from_slice(more.unwrap_or_default());
        let mut pieces = Vec::new();
        let taken = splitter.split(&buffer, more.is_none(), &mut pieces);
        found.extend(pieces.into_iter().map(|piece| (buffer[piece.range.clone()].to_vec(), piece)));
        match taken {
            Ok(taken) => drop(buffer.drain(..taken)),
            Err(trouble) => return (found, Some(trouble)),
        }
        if more.is_none() {
            assert_eq!(splitter.documents(), found.len());
            return (found, None);
        }
    }
}

fn split(text: &[u8], layout: Layout, kind: Kind) -> (Found, Option<(Trouble, Place)>) {
    let whole = split_in(text, layout, kind, text.len().max(1));
    let texts =
        |found: &Found| found.iter().map(|(text, piece)| (text.clone(), piece.start)).collect::<Vec<_>>();
    for block in [1, 3, 7, 64] {
        let (found, trouble) = split_in(text, layout, kind, block);
        assert_eq!(
            texts(&found),
            texts(&whole.0),
            "{:?} in blocks of {block}",
            String::from_utf8_lossy(text)
        );
        assert_eq!(trouble, whole.1);
    }
    for (text_of_it, piece) in &whole.0 {
        assert_eq!(text[piece.start.byte..][..text_of_it.len()], text_of_it[..]);
        if let Ok(text) = std::str::from_utf8(text) {
            assert_eq!(piece.start, Lines::new(text).place(text, piece.start.byte));
        }
    }
    whole
}

#[track_caller]
fn finds(text: &str, layout: Layout, kind: Kind, documents: &[&str]) {
    let (found, trouble) = split(text.as_bytes(), layout, kind);
    let found: Vec<_> = found.iter().map(|(text, _)| String::from_utf8_lossy(text).into_owned()).collect();
    assert_eq!(found, documents, "in {text:?}");
    assert_eq!(trouble, None, "in {text:?}");
}

const PRETTY: &str = "{\n  \"statusCode\": 200,\n  \"body\": \"x\"\n}";

#[test]
fn a_text_with_one_value_is_one_document_whatever_is_wrong_with_it() {
    let texts = [
        "",
        " \n\n",
        "{}",
        PRETTY,
        " \n {\"a\": 1}\n\n",
        "\u{feff}{\"a\": 1}\n",
        "{} {}",
        "{} {}\n",
        "{\"statusCode\": 200} done",
        "{\"statusCode\": 200}\nEND RequestId: 1\n",
        "{\"statusCode\": 200}\nEND RequestId: 1\nREPORT RequestId: 1\n",
        "{\"statusCode\": 200}\n[INFO] done\n",
        "{'statusCode': 200}\n",
        "{\n  'statusCode': 200\n}\n",
        "{\n  \"statusCode\": 200\n  \"body\": \"no comma\"\n}\n",
        "{\n  \"a\": {}\n  {\n  }\n}\n",
        "{\"body\": \"a raw\nline break\"}\n",
        "{\"body\": [1,\n2\n]\n, \"b\"\n: 1}\n",
        "{\"statusCode\": 200,\n",
        "SUCCESS",
        "SUCCESS\n",
        "Loading\n{\"statusCode\": 200}\n",
        "a\nb\nc\n",
        "\"a\nb\"\n",
        "[1,2]",
        "[1,\n2]\n",
        "[\n{\"id\":1}\n{\"id\":2}\n]\n",
        "[{\"id\": 1}, {\"statusCode\": 200}]",
        "[[{\"statusCode\": 200}]]",
        "[]",
        "[",
        "[{\"id\": 1",
        "{\"timestamp\": 1, \"level\": \"error\", \"message\": \"no\"}",
        "{\"StatusCode\": 200, \"Body\": \"no tags\"}",
        "{\"StatusCode\": 200}",
    ];
    for text in texts {
        finds(text, Layout::Auto, Kind::Result, &[text]);
        finds(text, Layout::One, Kind::Event, &[text]);
    }
    let utf16 = b"\xff\xfe{\0}\0\n\0{\0}\0";
    assert_eq!(split(utf16, Layout::Auto, Kind::Result).0[0].0, utf16);
}

#[test]
fn values_on_lines_of_their_own_are_documents_each() {
    let several: &[(&str, &[&str])] = &[
        ("{}\n{}", &["{}", "{}"]),
        ("{}\r\n{}\r\n", &["{}", "{}"]),
        ("\u{feff}{}\n\n \n  {} \n", &["\u{feff}{}", "{}"]),
        ("{}\n{} {}\n", &["{}", "{} {}"]),
        ("{}\n[1]\nnull\n\"a b\"\n-1.5\n", &["{}", "[1]", "null", "\"a b\"", "-1.5"]),
        ("null\nnull\n", &["null", "null"]),
        ("{\"a\": \"ключ\"}\n{\"b\":\n1}\n{}", &["{\"a\": \"ключ\"}", "{\"b\":\n1}", "{}"]),
        // Lines that are broken, and their neighbours that are not.
        ("{'a': 1}\n{}\n", &["{'a': 1}", "{}"]),
        ("{}\nNone\n{}\n", &["{}", "None", "{}"]),
        ("{}\noh\nno\n{}\n", &["{}", "oh", "no", "{}"]),
        ("oh no\n{}\n{}\n", &["oh no", "{}", "{}"]),
        ("{}\n{\"a\": \"cut o\n{}\n", &["{}", "{\"a\": \"cut o", "{}"]),
        ("{}\n{\"a\": 1,\n{}\n{}", &["{}", "{\"a\": 1,", "{}", "{}"]),
        ("{\"a\": [1\n{}\n{\"b\": ", &["{\"a\": [1", "{}", "{\"b\":"]),
        ("{}\n{}}}\n{}\n", &["{}", "{}}}", "{}"]),
        ("{}\n{}\nEND", &["{}", "{}", "END"]),
    ];
    for (text, documents) in several {
        finds(text, Layout::Auto, Kind::Result, documents);
    }
    finds(&format!("{PRETTY}\n{PRETTY}\n"), Layout::Auto, Kind::Result, &[PRETTY, PRETTY]);
    finds(&format!("{{}}\n{{}}\n{PRETTY}\n{{}}"), Layout::Auto, Kind::Result, &["{}", "{}", PRETTY, "{}"]);
    finds("{\n}\n\n 1\n", Layout::Lines, Kind::Result, &["{", "}", "1"]);
}

#[test]
fn an_array_of_results_or_events_is_a_document_for_each_item() {
    let several: &[(&str, &[&str])] = &[
        ("[{\"statusCode\": 200}]", &["{\"statusCode\": 200}"]),
        (
            " [\n {\"body\": \"], [\", \"statusCode\": 200} ,\n17,[1,{}],\"]\", {'a': 1}\n]\n",
            &["{\"body\": \"], [\", \"statusCode\": 200}", "17", "[1,{}]", "\"]\"", "{'a': 1}"],
        ),
        ("[{\"requestContext\": {\"a\": [", &["{\"requestContext\": {\"a\": ["]),
        ("[{\"statusCode\": 1}]\n[{\"statusCode\": 2}]", &["{\"statusCode\": 1}", "{\"statusCode\": 2}"]),
        ("[{\"statusCode\": 1}] oh", &["{\"statusCode\": 1}", "oh"]),
        ("[{\"statusCode\": 1}, ]", &["{\"statusCode\": 1}"]),
        ("[{\"statusCode\": 1}, {\"statusCode\": 2}", &["{\"statusCode\": 1}", "{\"statusCode\": 2}"]),
        ("[{\"statusCode\": 1},", &["{\"statusCode\": 1}"]),
    ];
    for (text, documents) in several {
        let (found, trouble) = split(text.as_bytes(), Layout::Auto, Kind::Event);
        let found: Vec<_> =
            found.iter().map(|(text, _)| String::from_utf8_lossy(text).into_owned()).collect();
        assert_eq!(found, *documents, "in {text:?}");
        let expected = match text {
            _ if text.ends_with(", ]") => Some((Trouble::TrailingComma, 20)),
            _ if !text.contains(']') || text.ends_with("\": [") => Some((Trouble::OpenArray, text.len())),
            _ => None,
        };
        assert_eq!(trouble.map(|(trouble, place)| (trouble, place.byte)), expected, "in {text:?}");
    }
    finds("[1, {\"a\": 2}]\n", Layout::Array, Kind::Result, &["1", "{\"a\": 2}"]);
    finds("[ ]\n", Layout::Array, Kind::Result, &[]);
    for (text, at) in [("", 0), (" {}", 1), ("null", 0)] {
        let (found, trouble) = split(text.as_bytes(), Layout::Array, Kind::Result);
        assert_eq!(
            (found.len(), trouble.unwrap()),
            (0, (Trouble::NoArray, Place::START.past(&text.as_bytes()[..at])))
        );
    }
}

const NODE: &str = "INIT_START Runtime Version: nodejs:22.v1\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:0\n\
START RequestId: 8f507cfc-2a1b-4c3d-9e8f-000000000001 Version: $LATEST\n\
2026-11-20T10:00:00.123Z\t8f507cfc-2a1b-4c3d-9e8f-000000000001\tINFO\tEVENT {\"requestContext\":{},\"body\":null}\n\
2026-11-20T10:00:00.124Z\t8f507cfc-2a1b-4c3d-9e8f-000000000001\tINFO\t{\"user\":1} {\"statusCode\":200,\"body\":{}} {broken\n\
2026-11-20T10:00:00.124Z\t8f507cfc-2a1b-4c3d-9e8f-000000000001\tINFO\t{\"statusCode\":200,\"path\":\"/\",\"ms\":3}\n\
2026-11-20T10:00:00.125Z\t8f507cfc-2a1b-4c3d-9e8f-000000000001\tINFO\t{\n  \"statusCode\": 204\n}\n{\n\"cut\": \"off\"\n\
END RequestId: 8f507cfc-2a1b-4c3d-9e8f-000000000001\n\
REPORT RequestId: 8f507cfc-2a1b-4c3d-9e8f-000000000001\tDuration: 1.35 ms\tBilled Duration: 2 ms\n";

#[test]
fn documents_are_found_in_logs() {
    let results = ["{\"statusCode\":200,\"body\":{}}", "{\n  \"statusCode\": 204\n}"];
    let events = ["{\"requestContext\":{},\"body\":null}"];
    finds(NODE, Layout::Auto, Kind::Result, &results);
    finds(NODE, Layout::Auto, Kind::Event, &events);
    finds(&format!("Loading function\n{NODE}"), Layout::Auto, Kind::Result, &results);
    let tail =
        |line: &str| format!("2026-11-20T10:00:00.123000+00:00 2026/11/20/[$LATEST]8f507cfc2a1b {line}\n");
    let tailed: String = NODE.split_inclusive('\n').take(5).map(|line| tail(line.trim_end())).collect();
    finds(&tailed, Layout::Auto, Kind::Result, &results[..1]);
    let sam = "2026/11/20/[$LATEST]8f507cfc2a1b 2026-11-20T10:00:00.123000 {\"isAuthorized\": true}\n";
    finds(sam, Layout::Auto, Kind::Result, &["{\"isAuthorized\": true}"]);
    let short = "2026-11-20T10:00:00 START RequestId: 1 Version: $LATEST\n2026-11-20T10:00:01 {\"isAuthorized\": true}";
    finds(short, Layout::Auto, Kind::Result, &["{\"isAuthorized\": true}"]);
    finds(
        "{\"a\": 1}\n[1]\ntext {\"statusCode\": 200}\n",
        Layout::Log,
        Kind::Result,
        &["{\"statusCode\": 200}"],
    );
    finds("nothing\nhere {\n", Layout::Log, Kind::Result, &[]);
}

#[test]
fn documents_are_found_in_logs_of_json() {
    let platform =
        r#"{"time":"2026-11-20T10:00:00.123Z","type":"platform.start","record":{"requestId":"8f50"}}"#;
    let record = r#"{"timestamp":"2026-11-20T10:00:00.123Z","level":"INFO","requestId":"8f50","message":M}"#;
    let with = |message: &str| record.replace('M', message);
    let result = r#"{"statusCode":200,"body":"[{"}"#;
    let text = format!("{platform}\n{}\n{}\n{}\n", with("\"hello\""), with(result), with("{\"a\":1}"));
    finds(&text, Layout::Auto, Kind::Result, &[result]);
    finds(&with(result), Layout::Auto, Kind::Result, &[result]);
    let powertools = r#"{"level":"INFO","message":"event","timestamp":"x","event":{"methodArn":"a"}}"#;
    finds(&format!("{powertools}\n{powertools}"), Layout::Auto, Kind::Event, &["{\"methodArn\":\"a\"}"; 2]);
}

#[test]
fn what_aws_lambda_invoke_prints_is_no_payload() {
    let metadata = "{\n    \"StatusCode\": 200,\n    \"ExecutedVersion\": \"$LATEST\"\n}\n";
    let payload = "{\"statusCode\": 200, \"body\": \"\\\"StatusCode\\\"\"}";
    let around =
        [format!("{payload}{metadata}"), format!("{payload}\n{metadata}"), format!("{metadata}{payload}")];
    for text in around {
        finds(&text, Layout::Auto, Kind::Result, &[payload]);
    }
    finds(&format!("null{metadata}"), Layout::Auto, Kind::Result, &["null"]);
    finds(
        &format!("{payload}{metadata}{payload}{metadata}"),
        Layout::Auto,
        Kind::Result,
        &[payload, payload],
    );
    let mut splitter = Splitter::new(Layout::Auto, Kind::Result);
    let mut pieces = Vec::new();
    assert_eq!(splitter.split(metadata.as_bytes(), true, &mut pieces), Ok(metadata.len()));
    assert_eq!((pieces.len(), splitter.documents(), splitter.saw_metadata()), (0, 0, true));
}

#[test]
fn a_document_that_is_too_large_ends_the_reading_at_its_place() {
    let mut splitter = Splitter { most: 8, ..Splitter::new(Layout::Auto, Kind::Result) };
    let mut pieces = Vec::new();
    let taken = splitter.split(b"{}\n{}\n{\"a\": \"a long", false, &mut pieces);
    assert_eq!(taken, Err((Trouble::TooLarge, Place { line: 3, column: 1, byte: 6 })));
    assert_eq!(pieces.len(), 2);
}

/// An object with something in it.
fn object() -> impl Strategy<Value = serde_json::Value> {
    (crate::testing::json(), crate::testing::json())
        .prop_map(|(a, b)| serde_json::json!({"statusCode": 200, "a": a, "b": [b]}))
}

proptest! {
    #[test]
    fn what_was_joined_comes_apart(objects in prop::collection::vec((object(), any::<bool>()), 2..6)) {
        let write = |(object, pretty): &(serde_json::Value, bool)| match pretty {
            true => serde_json::to_string_pretty(object).unwrap(),
            false => object.to_string(),
        };
        let texts: Vec<String> = objects.iter().map(write).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        finds(&(texts.join("\n") + "\n"), Layout::Auto, Kind::Result, &texts);
        finds(&format!("[{}]", texts.join(",\n")), Layout::Auto, Kind::Result, &texts);
    }

    #[test]
    fn any_bytes_are_read_over_in_order(
        text in "([{}\\[\\],:\"\\\\ \n]|[{][}]\n|null|START RequestId: |\"statusCode\":|é|\0){0,30}",
        layout in prop::sample::select(vec![Layout::Auto, Layout::One, Layout::Lines, Layout::Array, Layout::Log]),
    ) {
        let (found, _) = split(text.as_bytes(), layout, Kind::Result);
        for (number, (_, piece)) in found.iter().enumerate() {
            prop_assert_eq!(piece.index, number);
        }
    }
}
