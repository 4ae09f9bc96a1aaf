//! `apigw schema`, and the aliases of kinds.

use super::apigw;

#[test]
fn schemas_are_listed_and_printed() {
    let list = apigw("schema list --format json").run().json();
    let rows = list["results"].as_array().unwrap();
    assert!(rows.len() >= 16);
    for row in rows {
        let schema = apigw(&format!("schema {}", row["name"].as_str().unwrap())).run().json();
        assert_eq!((&schema["$id"], &schema["title"]), (&row["id"], &row["title"]));
    }
    assert_eq!(apigw("schema list").run().stdout().lines().count(), rows.len());
    apigw("schema event/nonsense").exits(2).run().says(&["event/nonsense"]);
    apigw("schema").exits(2).run();
}

#[test]
fn aliases_are_listed_and_understood() {
    let list = apigw("event list --aliases --format json").run().json();
    let rows = list["results"].as_array().unwrap();
    assert!(!rows.is_empty());
    for row in rows {
        let event = |name: &str| apigw(&format!("event gen '{name}'")).run().bytes().to_vec();
        let own = event(row["kind"].as_str().unwrap());
        let spelling = row["spellings"].as_array().unwrap().last().unwrap();
        assert_eq!(event(spelling.as_str().unwrap()), own, "{row}");
    }
    let human = apigw("event list --aliases").run().stdout();
    assert_eq!(human.lines().count(), rows.len());
    assert!(human.contains("apigateway/aws-proxy"));
    let help = apigw("event gen --help").run().stdout();
    assert!(!help.contains("aws-proxy"));
}
