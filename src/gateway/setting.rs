//! What can be set of a front end, or known of its callers: each flavour lists what it has.

/// Something that only some flavours have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// Stages.
    Stages,
    /// The stage `$default`, which has no segment in the path (H-007).
    DefaultStage,
    /// Variables of a stage.
    StageVariables,
    /// Routes, or resources with methods.
    Routes,
    /// The route `$default` (H-091).
    DefaultRoute,
    /// The types of bodies that are binary, by configuration.
    BinaryMediaTypes,
    /// Endpoint types.
    EndpointTypes,
    /// Names of one's own.
    CustomDomains,
    /// Paths under a name of one's own, each of which leads to an API.
    BasePaths,
    /// API keys.
    ApiKeys,
    /// Lambda authorizers.
    LambdaAuthorizers,
    /// Contexts of Lambda authorizers that hold lists and objects (H-028; not R-238).
    NestedContext,
    /// Authorizers that read the claims of a token.
    Claims,
    /// Callers whom IAM knows.
    IamCallers,
    /// Streamed responses (U-018).
    Streaming,
    /// A CORS configuration of its own (H-093, U-024).
    Cors,
    /// Clients without TLS.
    PlainHttp,
}

impl Setting {
    /// What it is called in a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stages => "stages",
            Self::DefaultStage => "$default stage",
            Self::StageVariables => "stage variables",
            Self::Routes => "routes",
            Self::DefaultRoute => "$default route",
            Self::BinaryMediaTypes => "binary media types",
            Self::EndpointTypes => "endpoint types",
            Self::CustomDomains => "custom domain names",
            Self::BasePaths => "base paths",
            Self::ApiKeys => "API keys",
            Self::LambdaAuthorizers => "Lambda authorizers",
            Self::NestedContext => "lists and objects in an authorizer's context",
            Self::Claims => "claims",
            Self::IamCallers => "IAM callers",
            Self::Streaming => "invoke modes",
            Self::Cors => "CORS configuration",
            Self::PlainHttp => "clients without TLS",
        }
    }
}
