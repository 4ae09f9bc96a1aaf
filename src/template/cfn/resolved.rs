//! A text of a template after its functions were carried out, and where each part of it stands.

use crate::json::Span;
use std::fmt;
use std::ops::Range;

/// A text, possibly put together from several places of a template. What is not known before the
/// deployment stays in it as `${AWS::Region}`, `${MyApi}` or `${MyApi.Arn}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    text: String,
    span: Span,
    open: bool,
    pieces: Vec<Piece>,
}

/// A run of the text that comes from one place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    /// Where it begins in the text.
    at: usize,
    /// Where it comes from.
    span: Span,
    /// Whether the bytes there are the bytes of the text.
    exact: bool,
}

impl Resolved {
    /// An empty text that stands at that place.
    pub(in crate::template) fn empty(span: Span) -> Self {
        Self { text: String::new(), span, open: false, pieces: Vec::new() }
    }

    /// A text that is known, though not written like this in the template.
    pub(in crate::template) fn known(text: impl Into<String>, span: Span) -> Self {
        let mut resolved = Self::empty(span);
        resolved.push(&text.into(), span, false);
        resolved
    }

    /// A text as a scalar of the source at that place has it.
    pub(in crate::template) fn written(text: &str, span: Span, source: &str) -> Self {
        let mut resolved = Self::empty(span);
        let inside = inside(text, span, source);
        resolved.push(text, inside.unwrap_or(span), inside.is_some());
        resolved
    }

    /// A reference to what only the deployment knows.
    pub(in crate::template) fn unknown(name: &str, span: Span) -> Self {
        Self { open: true, ..Self::known(format!("${{{name}}}"), span) }
    }

    /// Adds text from a place; `exact` says that the bytes are the same there.
    pub(in crate::template) fn push(&mut self, text: &str, span: Span, exact: bool) {
        if !text.is_empty() {
            self.pieces.push(Piece { at: self.text.len(), span, exact });
            self.text.push_str(text);
        }
    }

    /// Adds another text with its places.
    pub(in crate::template) fn append(&mut self, other: &Self) {
        let offset = self.text.len();
        self.pieces.extend(other.pieces.iter().map(|piece| Piece { at: piece.at + offset, ..piece.clone() }));
        self.text.push_str(&other.text);
        self.open |= other.open;
    }

    /// The same text as one that stands elsewhere as a whole.
    #[must_use]
    pub(in crate::template) fn standing_at(mut self, span: Span) -> Self {
        self.span = span;
        self
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the template that the whole text comes from.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Whether something in it is known only after the deployment.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// A part of the text.
    #[must_use]
    pub(in crate::template) fn part(&self, part: Range<usize>) -> Self {
        let text = self.text.get(part.clone()).unwrap_or_default();
        let open = self.open && text.contains("${");
        let mut resolved = Self { open, ..Self::empty(self.span_of(part.clone())) };
        // Runs of the text that lie in one piece keep their place.
        let starts = self.pieces.iter().map(|piece| piece.at.clamp(part.start, part.end));
        let ends = starts.clone().skip(1).chain([part.end]);
        for ((start, end), piece) in starts.zip(ends).zip(&self.pieces) {
            let own = if piece.exact { self.span_of(start..end) } else { piece.span };
            resolved.push(self.text.get(start..end).unwrap_or_default(), own, piece.exact);
        }
        resolved
    }

    /// The bytes of the template that a part of the text is; `None` if it is not written like this.
    pub fn exact_span_of(&self, part: Range<usize>) -> Option<Span> {
        let piece = self.pieces.iter().rev().find(|piece| piece.at <= part.start)?;
        let next = self.pieces.iter().map(|piece| piece.at).find(|at| *at > piece.at);
        let end = next.unwrap_or(self.text.len());
        (piece.exact && part.end <= end).then(|| self.span_of(part))
    }

    /// The bytes of the template that a part of the text comes from: exactly these bytes where the
    /// text is written like this, else all of the value that they come from.
    pub fn span_of(&self, part: Range<usize>) -> Span {
        let piece = |at: usize| self.pieces.iter().rev().find(|piece| piece.at <= at);
        let (Some(first), Some(last)) =
            (piece(part.start), piece(part.end.saturating_sub(1).max(part.start)))
        else {
            return self.span;
        };
        let inside = |piece: &Piece, at: usize| (piece.span.start + at - piece.at).min(piece.span.end);
        let start = if first.exact { inside(first, part.start) } else { first.span.start };
        let end = if last.exact { inside(last, part.end.max(last.at)) } else { last.span.end };
        Span::new(start, end.max(start))
    }
}

/// The bytes between the quotes of a scalar, if they are those of its text.
pub(super) fn inside(text: &str, span: Span, source: &str) -> Option<Span> {
    let raw = source.get(span.start..span.end)?;
    // A block of one line has its line break, too.
    if raw == text || raw.trim_end_matches(['\r', '\n', ' ']) == text {
        return Some(Span::new(span.start, span.start + text.len()));
    }
    let quoted = raw.len() == text.len() + 2 && raw.get(1..raw.len() - 1) == Some(text);
    quoted.then(|| Span::new(span.start + 1, span.end - 1))
}

impl fmt::Display for Resolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
