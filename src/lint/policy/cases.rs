//! What a rule about policies looks at.

use super::{GrantCase, Spotted};
use crate::policy::Carried;
use crate::template::{Given, Model};

/// How a rule looks for what it is about: at each grant, at each policy, or at a whole template.
#[derive(Debug, Clone, Copy)]
pub enum PolicyCheck {
    /// At each statement that lets somebody invoke a function, in whatever it stands.
    Grant(fn(&GrantCase<'_>) -> Vec<Spotted>),
    /// At all grants of a policy or a template together.
    Grants(fn(&[GrantCase<'_>]) -> Vec<Spotted>),
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
}

/// A template.
#[derive(Debug, Clone, Copy)]
pub struct TemplateCase<'a> {
    /// What it describes.
    pub model: &'a Model,
    /// What is known of the deployment.
    pub given: &'a Given,
}
