//! What a template says: its grants and its routes, for people and as JSON.

use super::human::{Style, counted, heading, printable};
use super::json;
use crate::json::{Lines, Span};
use crate::template::{
    Asking, Coverage, Covered, Grant, LeftOut, Origin, Presented, Resolved, Row, Target, Template,
};
use serde_json::{Value, json};

/// A template's text, for places.
#[derive(Debug)]
pub struct Places<'t> {
    name: &'t str,
    source: &'t str,
    lines: Lines,
}

impl<'t> Places<'t> {
    /// The places of a template.
    pub fn of(template: &'t Template) -> Self {
        let document = template.document();
        Self { name: document.name(), source: document.source(), lines: template.lines() }
    }

    /// `file:line:column`.
    pub fn place(&self, span: Span) -> String {
        let place = self.lines.place(self.source, span.start);
        format!("{}:{}:{}", printable(self.name), place.line, place.column)
    }

    fn range(&self, span: Span) -> Value {
        json::range_of(span, |byte| self.lines.place(self.source, byte))
    }

    fn origin(&self, origin: &Origin) -> Value {
        json!({
            "logical_id": origin.logical_id,
            "generated_from": origin.generated_from,
            "condition": origin.condition,
            "deployed": origin.deployed,
            "range": self.range(origin.span),
        })
    }

    /// A grant as JSON.
    pub fn grant(&self, grant: &Grant) -> Value {
        let text = |text: &Option<Resolved>| text.as_ref().map(Resolved::text).map(str::to_owned);
        json!({
            "function": grant.function.text(),
            "qualifier": text(&grant.qualifier),
            "principal": grant.principal.text(),
            "action": grant.action.text(),
            "source_arn": text(&grant.source_arn),
            "source_account": text(&grant.source_account),
            "principal_org_id": text(&grant.principal_org_id),
            "event_source_token": text(&grant.event_source_token),
            "function_url_auth_type": text(&grant.function_url_auth_type),
            "via_function_url": grant.via_function_url,
            "origin": self.origin(&grant.origin),
        })
    }

    /// What was left out, as JSON.
    pub fn left_out(&self, left_out: &LeftOut) -> Value {
        json!({ "message": left_out.message, "range": self.range(left_out.span) })
    }

    /// A grant for people: two lines, or three.
    pub fn tell_grant(&self, grant: &Grant, style: Style) -> String {
        let by = match &grant.origin.generated_from {
            Some(from) => format!(" (by SAM from {})", printable(from)),
            None => String::new(),
        };
        let place = self.place(grant.origin.span);
        let head = format!("{}{by} {place}", printable(&grant.origin.logical_id));
        let mut told = heading(&head, style);
        let qualifier = grant.qualifier.as_ref().map(|qualifier| format!(":{qualifier}")).unwrap_or_default();
        told += &format!(
            "  {} may {} {}\n",
            printable(grant.principal.text()),
            printable(grant.action.text()),
            printable(&format!("{}{qualifier}", grant.function))
        );
        if let Some(arn) = &grant.source_arn {
            told += &format!("  from {}\n", printable(arn.text()));
        }
        if let Some(account) = &grant.source_account {
            told += &format!("  of the account {}\n", printable(account.text()));
        }
        if let Some(condition) = &grant.origin.condition {
            let condition = printable(condition);
            match grant.origin.deployed {
                Some(true) => {}
                Some(false) => told += &format!("  not deployed: the condition {condition} does not hold\n"),
                None => told += &format!("  only if the condition {condition} holds\n"),
            }
        }
        told
    }
}

/// A route or an authorizer as JSON.
pub fn row(covered: &Row<'_>, coverage: &Coverage<'_>, places: &Places<'_>) -> Value {
    let row = &covered.presented;
    let (function, by_role) = match row.asking.target() {
        Target::Lambda { function, by_role } => (Some(function.text()), *by_role),
        Target::Other => (None, false),
    };
    let (route, authorizer) = asking(row);
    json!({
        "api": row.api.id.text(),
        "flavor": row.api.flavor.facts().name,
        "stage": row.stage,
        "route": route,
        "function": function,
        "by_role": by_role,
        "authorizer": authorizer,
        "source_arn": row.source_arn,
        "covered": covered.covered.name(),
        "covered_by": coverage.ids(covered),
        "tests_in_console": covered.tests_in_console,
        "origin": places.origin(row.asking.origin()),
    })
}

/// The route key, and the authorizer: of the route, or the one that asks.
fn asking<'m>(row: &Presented<'m>) -> (Option<String>, Option<&'m str>) {
    match row.asking {
        Asking::Route(route) => (Some(route.route.to_string()), route.authorizer.as_deref()),
        Asking::Authorizer(authorizer) => (None, Some(&authorizer.name)),
    }
}

/// Whether a row is covered, and by what.
fn told(row: &Row<'_>, coverage: &Coverage<'_>) -> String {
    let by = match coverage.ids(row).as_slice() {
        [] => String::new(),
        [id] => format!(" by {id}"),
        ids => format!(" by {}", counted(ids.len(), "grant")),
    };
    match (row.covered, row.presented.asking.target()) {
        (Covered::NotAsked, Target::Lambda { by_role: true, .. }) => "by role".to_owned(),
        (Covered::NotAsked, _) => "-".to_owned(),
        (Covered::NotDeployed, _) => "not deployed".to_owned(),
        (covered, _) => format!("{}{by}", covered.name()),
    }
}

fn cells(row: &Row<'_>, coverage: &Coverage<'_>) -> [String; 7] {
    let told = told(row, coverage);
    let row = &row.presented;
    let function = match row.asking.target() {
        Target::Lambda { function, .. } => Some(function.text().to_owned()),
        Target::Other => None,
    };
    let (route, authorizer) = asking(row);
    let api = Some(row.api.id.text().to_owned());
    let authorizer = authorizer.map(str::to_owned);
    let cells = [api, row.stage.clone(), route, function, authorizer, Some(told), row.source_arn.clone()];
    cells.map(|cell| printable(cell.as_deref().unwrap_or("-")))
}

/// Routes for people: a table.
pub fn routes(coverage: &Coverage<'_>, style: Style) -> String {
    let head =
        ["API", "STAGE", "ROUTE", "FUNCTION", "AUTHORIZER", "COVERED", "SOURCE ARN"].map(str::to_owned);
    let cells: Vec<_> = coverage.rows.iter().map(|row| cells(row, coverage)).collect();
    let mut widths = [0; 7];
    for row in std::iter::once(&head).chain(&cells) {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |row: &[String; 7]| {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line += &format!("{cell:width$}  ");
        }
        line.trim_end().to_owned()
    };
    let mut table = heading(&line(&head), style);
    for row in &cells {
        table += &(line(row) + "\n");
    }
    table
}
