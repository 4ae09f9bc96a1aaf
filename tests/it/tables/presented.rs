//! `policy-presented.jsonl`, `policy-outputs.jsonl` and `policy-sound.jsonl`: ARNs that AWS presents,
//! policies that it prints, and policies of other services.

use super::Case;
use super::policies::differs;
use apigw::gateway::{Api, Flavor, arn};
use apigw::http::Request;
use apigw::json::Text;
use apigw::policy::arn::split;
use apigw::policy::policies;
use apigw::template::{Document, Given, Template};
use serde::Deserialize;
use serde_json::{Value, json};

/// The ARN of a configured route or authorizer, as functions are told it; or that of a call, as
/// authorizers are.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PresentedCase {
    #[serde(default)]
    stage: String,
    route: Option<String>,
    authorizer: Option<String>,
    source_arn: Option<String>,
    call: Option<String>,
    method_arn: Option<String>,
}

impl Case for PresentedCase {
    fn differences(&self, _: Flavor) -> Vec<String> {
        let expected = self.source_arn.as_ref().or(self.method_arn.as_ref()).unwrap();
        let [.., region, account, resource] = split(expected).unwrap();
        let id = resource.split('/').next().unwrap();
        let found = match &self.call {
            Some(call) => self.of_call(call, [region, account, id]),
            None => self.of_template([region, account, id]),
        };
        differs(expected.as_str(), found.as_str())
    }
}

impl PresentedCase {
    fn of_call(&self, call: &str, [region, account, id]: [&str; 3]) -> String {
        let (flavor, method, path) = match call.split_once(' ') {
            Some((method, path)) => (Flavor::Rest, method, path),
            None => (Flavor::Websocket, "GET", "/"),
        };
        let [region, account, id] = [region, account, id].map(str::to_owned);
        let api = Api { region, account, id, stage: self.stage.clone(), ..Api::new(flavor) };
        arn::of_call(&api, &Request::new(method, api.prefix() + path))
    }

    fn of_template(&self, [region, account, id]: [&str; 3]) -> String {
        let function = "arn:aws:lambda:us-east-1:123456789012:function:f";
        let uri =
            format!("arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{function}/invocations");
        let (method, path) = self.route.as_deref().unwrap_or("GET /").split_once(' ').unwrap();
        let method = if method == "ANY" { "x-amazon-apigateway-any-method" } else { method };
        let template = json!({"Resources": {
            "Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Body": {"paths": {path: {
                method.to_ascii_lowercase(): {"x-amazon-apigateway-integration": {"type": "aws_proxy", "uri": uri}}}}}}},
            "Stage": {"Type": "AWS::ApiGateway::Stage", "Properties": {
                "RestApiId": {"Ref": "Api"}, "StageName": self.stage}},
            "Auth": {"Type": "AWS::ApiGateway::Authorizer", "Properties": {
                "RestApiId": {"Ref": "Api"}, "AuthorizerUri": uri}}}});
        let given = Given {
            region: Some(region.to_owned()),
            account: Some(account.to_owned()),
            api_id: Some(id.to_owned()),
            ..Given::default()
        };
        let document = Document::parse("t.json", template.to_string()).unwrap();
        let model = Template::of(document).unwrap().read(&given).unwrap();
        let presented = model.apis[0].presented();
        let asked = presented.iter().find(|row| row.stage.is_none() == self.authorizer.is_some()).unwrap();
        let authorizer = self.authorizer.as_deref().unwrap_or_default();
        asked.source_arn.as_deref().unwrap().replace("${Auth}", authorizer)
    }
}

/// What a command of AWS printed: nothing is wrong with the policy in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OutputCase {
    output: Value,
    carrier: String,
    statements: usize,
}

impl Case for OutputCase {
    fn differences(&self, _: Flavor) -> Vec<String> {
        let outer = self.output.to_string();
        let text = Text::parse("output.json", outer).unwrap();
        let [found] = &policies(&text).unwrap()[..] else { return vec!["not one policy".to_owned()] };
        let mut differences = differs(self.carrier.as_str(), found.kind.name());
        differences.extend(differs(&self.statements, &found.document.statements.len()));
        differences.extend(found.document.problems.iter().map(|problem| format!("{problem:?}")));
        differences
    }
}

/// A policy of whatever service, and whether IAM would take it. In one that is all right there is
/// nothing to find.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SoundCase {
    policy: Value,
    sound: bool,
}

impl Case for SoundCase {
    fn differences(&self, _: Flavor) -> Vec<String> {
        let problems = apigw::policy::Document::read(&self.policy).problems;
        let mut differences = differs(&self.sound, &problems.is_empty());
        if self.sound {
            let text = self.policy.to_string();
            let document = apigw::lint::Document::whole("policy.json", text.as_bytes());
            let found = apigw::lint::judge_policy(&document, &Given::default()).findings;
            differences.extend(found.into_iter().map(|finding| finding.message));
        }
        differences
    }
}
