//! Every way to get the flags of `apigw event gen` wrong, and what is said about it.

use super::{apigw, snapshot};

/// What is wrong, and the flag that the message has to name.
const MISTAKES: &[(&str, &str)] = &[
    ("rest-gett", "rest-get"),
    ("", "KIND"),
    ("rest-get --url ftp://a.example/", "--url"),
    ("rest-get --url https:///x", "--url"),
    ("rest-get --url 'https://a b/x'", "--url"),
    ("rest-get --url https://ada:geheim@a.example/x", "--url"),
    ("rest-get --url https://a.example/ --path /x", "--path"),
    ("rest-get -X 'G T'", "--method"),
    ("rest-get -X ''", "--method"),
    ("rest-get -H X-A", "-H"),
    ("rest-get -H ': geheim'", "-H"),
    ("rest-get -H 'Authorization Bearer geheim'", "-H"),
    ("rest-get -H 'Authorization=Bearer-geheim'", "-H"),
    ("rest-post -d @missing.json", "-d"),
    ("rest-post -d @- -d @-", "standard input"),
    ("rest-get --query a", "--query"),
    ("rest-get --query =a", "--query"),
    ("rest-get --stage-variable a", "--stage-variable"),
    ("rest-get --stage ''", "--stage"),
    ("rest-get --stage a/b", "--stage"),
    ("rest-get --stage '$default'", "--stage"),
    ("rest-get --route /users", "--route"),
    ("rest-get --route 'GET users'", "--route"),
    ("rest-get --route 'GET /{a+}/b'", "--route"),
    ("rest-get --route 'GET /x{a}'", "--route"),
    ("rest-get --route '$default'", "--route"),
    ("http-get --binary-media-type image/png", "--binary-media-type"),
    ("rest-get --binary-media-type png", "--binary-media-type"),
    ("http-get --endpoint-type edge", "--endpoint-type"),
    ("rest-get --endpoint-type moon", "--endpoint-type"),
    ("rest-get --custom-domain ''", "--custom-domain"),
    ("rest-get --custom-domain 'a b'", "--custom-domain"),
    ("rest-get --account 12", "--account"),
    ("rest-get --region 'x y'", "--region"),
    ("rest-get --api-id ''", "--api-id"),
    ("rest-get --source-ip localhost", "--source-ip"),
    ("rest-get --principal a --claim b=c", "--claim"),
    ("rest-get --context a", "--context"),
    ("rest-get --context a=[1]", "--context"),
    ("rest-get --claim a", "--claim"),
    ("rest-get --iam ada", "--iam"),
    ("http-get --api-key geheim", "--api-key"),
    ("rest-get --now yesterday", "--now"),
    ("rest-get --now 1969-12-31T23:59:59Z", "--now"),
    ("rest-get --now 2025-01-31T12:00:00Z --fresh", "--fresh"),
    ("rest-get --seed x", "--seed"),
    ("rest-get --seed 1 --fresh", "--fresh"),
    ("rest-get --set /a", "--set"),
    ("rest-get --set a=1", "--set"),
    ("rest-get --set =1", "--set"),
    ("rest-get --set /httpMethod/a=1", "--set"),
    ("rest-get --color sometimes", "--color"),
    ("rest-get --nonsense", "--nonsense"),
];

#[test]
fn mistakes_are_told_with_the_flag_and_keep_secrets() {
    let mut all = String::new();
    for (line, named) in MISTAKES {
        let ran = apigw(&format!("event gen {line}")).exits(2).run().says(&[named]);
        assert_eq!(ran.bytes(), b"", "{line}");
        assert!(!ran.stderr().contains("geheim"), "{}", ran.transcript());
        all += &ran.stderr().lines().next().map(|first| format!("$ {line}\n{first}\n")).unwrap();
    }
    snapshot("event-gen-mistakes", &all);
}
