//! Results that are surely clean, found by one pass over their bytes, without a copy of anything.
//!
//! Nothing is known here about front ends. A result is taken apart into traits: that it has a map
//! of headers, a header of that name, a body of JSON with that content type, a status of 4xx. The
//! full judge is asked once about a sample of each trait; a result that has no traits but those in
//! whose samples the judge finds nothing is clean. What is not one of the traits is never clean
//! here, and goes to the full judge. That the two never disagree is a law in the tests.

mod body;
mod names;
mod samples;
mod scan;
#[cfg(test)]
mod tests;

use super::advice::Expected;
use crate::gateway::{Exchange, Front};
use body::Body;
use names::{MediaType, NAMES, Seen};
use samples::Trait;
use scan::{Cursor, Step};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// After that many documents it pays to ask about the samples.
const WORTHWHILE: usize = 24;

/// The traits that a front end has no complaint about: those of [`Trait`], and of [`NAMES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Traits {
    parts: u32,
    names: u32,
}

impl Traits {
    fn has(self, part: Trait) -> bool {
        self.parts & part.bit() != 0
    }

    fn include(self, others: Self) -> bool {
        others.parts & !self.parts == 0 && others.names & !self.names == 0
    }
}

/// Tells at a glance which results of one call need no judge.
#[derive(Debug, Default)]
pub struct Quick {
    documents: AtomicUsize,
    clean: OnceLock<Traits>,
}

impl Quick {
    /// For many documents of one call: the same front end, exchange and expectations each time.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether [`judge`](super::judge()) would surely find nothing in these bytes, not even advice,
    /// and the front end would use them. False says nothing. The first documents are never looked
    /// at: for so few it does not pay to prepare.
    pub fn surely_clean(
        &self,
        bytes: &[u8],
        front: Front,
        exchange: &Exchange<'_>,
        expected: &Expected,
    ) -> bool {
        let clean = match self.clean.get() {
            Some(clean) => clean,
            None if self.documents.fetch_add(1, Ordering::Relaxed) < WORTHWHILE => return false,
            None => self.clean.get_or_init(|| samples::ask(front, exchange, expected)),
        };
        clean.has(Trait::Status)
            && fits(bytes, exchange)
            && traits(bytes).is_some_and(|own| clean.include(own))
    }
}

/// Whether the size is far from the limit.
fn fits(bytes: &[u8], exchange: &Exchange<'_>) -> bool {
    bytes.len() <= exchange.api.flavor.facts().max_result_bytes / 2
}

/// What a result consists of; nothing if something in it is unusual.
fn traits(bytes: &[u8]) -> Option<Traits> {
    let mut reading = Reading::default();
    let mut cursor = Cursor { bytes, at: 0 };
    cursor.space();
    reading.result(&mut cursor)?;
    cursor.space();
    let whole = cursor.peek().is_none() && std::str::from_utf8(bytes).is_ok();
    if whole { reading.judged() } else { None }
}

/// The members of a result, as far as they were read.
#[derive(Default)]
struct Reading<'b> {
    parts: u32,
    members: u32,
    status: &'b [u8],
    description: Option<&'b [u8]>,
    body: Option<Body>,
    seen: Seen<'b>,
}

impl<'b> Reading<'b> {
    fn result(&mut self, cursor: &mut Cursor<'b>) -> Step {
        cursor.take(b"{")?;
        cursor.space();
        loop {
            self.member(cursor)?;
            if !cursor.goes_on(b'}')? {
                return Some(());
            }
        }
    }

    fn member(&mut self, cursor: &mut Cursor<'b>) -> Step {
        let key = cursor.plain_string()?;
        cursor.mark(b':')?;
        let place = match key {
            b"statusCode" => {
                self.status = status(cursor)?;
                0
            }
            b"headers" => {
                self.headers(cursor)?;
                1
            }
            b"multiValueHeaders" => {
                self.lists(cursor)?;
                2
            }
            b"body" => {
                self.body = Some(cursor.body()?);
                3
            }
            b"isBase64Encoded" => {
                cursor.take(b"false")?;
                self.parts |= Trait::Flag.bit();
                4
            }
            b"cookies" => {
                self.cookies(cursor)?;
                5
            }
            b"statusDescription" => {
                self.description = Some(cursor.plain_string()?);
                self.parts |= Trait::Description.bit();
                6
            }
            _ => return None,
        };
        let again = self.members & (1 << place) != 0;
        self.members |= 1 << place;
        (!again).then_some(())
    }

    /// The map of single values.
    fn headers(&mut self, cursor: &mut Cursor<'b>) -> Step {
        let shape = self.map(cursor, |seen, cursor, name| seen.note(name, cursor.quoted_string()?))?;
        self.parts |= [Trait::NullHeaders, Trait::NoHeaders, Trait::Headers][shape].bit();
        Some(())
    }

    /// The map of lists, of which each has one value.
    fn lists(&mut self, cursor: &mut Cursor<'b>) -> Step {
        let shape = self.map(cursor, |seen, cursor, name| {
            cursor.take(b"[")?;
            cursor.space();
            let value = cursor.quoted_string()?;
            cursor.space();
            cursor.take(b"]")?;
            seen.note(name, value)
        })?;
        self.parts |= [Trait::NullLists, Trait::NoLists, Trait::Lists][shape].bit();
        Some(())
    }

    /// A map of headers: 0 for null, 1 for an empty one, 2 for another one.
    fn map(
        &mut self,
        cursor: &mut Cursor<'b>,
        header: fn(&mut Seen<'b>, &mut Cursor<'b>, &'b [u8]) -> Step,
    ) -> Step<usize> {
        if cursor.peek()? == b'n' {
            return cursor.take(b"null").map(|()| 0);
        }
        cursor.take(b"{")?;
        cursor.space();
        if cursor.peek()? == b'}' {
            return cursor.take(b"}").map(|()| 1);
        }
        loop {
            let name = cursor.plain_string()?;
            cursor.mark(b':')?;
            header(&mut self.seen, cursor, name)?;
            if !cursor.goes_on(b'}')? {
                return Some(2);
            }
        }
    }

    fn cookies(&mut self, cursor: &mut Cursor<'b>) -> Step {
        if cursor.peek()? == b'n' {
            self.parts |= Trait::NullCookies.bit();
            return cursor.take(b"null");
        }
        self.parts |= Trait::NoCookies.bit();
        cursor.take(b"[")?;
        cursor.space();
        cursor.take(b"]")
    }

    /// The traits, if the members fit together.
    fn judged(self) -> Option<Traits> {
        let status = match self.status {
            b"204" | b"205" => Trait::NoContent,
            [b'2', ..] => Trait::Status,
            b"301" | b"302" | b"303" | b"307" | b"308" if self.seen.lead_elsewhere() => Trait::Redirect,
            [b'4', ..] => Trait::ClientError,
            [b'5', ..] => Trait::ServerError,
            _ => return None,
        };
        let body = match (self.body.unwrap_or(Body::Nothing), self.seen.content_type) {
            _ if status == Trait::NoContent && self.body.is_some_and(|body| body != Body::Nothing) => {
                return None;
            }
            (Body::Nothing, None) if self.body.is_none() => 0,
            (Body::Nothing, None) => Trait::EmptyBody.bit(),
            (Body::Json, Some(MediaType::Json)) => Trait::Json.bit(),
            (Body::Json, None) => Trait::JsonByDefault.bit(),
            (Body::Markup, Some(MediaType::Markup)) => Trait::Markup.bit(),
            (Body::Words, Some(MediaType::Plain)) => Trait::Words.bit(),
            (Body::Words, None) => Trait::WordsByDefault.bit(),
            _ => return None,
        };
        let described = self.description.is_none_or(|text| describes(text, self.status));
        let parts = self.parts | status.bit() | body;
        let names = self.seen.names;
        (described && self.seen.make_sense()).then_some(Traits { parts, names })
    }
}

/// The digits of a status.
fn status<'b>(cursor: &mut Cursor<'b>) -> Step<&'b [u8]> {
    let digits = cursor.bytes.get(cursor.at..cursor.at + 3)?;
    cursor.at += 3;
    let more = cursor.peek()?;
    let whole =
        digits.iter().all(u8::is_ascii_digit) && matches!(more, b',' | b'}' | b' ' | b'\n' | b'\r' | b'\t');
    whole.then_some(digits)
}

/// Whether a status description is the status, a space, and words.
fn describes(text: &[u8], status: &[u8]) -> bool {
    let phrase = text.strip_prefix(status).and_then(|rest| rest.strip_prefix(b" "));
    phrase.is_some_and(|phrase| phrase.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b' '))
}
