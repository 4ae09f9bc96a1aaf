//! Policies ready to be asked.
//!
//! Statements of one policy have much in common: the grants of a function differ in their source ARN
//! and in nothing else. So every question that some statement asks about a request stands in the
//! policy once and has a number, a statement is a list of numbers, and a decision keeps the answers
//! that it has.

use super::document::{Document, Effect, Statement};
use super::question::{Element, Question, Said};
use super::request::{Decision, Request, Values};
use std::collections::HashMap;

/// A compiled policy.
///
/// It knows its document's statements by their place, so that reasons can tell of them.
#[derive(Debug, Clone)]
pub struct Policy {
    questions: Vec<Question>,
    /// The condition keys in lower case, each one once; questions know them by their place here.
    keys: Vec<Box<str>>,
    /// What can decide. Statements that deny come first: one that is about a request decides.
    clauses: Vec<Clause>,
    /// All statements in the order of the document, for reasons.
    statements: Vec<Compiled>,
}

/// What a decision needs of a statement.
#[derive(Debug, Clone)]
struct Clause {
    effect: Effect,
    /// The numbers of its questions. What most other statements ask as well comes first: its answer
    /// is there already.
    questions: Box<[usize]>,
}

/// A statement, and the numbers of its questions: about principal, action and resource as far as it
/// has them, then about each condition.
#[derive(Debug, Clone)]
pub(super) struct Compiled {
    pub(super) statement: Statement,
    questions: Vec<usize>,
}

impl Policy {
    /// Compiles a document. Statements without a known effect, without actions or resources, and
    /// conditions with an operator that IAM does not know, are about nothing.
    ///
    /// `api` is the ARN of the API whose own policy this is: resources such as `execute-api:/*` are
    /// short for its ARNs (P-131). Without it they match nothing.
    pub fn new(document: &Document, api: Option<&str>) -> Self {
        let mut policy =
            Self { questions: Vec::new(), keys: Vec::new(), clauses: Vec::new(), statements: Vec::new() };
        let mut numbers = HashMap::new();
        for statement in &document.statements {
            let number = |element| policy.number(element, &mut numbers, document.has_variables(), api);
            let questions = Element::all(statement).map(number).collect();
            policy.statements.push(Compiled { statement: statement.clone(), questions });
        }
        policy.clauses = policy.clauses();
        policy
    }

    /// The number of an element's question, which is compiled unless another element asks the same.
    fn number<'d>(
        &mut self,
        element: Element<'d>,
        numbers: &mut HashMap<Said<'d>, usize>,
        variables: bool,
        api: Option<&str>,
    ) -> usize {
        *numbers.entry(element.said()).or_insert_with(|| {
            self.questions.push(Question::new(element, variables, api, &mut self.keys));
            self.questions.len() - 1
        })
    }

    fn clauses(&self) -> Vec<Clause> {
        let mut uses = vec![0_usize; self.questions.len()];
        let numbers = self.statements.iter().flat_map(|compiled| &compiled.questions);
        numbers.for_each(|number| uses[*number] += 1);
        let clause = |compiled: &Compiled| {
            let mut questions = compiled.questions.clone();
            questions.sort_by_key(|number| std::cmp::Reverse(uses[*number]));
            let effect = compiled.statement.effect.filter(|_| compiled.is_whole())?;
            Some(Clause { effect, questions: questions.into() })
        };
        let mut clauses: Vec<_> = self.statements.iter().filter_map(clause).collect();
        clauses.sort_by_key(|clause| clause.effect != Effect::Deny);
        clauses
    }

    /// What the policy says about a request (P-080). The order of statements does not matter.
    pub fn decide(&self, request: &Request) -> Decision {
        let mut answers = Answers::new(self, request);
        let is_about = |clause: &&Clause| clause.questions.iter().all(|number| answers.get(*number));
        match self.clauses.iter().find(is_about).map(|clause| clause.effect) {
            Some(Effect::Deny) => Decision::ExplicitDeny,
            Some(Effect::Allow) => Decision::Allowed,
            None => Decision::ImplicitDeny,
        }
    }

    pub(super) fn statements(&self) -> &[Compiled] {
        &self.statements
    }

    /// The questions of a statement: about principal, action and resource as far as it has them,
    /// then about each condition.
    pub(super) fn questions<'p>(&'p self, compiled: &'p Compiled) -> impl Iterator<Item = &'p Question> {
        compiled.questions.iter().map(|number| &self.questions[*number])
    }
}

impl Compiled {
    /// Whether it has what a statement needs to be about anything.
    pub(super) fn is_whole(&self) -> bool {
        self.statement.actions.is_some() && self.statement.resources.is_some()
    }
}

/// The answers to a policy's questions about one request, as far as they were needed.
///
/// Nothing here is on the heap, so there is room for the first keys and questions only: a policy
/// within the limit of 20,480 bytes (P-096) has hardly more that are worth it. Others are looked up
/// or asked again.
struct Answers<'a> {
    policy: &'a Policy,
    request: &'a Request,
    /// The request's values of the first keys.
    found: [Option<&'a Values>; 8],
    /// The answers to the first questions.
    known: [Option<bool>; 64],
}

impl<'a> Answers<'a> {
    fn new(policy: &'a Policy, request: &'a Request) -> Self {
        let mut found = [None; 8];
        for (found, key) in found.iter_mut().zip(&policy.keys) {
            *found = request.context.get_lower(key);
        }
        Self { policy, request, found, known: [None; 64] }
    }

    /// The answer to a question.
    fn get(&mut self, number: usize) -> bool {
        if let Some(Some(answer)) = self.known.get(number) {
            return *answer;
        }
        let answer = match &self.policy.questions[number] {
            Question::Condition { key, test } => {
                let context = &self.request.context;
                let found = self.found.get(*key).copied().unwrap_or_else(|| test.found(context));
                test.holds_of(found, context)
            }
            question => question.holds(self.request),
        };
        if let Some(known) = self.known.get_mut(number) {
            *known = Some(answer);
        }
        answer
    }
}
