//! `--jwks`: the keys with which authorizers verify tokens, from a file or from their issuer.

use super::super::exit::Fault;
use super::super::io::Io;
use super::ApiFlags;
use super::plan::PlannedApi;
use crate::gateway::door::{GuardKind, Jwks};
use crate::http::secret::hidden_url;
use crate::http::{Request, Target};
use crate::report::human::printable;
use crate::transport::{SendOptions, send};
use std::collections::BTreeMap;

/// Gives each authorizer of tokens its keys.
///
/// # Errors
/// An authorizer for which there are none, and key sets that cannot be had or read.
pub(super) async fn give(apis: &mut [PlannedApi], flags: &ApiFlags, io: &mut Io) -> Result<(), Fault> {
    let mut read: BTreeMap<String, Jwks> = BTreeMap::new();
    for api in apis {
        for guard in &mut api.deployment.guards {
            let GuardKind::Jwt { rules, .. } = &mut guard.kind else { continue };
            let source = flags.jwks_of(&guard.name).ok_or_else(|| {
                let (api, name) = (printable(&api.name), printable(&guard.name));
                Fault::usage(format!(
                    "{api}: the authorizer {name} verifies tokens of {}, whose keys are not given",
                    printable(&rules.issuer)
                ))
                .hint(format!(
                    "--jwks FILE|URL gives them, such as {}/.well-known/jwks.json; --no-auth {name} lets \
                     everybody in",
                    printable(rules.issuer.trim_end_matches('/'))
                ))
            })?;
            if !read.contains_key(source) {
                read.insert(source.to_owned(), keys(source, io).await?);
            }
            rules.keys = read[source].clone();
        }
    }
    Ok(())
}

impl ApiFlags {
    /// Where the keys of an authorizer are: what is given for it by name, else what is given for all.
    fn jwks_of(&self, guard: &str) -> Option<&str> {
        let named = |text: &'_ str| text.strip_prefix(guard)?.strip_prefix('=').map(str::len);
        let own = self.jwks.iter().rev().find_map(|text| {
            let length = named(text)?;
            Some(&text[text.len() - length..])
        });
        let is_for_all = |text: &&String| text.contains("://") || !text.contains('=');
        own.or_else(|| self.jwks.iter().rev().find(is_for_all).map(String::as_str))
    }
}

async fn keys(source: &str, io: &mut Io) -> Result<Jwks, Fault> {
    let shown = printable(&hidden_url(source));
    let text = match source.starts_with("http://") || source.starts_with("https://") {
        true => {
            let options = SendOptions { follow_redirects: true, ..SendOptions::default() };
            let target = Target::parse(source).map_err(|error| Fault::usage(format!("--jwks: {error}")))?;
            let base = format!("{}://{}", if target.https { "https" } else { "http" }, target.host);
            let mut request = Request::new("GET", if target.path.is_empty() { "/" } else { &target.path });
            request.query = target.query;
            let sent = send(&request, &base, &options).await;
            let (response, _) =
                sent.map_err(|error| Fault::network(error.kind.name(), error.message).of("--jwks"))?;
            if response.status != 200 {
                let message = format!("--jwks: {shown} answers {}", response.status);
                return Err(Fault::network("status", message));
            }
            response.body.0
        }
        false => io.read(source).map_err(|fault| fault.of("--jwks"))?,
    };
    Jwks::parse(&String::from_utf8_lossy(&text)).map_err(|reason| {
        Fault::usage(format!("--jwks: {shown}: {}", printable(&reason)))
            .hint("a key set is the JSON that an issuer publishes under /.well-known/jwks.json")
    })
}
