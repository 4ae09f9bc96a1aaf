//! The names that other tools give to kinds of event: one table, alias → kind, and whose name it is.

/// A name that another tool uses for a kind of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alias {
    /// The name, in that tool's spelling; the words of a command are joined by a slash.
    pub name: &'static str,
    /// The name of the kind here.
    pub kind: &'static str,
    /// Whose name it is.
    pub owner: Owner,
}

/// A tool that has names for kinds of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// `sam local generate-event`.
    Sam,
    /// The test events of the Lambda console.
    Console,
    /// The fixtures of `cargo lambda invoke --data-example`.
    CargoLambda,
    /// `@serverless/event-mocks`.
    Serverless,
    /// The fixtures of Powertools for AWS Lambda.
    Powertools,
}

impl Owner {
    /// The name in lists, and before a colon in front of an alias.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sam => "sam",
            Self::Console => "console",
            Self::CargoLambda => "cargo-lambda",
            Self::Serverless => "serverless",
            Self::Powertools => "powertools",
        }
    }
}

impl Alias {
    /// Every way to write it: as it is, with spaces for slashes, and each with its owner's name.
    pub fn spellings(&self) -> Vec<String> {
        let mut spellings = vec![self.name.to_owned()];
        if self.name.contains('/') {
            spellings.push(self.name.replace('/', " "));
        }
        let owned = spellings.iter().map(|name| format!("{}:{name}", self.owner.name())).collect::<Vec<_>>();
        spellings.extend(owned);
        spellings
    }
}

/// The kind that people mean by a name of another tool.
pub fn kind_of(name: &str) -> Option<&'static str> {
    ALL.iter().find(|alias| alias.spellings().iter().any(|own| own == name)).map(|alias| alias.kind)
}

macro_rules! aliases {
    ($($owner:ident { $($name:literal => $kind:literal)* })*) => {
        /// Every alias, by owner.
        pub const ALL: &[Alias] =
            &[$($(Alias { name: $name, kind: $kind, owner: Owner::$owner },)*)*];
    };
}

aliases! {
    Sam {
        "apigateway/aws-proxy" => "rest-post"
        "apigateway/http-api-proxy" => "http-post"
        "apigateway/authorizer" => "authorizer-token"
        "apigateway/request-authorizer" => "authorizer-request"
        "alb/request" => "alb-get"
    }
    Console {
        "apigateway-aws-proxy" => "rest-post"
        "apigateway-http-api" => "http-post"
        "apigateway-authorizer" => "authorizer-token"
    }
    CargoLambda {
        "apigw-request" => "rest-post"
        "apigw-request-catch-all" => "rest-any"
        "apigw-request-multi-value-parameters" => "rest-get"
        "apigw-restapi-openapi-request" => "rest-get"
        "apigw-sam-rest-request" => "rest-get"
        "apigw-console-test-request" => "rest-test-invoke"
        "apigw-sam-http-request" => "http-get"
        "apigw-v2-request-iam" => "http-get"
        "apigw-v2-request-jwt-authorizer" => "http-get"
        "apigw-v2-request-lambda-authorizer" => "http-get"
        "apigw-v2-request-multi-value-parameters" => "http-get"
        "apigw-v2-request-no-authorizer" => "http-get"
        "apigw-custom-auth-request" => "authorizer-token"
        "apigw-custom-auth-request-type-request" => "authorizer-request"
        "apigw-v2-custom-authorizer-v1-request" => "authorizer-http-v1"
        "apigw-v2-custom-authorizer-v2-request" => "authorizer-http"
        "apigw-v2-custom-authorizer-v2-request-without-cookies" => "authorizer-http"
        "apigw-v2-custom-authorizer-v2-request-without-identity-source" => "authorizer-http"
        "apigw-v2-custom-authorizer-websocket-request" => "authorizer-websocket"
        "apigw-websocket-request" => "websocket-message"
        "apigw-websocket-request-without-method" => "websocket-connect"
        "apigw-websocket-request-disconnect-route" => "websocket-disconnect"
        "alb-lambda-target-request-headers-only" => "alb-get"
        "alb-lambda-target-request-multivalue-headers" => "alb-multi-get"
    }
    Serverless {
        "aws:apiGateway" => "rest-get"
        "aws:websocket" => "websocket-message"
    }
    Powertools {
        "apiGatewayProxyEvent" => "rest-get"
        "apiGatewayProxyV2Event" => "http-post"
        "apiGatewayProxyV2Event_GET" => "http-get"
        "apiGatewayProxyV2IamEvent" => "http-get"
        "apiGatewayProxyV2LambdaAuthorizerEvent" => "http-get"
        "apiGatewayAuthorizerTokenEvent" => "authorizer-token"
        "apiGatewayAuthorizerRequestEvent" => "authorizer-request"
        "apiGatewayAuthorizerV2Event" => "authorizer-http"
        "apiGatewayAuthorizerWebSocketEvent" => "authorizer-websocket"
        "apiGatewayWebSocketApiConnect" => "websocket-connect"
        "apiGatewayWebSocketApiMessage" => "websocket-message"
        "apiGatewayWebSocketApiDisconnect" => "websocket-disconnect"
        "lambdaFunctionUrlEvent" => "url-get"
        "albEvent" => "alb-get"
        "albMultiValueHeadersEvent" => "alb-multi-get"
        "albMultiValueQueryStringEvent" => "alb-multi-get"
        "vpcLatticeV2Event" => "lattice-get"
        "vpcLatticeV2EventWithHeaders" => "lattice-get"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::event::{EventKind, kinds};

    #[test]
    fn no_name_has_two_meanings() {
        let mut seen: Vec<String> = kinds().into_iter().map(|kind| kind.name).collect();
        for alias in ALL {
            for spelling in alias.spellings() {
                assert!(!seen.contains(&spelling), "{spelling} has two meanings");
                seen.push(spelling);
            }
        }
    }

    #[test]
    fn every_alias_names_a_kind() {
        for alias in ALL {
            let kind = EventKind::from_name(alias.name).map(|kind| kind.name);
            assert_eq!(kind.as_deref(), Some(alias.kind), "{}", alias.name);
        }
    }

    #[test]
    fn the_words_of_a_command_are_understood_in_every_spelling() {
        let spellings = [
            "apigateway/aws-proxy",
            "apigateway aws-proxy",
            "sam:apigateway/aws-proxy",
            "sam:apigateway aws-proxy",
            "console:apigateway-aws-proxy",
        ];
        for spelling in spellings {
            assert_eq!(EventKind::from_name(spelling).unwrap().name, "rest-post");
        }
        assert_eq!(EventKind::from_name("apigateway"), None);
    }
}
