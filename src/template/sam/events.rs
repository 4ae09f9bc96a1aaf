//! What the events of a function let invoke it.

use super::{SamFunction, api_events, arn, generated, partition, permission};
use crate::template::cfn::{Resolved, Stack};
use crate::template::model::{Grant, Model};
use crate::template::node::{Kind, Member, Node};

/// Sources that a function asks for events itself, or that invoke it by a role: no grant.
const WITHOUT_GRANT: [&str; 8] =
    ["SQS", "Kinesis", "DynamoDB", "MSK", "MQ", "SelfManagedKafka", "DocumentDB", "ScheduleV2"];

/// Adds the grant of one event.
pub(super) fn read<'t>(
    stack: &Stack<'t>,
    function: &SamFunction<'_, 't>,
    event: &'t Member,
    model: &mut Model,
) {
    let Some(kind) = event.value.text_of("Type") else {
        let message = format!("{}: the event {} has no Type", function.resource.id, event.key);
        return model.leave_out(event.key_span, message);
    };
    let made = match kind {
        "Api" | "HttpApi" => api_events::grant(stack, function, event, kind == "HttpApi"),
        _ if WITHOUT_GRANT.contains(&kind) => return,
        _ => Source { stack, function, event }.grant(kind),
    };
    match made {
        Ok(Some(grant)) => model.grant(grant),
        Ok(None) => {}
        Err(why) => {
            let message = format!("{}: the event {} is left out: {why}", function.resource.id, event.key);
            model.leave_out(event.key_span, message);
        }
    }
}

/// One event of a function.
struct Source<'s, 't> {
    stack: &'s Stack<'t>,
    function: &'s SamFunction<'s, 't>,
    event: &'t Member,
}

impl<'t> Source<'_, 't> {
    /// The grant to the service that sends such events.
    fn grant(&self, kind: &str) -> Result<Option<Grant>, String> {
        let grant = match kind {
            "Schedule" | "CloudWatchEvent" | "EventBridgeRule" => {
                let arn = self.own_resource(".Arn");
                self.permission("events.amazonaws.com", Some(arn))
            }
            "S3" => {
                self.resource("Bucket")?;
                let account = self.stack.resolver.reference("AWS::AccountId", self.event.key_span);
                Grant { source_account: text(account), ..self.permission("s3.amazonaws.com", None) }
            }
            "SNS" if self.property("SqsSubscription").is_some_and(is_truthy) => return Ok(None),
            "SNS" => {
                let topic = self.needed("Topic")?;
                self.permission("sns.amazonaws.com", self.stack.resolver.text(topic))
            }
            "CloudWatchLogs" => {
                let group = self.stack.resolver.text(self.needed("LogGroupName")?);
                let arn = self.arn("logs", "log-group:${LogGroup}:*", &|_| group.clone());
                self.permission("logs.amazonaws.com", Some(arn))
            }
            "IoTRule" => {
                let own = self.own_resource("");
                let arn = self.arn("iot", "rule/${RuleName}", &|_| Some(own.clone()));
                let account = self.stack.resolver.reference("AWS::AccountId", self.event.key_span);
                Grant { source_account: text(account), ..self.permission("iot.amazonaws.com", Some(arn)) }
            }
            "AlexaSkill" => {
                let token = self.property("SkillId").and_then(|node| self.stack.resolver.text(node));
                Grant { event_source_token: token, ..self.permission("alexa-appkit.amazon.com", None) }
            }
            "Cognito" => self.cognito()?,
            other => return Err(format!("`{other}` is no type of event that is known")),
        };
        Ok(Some(grant))
    }

    /// One grant for all user pools of a function: the last one stays, as with the translator.
    fn cognito(&self) -> Result<Grant, String> {
        let pool = self.resource("UserPool")?;
        let arn = self.stack.resolver.resource(&format!("{pool}.Arn"), self.event.key_span);
        let mut grant = self.permission("cognito-idp.amazonaws.com", Some(arn));
        grant.origin.logical_id = format!("{}CognitoPermission", self.function.target());
        Ok(grant)
    }

    fn permission(&self, principal: &str, source_arn: Option<Resolved>) -> Grant {
        let id = format!("{}{}Permission", self.function.resource.id, self.event.key);
        let origin = generated(self.stack, self.function.resource, id, self.event.key_span);
        permission(origin, self.function.reference(self.stack), principal, source_arn)
    }

    /// The rule that SAM makes for the event, or an attribute of it.
    fn own_resource(&self, attribute: &str) -> Resolved {
        let name = format!("{}{}{attribute}", self.function.resource.id, self.event.key);
        self.stack.resolver.resource(&name, self.event.key_span)
    }

    fn arn(&self, service: &str, resource: &str, own: &dyn Fn(&str) -> Option<Resolved>) -> Resolved {
        let is_own = |name: &str| if name.starts_with("AWS::") { None } else { own(name) };
        arn(self.stack, (partition(self.stack), service), resource, self.event.key_span, &is_own)
    }

    fn property(&self, name: &str) -> Option<&'t Node> {
        self.event.value.get("Properties")?.get(name)
    }

    fn needed(&self, name: &str) -> Result<&'t Node, String> {
        self.property(name).ok_or_else(|| format!("it has no {name}"))
    }

    /// The logical id of a resource of this template that a property refers to.
    fn resource(&self, name: &str) -> Result<&'t str, String> {
        let node = self.needed(name)?;
        let id = match super::super::cfn::call(node) {
            Some(("Ref", id)) => id.text(),
            _ => None,
        };
        let id = id.filter(|id| self.stack.resource(id).is_some());
        id.ok_or_else(|| format!("{name} must be a reference to a resource of this template"))
    }
}

fn text(value: crate::template::cfn::Value<'_>) -> Option<Resolved> {
    match value {
        crate::template::cfn::Value::Text(text) => Some(text),
        _ => None,
    }
}

/// What counts as set: not false, not empty.
fn is_truthy(node: &Node) -> bool {
    match &node.kind {
        Kind::Null | Kind::Bool(false) => false,
        Kind::Text(text) => !text.is_empty(),
        Kind::Map(members) => !members.is_empty(),
        Kind::List(items) => !items.is_empty(),
        Kind::Bool(true) | Kind::Number(_) => true,
    }
}
