//! Conditions on where a request comes from.

use super::{Example, GOOD, PolicyCase, PolicyCheck, Rule, Severity, Spotted};
use crate::json::{Part, Span};
use crate::lint::policy::holds_without_key;
use crate::policy::{Comparison, Condition, Effect, Spot, Statement};
use std::net::Ipv4Addr;

/// Keys that requests of private APIs have and no others (P-139).
const OF_PRIVATE_APIS: [&str; 3] = ["aws:SourceVpc", "aws:SourceVpce", "aws:VpcSourceIp"];

const SOURCE_IP: &str = "aws:SourceIp";

pub(in super::super) static NETWORK_KEY_MISMATCH: Rule = Rule {
    code: "AGW345",
    name: "api-policy-network-key",
    severity: Severity::Error,
    title: "the condition is on a network that such an API does not see",
    why: "Only requests of private APIs have aws:SourceVpc, aws:SourceVpce and aws:VpcSourceIp. For a public API a condition on them never holds, and its opposite always does: everybody is refused, or let in. Behind a VPC endpoint, on the other hand, aws:SourceIp is not the address of the client.",
    policy: Some(PolicyCheck::Policy(network_key)),
    help: "ask a public API for aws:SourceIp, and a private one for aws:SourceVpc, aws:SourceVpce or aws:VpcSourceIp",
    bad: &[
        Example::policy(
            r#"{"Resources": {"Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"EndpointConfiguration": {"Types": ["REGIONAL"]}, "Policy": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*", "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-0a1b2c3d"}}}]}}}}}"#,
        ),
        Example::policy(
            r#"{"id": "a1b2c3d4e5", "endpointConfiguration": {"types": ["PRIVATE"]}, "policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"execute-api:Invoke\", \"Resource\": \"execute-api:/*\", \"Condition\": {\"IpAddress\": {\"aws:SourceIp\": \"203.0.113.0/24\"}}}]}"}"#,
        ),
    ],
    good: Example::policy(
        r#"{"Resources": {"Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"EndpointConfiguration": {"Types": ["PRIVATE"]}, "Policy": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*", "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-0a1b2c3d"}}}]}}}}}"#,
    ),
    facts: &["P-069", "P-139"],
    ..Rule::PLAIN
};

fn of_private_apis(key: &str) -> Option<&'static str> {
    OF_PRIVATE_APIS.into_iter().find(|own| own.eq_ignore_ascii_case(key))
}

fn network_key(case: &PolicyCase<'_>) -> Vec<Spotted> {
    let Some(private) = case.carried.private.filter(|_| case.is_of_api()) else { return Vec::new() };
    let spotted = |statement: &Statement, condition: &Condition| {
        let key = condition.key.text.as_str();
        let holds = holds_without_key(condition)?;
        let about = |message: String, label: &str| case.about(&condition.key.at, Part::Key, message, label);
        if private {
            let message =
                "the API is private: behind a VPC endpoint `aws:SourceIp` is not the address of the client";
            let found = key.eq_ignore_ascii_case(SOURCE_IP);
            return found.then(|| about(message.to_owned(), "aws:VpcSourceIp is").at_most(Severity::Warning));
        }
        let known = of_private_apis(key)?;
        let alone = statement
            .conditions
            .iter()
            .all(|own| of_private_apis(&own.key.text).is_some() && holds_without_key(own) == Some(true));
        let (outcome, severity) = match (statement.effect?, holds) {
            (Effect::Allow, false) => ("this statement allows nobody", Severity::Error),
            (Effect::Allow, true) => ("this condition holds for every request", Severity::Warning),
            (Effect::Deny, true) if alone => ("this statement denies every request", Severity::Error),
            (Effect::Deny, true) => ("this condition holds for every request", Severity::Warning),
            (Effect::Deny, false) => ("this statement denies nobody", Severity::Warning),
        };
        let message = format!("the API is not private, so no request has `{known}`: {outcome}");
        Some(about(message, "only of private APIs").at_most(severity))
    };
    let statements = case.carried.document.statements.iter();
    let conditions = statements.flat_map(|own| own.conditions.iter().map(move |condition| (own, condition)));
    conditions.filter_map(|(statement, condition)| spotted(statement, condition)).collect()
}

pub(in super::super) static PRIVATE_ADDRESS: Rule = Rule {
    code: "AGW346",
    name: "api-policy-private-address",
    severity: Severity::Warning,
    title: "a private address is never that of a client of a public API",
    why: "aws:SourceIp is the public address that a request comes from. Addresses of private networks (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16) are replaced on the way, so the value never matches.",
    policy: Some(PolicyCheck::Policy(private_address)),
    help: "write the public address of the network's gateway; for a private API ask for aws:VpcSourceIp",
    bad: &[Example::policy(
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*", "Condition": {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "10.1.0.0/16"]}}}]}"#,
    )],
    good: GOOD,
    facts: &["P-143"],
    ..Rule::PLAIN
};

fn private_address(case: &PolicyCase<'_>) -> Vec<Spotted> {
    // To a private API the key is the mistake.
    if !case.is_of_api() || case.carried.private == Some(true) {
        return Vec::new();
    }
    let is_asked = |own: &&Condition| {
        own.key.text.eq_ignore_ascii_case(SOURCE_IP)
            && own.known.is_some_and(|known| known.comparison == Comparison::Address)
    };
    let spotted = |spot: &Spot| {
        let message = format!("{} is a private address: no request comes from it", spot.text);
        is_private(&spot.text)
            .then(|| case.within(spot, Span::new(0, spot.text.len()), message, "a private address"))
    };
    let statements = case.carried.document.statements.iter();
    let conditions = statements.flat_map(|own| &own.conditions).filter(is_asked);
    conditions.flat_map(|own| &own.values).filter_map(spotted).collect()
}

/// Whether all of a block lies in a private network (RFC 1918).
fn is_private(block: &str) -> bool {
    let (address, length) = block.split_once('/').unwrap_or((block, "32"));
    let (Ok(address), Ok(length)) = (address.parse::<Ipv4Addr>(), length.parse::<u8>()) else { return false };
    let least = match address.octets() {
        [10, ..] => 8,
        [172, ..] => 12,
        _ => 16,
    };
    address.is_private() && (least..=32).contains(&length)
}

#[cfg(test)]
mod tests {
    use super::is_private;

    #[test]
    fn all_of_a_block_is_private() {
        for block in ["10.0.0.0/8", "10.1.2.3", "172.16.0.0/12", "192.168.0.0/16", "192.168.1.1/32"] {
            assert!(is_private(block), "{block}");
        }
        for block in
            ["10.0.0.0/7", "172.15.0.0/16", "172.32.0.0/16", "192.168.0.0/15", "0.0.0.0/0", "x", "10"]
        {
            assert!(!is_private(block), "{block}");
        }
    }
}
