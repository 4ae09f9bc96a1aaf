//! `policy-rules.jsonl`: a grant, what rules say of it in whatever it stands, and the grant mended.

use super::Case;
use apigw::gateway::Flavor;
use apigw::lint::{Checked, Document, Finding, fix, judge_policy};
use apigw::template::Given;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// A grant, in each of the texts that can hold it.
#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleCase {
    arn: Option<String>,
    /// The operator, other than `ArnLike`: only documents have one.
    operator: Option<String>,
    #[serde(default = "gateway")]
    principal: String,
    #[serde(default = "invoke")]
    action: String,
    #[serde(default = "function")]
    function: String,
    account: Option<String>,
    /// The texts that it is judged in; all unless it says otherwise.
    carriers: Option<Vec<Carrier>>,
    /// The rules that find something, by code.
    rules: Vec<String>,
    /// The text that the first of them points at.
    marked: Option<String>,
    /// How severe that is.
    severity: Option<String>,
    /// The source ARN once it is mended; none if nothing is mechanical.
    fixed: Option<String>,
    /// What else is mended.
    mends: Option<Member>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "kebab-case")]
enum Carrier {
    Document,
    GetPolicy,
    AddPermission,
    CloudformationJson,
    CloudformationYaml,
    Terraform,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Member {
    Principal,
    Action,
    Operator,
    Function,
}

fn gateway() -> String {
    "apigateway.amazonaws.com".to_owned()
}

fn invoke() -> String {
    "lambda:InvokeFunction".to_owned()
}

fn function() -> String {
    "arn:aws:lambda:eu-west-1:123456789012:function:users".to_owned()
}

impl Carrier {
    const DOCUMENTS: [Self; 3] = [Self::Document, Self::GetPolicy, Self::AddPermission];
    const TEMPLATES: [Self; 3] = [Self::CloudformationJson, Self::CloudformationYaml, Self::Terraform];
}

impl RuleCase {
    /// The text of a carrier that holds the grant.
    fn text(&self, carrier: Carrier) -> String {
        let statement = self.statement();
        let policy = json!({"Version": "2012-10-17", "Id": "default", "Statement": [statement]});
        let pretty = |value: &Value| serde_json::to_string_pretty(value).unwrap();
        match carrier {
            Carrier::Document => pretty(&policy),
            Carrier::GetPolicy => pretty(&json!({"Policy": policy.to_string(), "RevisionId": "r"})),
            Carrier::AddPermission => json!({"Statement": statement.to_string()}).to_string(),
            Carrier::CloudformationJson => pretty(
                &json!({"Resources": {"Grant": {"Type": "AWS::Lambda::Permission", "Properties": self.properties(true)}}}),
            ),
            Carrier::CloudformationYaml => {
                let mut text =
                    "Resources:\n  Grant:\n    Type: AWS::Lambda::Permission\n    Properties:\n".to_owned();
                for (key, value) in self.properties(false) {
                    let value = value.as_str().unwrap();
                    let sub = if value.contains("${") { "!Sub " } else { "" };
                    let is_plain = !value.contains(" #")
                        && !value.starts_with('*')
                        && !value.ends_with(':')
                        && key != "SourceAccount";
                    let value = if is_plain { value.to_owned() } else { format!("'{value}'") };
                    text += &format!("      {key}: {sub}{value}\n");
                }
                text
            }
            Carrier::Terraform => {
                let names = [
                    ("FunctionName", "function_name"),
                    ("Principal", "principal"),
                    ("Action", "action"),
                    ("SourceArn", "source_arn"),
                    ("SourceAccount", "source_account"),
                ];
                let values: Map<_, _> = self
                    .properties(false)
                    .into_iter()
                    .map(|(key, value)| {
                        (names.iter().find(|(own, _)| *own == key).unwrap().1.to_owned(), value)
                    })
                    .collect();
                let resource = json!({"address": "aws_lambda_permission.g", "mode": "managed", "type": "aws_lambda_permission", "name": "g", "values": values});
                pretty(
                    &json!({"format_version": "1.0", "terraform_version": "1.9.0", "values": {"root_module": {"resources": [resource]}}}),
                )
            }
        }
    }

    fn statement(&self) -> Value {
        let principal = match self.principal.as_str() {
            "*" => json!("*"),
            service => json!({ "Service": service }),
        };
        let mut conditions = Map::new();
        if let Some(account) = &self.account {
            conditions.insert("StringEquals".to_owned(), json!({"AWS:SourceAccount": account}));
        }
        if let Some(arn) = &self.arn {
            let operator = self.operator.clone().unwrap_or("ArnLike".to_owned());
            conditions.insert(operator, json!({"AWS:SourceArn": arn}));
        }
        let mut statement = json!({"Sid": "s", "Effect": "Allow", "Principal": principal, "Action": self.action, "Resource": self.function});
        if !conditions.is_empty() {
            statement["Condition"] = conditions.into();
        }
        statement
    }

    /// The properties of a permission; references are functions in JSON.
    fn properties(&self, functions: bool) -> Map<String, Value> {
        let mut properties = Map::new();
        let mut put = |key: &str, text: &String| {
            let is_sub = functions && text.contains("${");
            properties.insert(key.to_owned(), if is_sub { json!({"Fn::Sub": text}) } else { json!(text) });
        };
        put("FunctionName", &self.function);
        put("Principal", &self.principal);
        put("Action", &self.action);
        self.account.iter().for_each(|account| put("SourceAccount", account));
        self.arn.iter().for_each(|arn| put("SourceArn", arn));
        properties
    }

    /// The grant as it is once everything mechanical is mended; `None` if nothing is.
    fn mended(&self) -> Option<Self> {
        let mut mended = self.clone();
        match self.mends {
            Some(Member::Principal) => mended.principal = gateway(),
            Some(Member::Action) => mended.action = invoke(),
            Some(Member::Operator) => mended.operator = None,
            Some(Member::Function) => mended.function = function(),
            None => mended.arn = Some(self.fixed.clone()?),
        }
        Some(mended)
    }

    fn differences_in(&self, carrier: Carrier) -> Vec<String> {
        let text = self.text(carrier);
        let judge = |document: &Document<'_>| Checked::policy(0, judge_policy(document, &Given::default()));
        let document = Document::whole("grant", text.as_bytes());
        let checked = judge(&document);
        let mut codes: Vec<_> = checked.distinct().map(|finding| finding.rule.code).collect();
        codes.sort_unstable();
        codes.dedup();
        let mut differences = Vec::new();
        let mut differ = |what: &str, expected: &str, found: &str| {
            if expected != found {
                differences.push(format!("{carrier:?}: {what} `{found}`, expected `{expected}`"));
            }
        };
        differ("rules", &self.rules.join(" "), &codes.join(" "));
        let first =
            self.rules.first().and_then(|code| checked.distinct().find(|finding| finding.rule.code == code));
        if let (Some(finding), Some(marked)) = (first, &self.marked) {
            differ("marked", marked, &text[finding.span.start..finding.span.end]);
        }
        if let (Some(finding), Some(severity)) = (first, &self.severity) {
            differ("severity", severity, finding.severity.name());
        }
        let fixed = fix(&document, &judge).map(|fixed| fixed.text);
        // A program writes what Terraform shows: it is mended elsewhere.
        let mended = self.mended().filter(|_| carrier != Carrier::Terraform);
        let expected = mended.map(|mended| mended.text(carrier));
        differ("fixed", &expected.unwrap_or_default(), &fixed.clone().unwrap_or_default());
        let silent = |finding: &Finding| finding.edits.is_empty();
        if let Some(fixed) = fixed {
            let again = judge(&Document::whole("grant", fixed.as_bytes()));
            differ("left to mend", "", if again.distinct().all(silent) { "" } else { "something" });
        }
        differences
    }
}

impl Case for RuleCase {
    fn differences(&self, _: Flavor) -> Vec<String> {
        let all = match (&self.carriers, &self.operator) {
            (Some(carriers), _) => carriers.clone(),
            (None, Some(_)) => Carrier::DOCUMENTS.to_vec(),
            (None, None) => [Carrier::DOCUMENTS, Carrier::TEMPLATES].concat(),
        };
        all.into_iter().flat_map(|carrier| self.differences_in(carrier)).collect()
    }
}
