//! From the words of a line to its request.

use super::body::Load;
use super::options::{self, Effect, Opt};
use super::pieces::Pieces;
use super::words::{Line, Word, split};
use super::{CurlRequest, assemble};
use crate::http::encoding;
use crate::import::ImportError;
use crate::json::Span;
use std::io;

/// Reads a curl command line of sh, cmd.exe or PowerShell. `load` gives the bytes of a file that
/// the line names (`-` is standard input).
///
/// # Errors
/// [`ImportError`] with the place in the line.
pub fn parse(
    line: &str,
    load: &mut dyn FnMut(&str) -> io::Result<Vec<u8>>,
) -> Result<CurlRequest, ImportError> {
    let Line { commands, variables } = split(line)?;
    let (words, piped) = curl_words(&commands, line)?;
    let mut load = |path: &str| match (&piped, path) {
        (Some(bytes), "-") => Ok(bytes.clone()),
        _ => load(path),
    };
    let mut pieces = Pieces::default();
    options(words, &mut pieces, &mut load)?;
    let names = variables.iter().map(|name| format!("${name}")).collect::<Vec<_>>();
    if !names.is_empty() {
        let note =
            format!("variables of the shell are not filled in, their names stay: {}", names.join(", "));
        pieces.notes.push(note);
    }
    assemble::request(pieces, Span::new(0, line.len()))
}

/// The words behind `curl`, and what a pipe in front of it feeds it.
fn curl_words<'w>(
    commands: &'w [Vec<Word>],
    line: &str,
) -> Result<(&'w [Word], Option<Vec<u8>>), ImportError> {
    let whole = Span::new(0, line.len());
    for (index, words) in commands.iter().enumerate() {
        if let Some(at) = curl_at(words) {
            return Ok((&words[at + 1..], piped(&commands[..index])));
        }
    }
    let first = commands.first().and_then(|words| words.first());
    let Some(first) = first else {
        return Err(ImportError::new(whole, "there is no command here").hint("give a curl command line"));
    };
    let name = first.text();
    let hint = match name.to_ascii_lowercase().as_str() {
        "wget" | "http" | "https" | "xh" | "invoke-webrequest" | "iwr" | "fetch" => {
            "copy the request as cURL: browsers offer sh and cmd forms"
        }
        _ => "the line begins with `curl`, behind a prompt or variables at most",
    };
    let shown: String = name.chars().take(30).collect();
    let message = format!("this is not a curl command: it begins with `{}`", shown.escape_debug());
    Err(ImportError::new(first.span, message).hint(hint))
}

/// Where `curl` stands: behind assignments and words such as `sudo` only.
fn curl_at(words: &[Word]) -> Option<usize> {
    for (index, word) in words.iter().enumerate() {
        let text = word.text();
        let name = text.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
        if name == "curl" || name == "curl.exe" {
            return Some(index);
        }
        let is_assignment = text.split_once('=').is_some_and(|(name, _)| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        });
        if !is_assignment && !["env", "sudo", "time", "command", "exec"].contains(&text.as_str()) {
            return None;
        }
    }
    None
}

/// What `echo TEXT | base64 -d |`, `echo TEXT |` or `printf TEXT |` feeds the next command.
fn piped(before: &[Vec<Word>]) -> Option<Vec<u8>> {
    let (first, rest) = before.split_first()?;
    let (command, arguments) = first.split_first()?;
    let mut bytes = Vec::new();
    let options = arguments.iter().take_while(|word| matches!(word.bytes.as_slice(), b"-n" | b"-e"));
    let skipped = options.count();
    for word in &arguments[skipped..] {
        if !bytes.is_empty() {
            bytes.push(b' ');
        }
        bytes.extend_from_slice(&word.bytes);
    }
    match (command.bytes.as_slice(), rest) {
        (b"printf", []) => Some(bytes),
        (b"echo", []) => {
            if skipped == 0 {
                bytes.push(b'\n');
            }
            Some(bytes)
        }
        (b"echo" | b"printf", [decode]) => {
            let [command, flag] = decode.as_slice() else { return None };
            let is_decode = matches!(flag.bytes.as_slice(), b"-d" | b"-D" | b"--decode");
            let text = String::from_utf8(bytes).ok()?;
            (command.bytes == b"base64" && is_decode).then(|| encoding::base64_decode(text.trim()))?
        }
        _ => None,
    }
}

/// Reads every option and URL.
fn options(words: &[Word], pieces: &mut Pieces, load: Load<'_>) -> Result<(), ImportError> {
    let mut words = words.iter();
    let mut only_urls = false;
    while let Some(word) = words.next() {
        let text = word.text();
        if only_urls || !text.starts_with('-') || text == "-" {
            pieces.add_url(text, word.span)?;
        } else if text == "--" {
            only_urls = true;
        } else if let Some(name) = text.strip_prefix("--") {
            let (name, joined) = match name.split_once('=') {
                Some((name, _)) => (name, Some(&word.bytes[name.len() + 3..])),
                None => (name, None),
            };
            let opt = options::long(name).ok_or_else(|| unknown(name, &text, word.span))?;
            let span = word.span;
            match (opt.takes_value, joined) {
                (false, _) => pieces.take(opt.effect, b"", span, load)?,
                (true, Some(value)) => pieces.take(opt.effect, value, span, load)?,
                (true, None) => {
                    let value = value_of(opt, &mut words, span)?;
                    pieces.take(opt.effect, &value.bytes, value.span, load)?;
                }
            }
        } else {
            letters(word, &text, &mut words, pieces, load)?;
        }
    }
    Ok(())
}

/// `-sSLX POST`: letters in one word; the first that takes a value has the rest of the word.
fn letters(
    word: &Word,
    text: &str,
    words: &mut std::slice::Iter<'_, Word>,
    pieces: &mut Pieces,
    load: Load<'_>,
) -> Result<(), ImportError> {
    for (at, letter) in text.char_indices().skip(1) {
        let opt = options::short(letter)
            .ok_or_else(|| unknown(&letter.to_string(), &format!("-{letter}"), word.span))?;
        if !opt.takes_value {
            pieces.take(opt.effect, b"", word.span, load)?;
            continue;
        }
        let rest = word.bytes.get(at + letter.len_utf8()..).unwrap_or_default();
        if rest.is_empty() {
            let value = value_of(opt, words, word.span)?;
            return pieces.take(opt.effect, &value.bytes, value.span, load);
        }
        return pieces.take(opt.effect, rest, word.span, load);
    }
    Ok(())
}

fn value_of<'w>(
    opt: Opt,
    words: &mut std::slice::Iter<'w, Word>,
    span: Span,
) -> Result<&'w Word, ImportError> {
    words.next().ok_or_else(|| {
        let hint = match opt.effect {
            Effect::Nothing => "leave it out: it does not change the request",
            _ => "the line may have been cut off: copy all of it",
        };
        ImportError::new(span, format!("--{} needs a value, and the line ends", opt.name)).hint(hint)
    })
}

fn unknown(name: &str, shown: &str, span: Span) -> ImportError {
    let shown: String = shown.split('=').next().unwrap_or_default().chars().take(40).collect();
    let error = ImportError::new(span, format!("`{}` is not an option of curl", shown.escape_debug()));
    match options::nearest(name) {
        Some(nearest) => error.hint(format!("did you mean --{nearest}?")),
        None => {
            error.hint("see `curl --help all`; an option that does not change the request may be left out")
        }
    }
}
