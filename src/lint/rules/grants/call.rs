//! Source ARNs of APIs, segment by segment.

use crate::gateway::{Flavor, arn};
use crate::json::{Edit, Span};
use crate::lint::policy::{GrantCase, SourceArn, Spotted};
use crate::policy::arn::{Field, FieldName, fields};
use crate::policy::{Comparison, Pattern};
use crate::template::{Api, Asking};

/// The route keys that APIs have of themselves (P-018, P-022).
pub(super) const ROUTE_KEYS: [&str; 3] = ["$default", "$connect", "$disconnect"];

/// A source ARN of the service `execute-api`, of six parts.
pub(super) struct Called<'g> {
    /// The grant that asks for it.
    pub(super) grant: &'g GrantCase<'g>,
    /// The ARN, and where it stands.
    pub(super) source: &'g SourceArn<'g>,
    /// Its text.
    pub(super) text: &'g str,
    /// How it is compared.
    pub(super) comparison: Comparison,
    /// The API of the template that it names.
    pub(super) api: Option<&'g Api>,
    /// The names of stages of the template are in the place of references to them.
    plain: String,
    fields: Vec<Field>,
}

/// The source ARNs of APIs that a grant wants. Those that SAM generates are left out: there is
/// nothing to mend in them.
pub(super) fn calls<'g>(grant: &'g GrantCase<'g>) -> impl Iterator<Item = Called<'g>> {
    let written = grant.source_arns.iter().filter(|_| !grant.is_generated());
    written.filter_map(|source| Called::of(grant, source))
}

/// The cases of source ARNs but for those that match what a route of the template presents: a
/// wildcard reaches over slashes (P-061), and what looks odd may be a route.
pub(super) fn shaped<'g>(
    grant: &'g GrantCase<'g>,
    case: impl Fn(&Called<'g>) -> Option<Spotted>,
) -> Vec<Spotted> {
    calls(grant).filter_map(|call| case(&call).filter(|_| !call.matches_a_route())).collect()
}

impl<'g> Called<'g> {
    /// Reads a source ARN; `None` if it is none of an API, or if the grant is for all but it.
    pub(super) fn of(grant: &'g GrantCase<'g>, source: &'g SourceArn<'g>) -> Option<Self> {
        let comparison = source.comparison()?;
        let text = source.stated.text();
        let fields = fields(text);
        let field = |name| fields.iter().find(|field: &&Field| field.name == name);
        let id = field(FieldName::ApiId)?.text(text);
        if field(FieldName::Scheme)?.text(text) != "arn" {
            return None;
        }
        let plain = grant.model.map_or_else(|| text.to_owned(), |model| model.plain(text));
        Some(Self { grant, source, text, comparison, api: grant.api(id), plain, fields })
    }

    /// The segment or part of that name.
    pub(super) fn field(&self, name: FieldName) -> Option<Field> {
        self.fields.iter().copied().find(|field| field.name == name)
    }

    /// Its text.
    pub(super) fn written(&self, name: FieldName) -> Option<&'g str> {
        self.field(name).map(|field| field.text(self.text))
    }

    /// The resource: everything from the API's id on.
    pub(super) fn resource(&self) -> &'g str {
        self.field(FieldName::ApiId).and_then(|id| self.text.get(id.span.start..)).unwrap_or_default()
    }

    /// The resource's bytes in the ARN.
    pub(super) fn resource_span(&self) -> Span {
        Span::new(self.text.len() - self.resource().len(), self.text.len())
    }

    /// Whether wildcards are wildcards here, and it can match more than one ARN.
    pub(super) fn is_pattern(&self) -> bool {
        matches!(self.comparison, Comparison::Arn | Comparison::TextPattern)
    }

    /// Whether the API is known to be none with WebSocket routes, whose keys are free.
    pub(super) fn has_methods(&self) -> bool {
        self.api.is_some_and(|api| api.flavor != Flavor::Websocket)
    }

    /// Whether the API is known to have WebSocket routes.
    pub(super) fn has_keys(&self) -> bool {
        self.api.is_some_and(|api| api.flavor == Flavor::Websocket)
    }

    /// A case about some bytes of the ARN.
    pub(super) fn spot(&self, bytes: Span, message: impl Into<String>, label: impl Into<String>) -> Spotted {
        Spotted::within(&self.source.stated, bytes, message, label)
    }

    /// Other words in place of some bytes of the ARN.
    pub(super) fn with(&self, bytes: Span, new: &str) -> Option<Edit> {
        self.source.stated.replaced(bytes, new)
    }

    /// Whether a route of the API as the template has it presents what this matches.
    fn matches_a_route(&self) -> bool {
        let Some(api) = self.api else { return false };
        let Some(start) = self.plain.find(api.id.text()) else { return false };
        let pattern = Pattern::new(&self.plain[start..]);
        api.presented().iter().any(|row| match row.asking {
            Asking::Route(route) => {
                let stage = row.stage.as_deref().unwrap_or_default();
                pattern.matches(&format!("{}/{stage}/{}", api.id, arn::presented(&route.route)))
            }
            Asking::Authorizer(own) => pattern.matches(&format!("{}/authorizers/{}", api.id, own.id)),
        })
    }
}
