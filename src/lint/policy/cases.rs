//! What a rule about policies looks at.

use super::{GrantCase, Spotted, Stated};
use crate::json::{Part, Pointer, Span};
use crate::policy::{Carried, CarrierKind, Condition, Effect, Spot, Statement};
use crate::template::{Api, Coverage, Given, Miss, Model, Suggestion};

/// How a rule looks for what it is about: at each grant, at each policy, or at a whole template.
#[derive(Debug, Clone, Copy)]
pub enum PolicyCheck {
    /// At each statement that lets somebody invoke a function, in whatever it stands.
    Grant(fn(&GrantCase<'_>) -> Vec<Spotted>),
    /// At each policy document.
    Policy(fn(&PolicyCase<'_>) -> Vec<Spotted>),
    /// At the routes and grants of a template or of a deployment together.
    Template(fn(&TemplateCase<'_>) -> Vec<Spotted>),
}

/// A policy, with what holds it and where its parts stand.
#[derive(Debug, Clone, Copy)]
pub struct PolicyCase<'a> {
    /// The policy.
    pub carried: &'a Carried<'a>,
    /// The REST API of a template that it belongs to.
    pub api: Option<&'a Api>,
}

/// A template.
#[derive(Debug, Clone, Copy)]
pub struct TemplateCase<'a> {
    /// What it describes.
    pub model: &'a Model,
    /// Which of its grants cover which routes.
    pub coverage: &'a Coverage<'a>,
    /// For each row of it that nothing covers, the grant that gets furthest.
    pub nearest: &'a [Option<Miss>],
    /// The grants that would cover every row, where something is not covered.
    pub suggested: &'a [Suggestion<'a>],
    /// What is known of the deployment.
    pub given: &'a Given,
}

impl<'a> PolicyCase<'a> {
    /// Whether it is the policy of a REST API. A document by itself shows it by its principals, and by
    /// actions or resources of `execute-api`.
    pub fn is_of_api(&self) -> bool {
        let is_execute_api = |spot: &Spot| {
            let text = spot.text.to_ascii_lowercase();
            text.starts_with("execute-api:") || (text.starts_with("arn:") && text.contains(":execute-api:"))
        };
        let shows = |own: &Statement| {
            let texts = [own.actions.as_ref(), own.resources.as_ref()].into_iter().flatten();
            own.principals.is_some() && texts.flat_map(|own| &own.values).any(is_execute_api)
        };
        let statements = &self.carried.document.statements;
        match self.carried.kind {
            CarrierKind::RestApi => true,
            CarrierKind::Document => !statements.is_empty() && statements.iter().all(shows),
            _ => false,
        }
    }

    /// Its statements of that effect.
    pub fn statements(&self, effect: Effect) -> impl Iterator<Item = &'a Statement> + use<'a> {
        self.carried.document.statements.iter().filter(move |own| own.effect == Some(effect))
    }

    /// A text of it.
    pub fn stated(&self, spot: &'a Spot) -> Stated<'a> {
        Stated::Policy(self.carried, spot)
    }

    /// A case about some bytes of a text of it.
    pub fn within(&self, spot: &'a Spot, bytes: Span, message: impl Into<String>, label: &str) -> Spotted {
        Spotted::within(&self.stated(spot), bytes, message, label)
    }

    /// A case about a value of it, or its key.
    pub fn about(&self, at: &Pointer, part: Part, message: impl Into<String>, label: &str) -> Spotted {
        let span = self.carried.span(at, part).unwrap_or(Span::new(0, 0));
        let spotted = Spotted::placed(span, message, label);
        match self.carried.pointer(at) {
            Some(pointer) => spotted.about(pointer),
            None => spotted,
        }
    }
}

/// Whether a condition holds for a request without its key (P-069, P-070); `None` where that is what
/// it asks, or where it says so by `IfExists`.
pub fn holds_without_key(condition: &Condition) -> Option<bool> {
    use crate::policy::{Comparison, SetOperator};
    let operator = condition.known.filter(|own| own.comparison != Comparison::Missing && !own.if_exists)?;
    Some(match operator.set {
        Some(SetOperator::ForAllValues) => true,
        Some(SetOperator::ForAnyValue) => false,
        None => operator.negated,
    })
}
