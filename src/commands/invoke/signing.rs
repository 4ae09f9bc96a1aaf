//! How a request to an endpoint says who sends it: a signature, a token, an API key.

use super::super::exit::Fault;
use super::super::interrupt::interruptible;
use super::super::io::Io;
use super::super::live;
use super::super::values;
use super::{Invoke, only_with_url};
use crate::gateway::{HostName, Service};
use crate::http::Request;
use crate::lint::causes::Asked;
use crate::transport::aws::{Access, AwsSettings, signed};
use clap::Args;
use std::io::Write as _;
use std::time::{Duration, Instant};

/// Who sends a request to an endpoint.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Caller")]
pub struct SigningFlags {
    /// Sign the request to --url with AWS credentials, as APIs and function URLs with IAM
    /// authorization want it
    #[arg(long, conflicts_with = "bearer")]
    pub sign: bool,
    /// The service that is signed for [default: from the host, else execute-api]
    #[arg(long, value_name = "NAME", requires = "sign", value_parser = values::label)]
    pub service: Option<String>,
    /// The token of the header Authorization: Bearer, sent to --url; @FILE reads it from a file
    #[arg(long, value_name = "TOKEN|@FILE")]
    pub bearer: Option<String>,
}

impl SigningFlags {
    /// Refuses flags that say nothing of functions.
    ///
    /// # Errors
    /// A usage fault that names the flag.
    pub(super) fn check(&self) -> Result<(), Fault> {
        only_with_url([("--sign", self.sign), ("--bearer", self.bearer.is_some())])
    }
}

/// Who signs requests, and for whom.
#[derive(Debug, Clone)]
pub(super) struct Signer {
    access: Access,
    service: String,
    now: Duration,
    started: Instant,
}

impl Signer {
    /// The signer of requests like `first` to the host of `base`; `None` if looking for
    /// credentials was interrupted.
    ///
    /// # Errors
    /// Credentials or a region that cannot be found, a host whose service checks no signatures.
    pub(super) fn find(
        base: &str,
        first: &Request,
        args: &Invoke,
        io: &mut Io,
    ) -> Result<Option<Self>, Fault> {
        let named = Asked::of(base, first).host;
        let service = service(named.as_ref(), args, io)?;
        let region = args.call.api.region.clone();
        let own = named.map(|name| name.region);
        if let (Some(flag), Some(own)) = (&region, &own) {
            contradict("--region", flag, own, io)?;
        }
        let settings = AwsSettings {
            profile: args.function.profile.clone(),
            region: region.or(own),
            endpoint_url: None,
        };
        let Some(found) = interruptible(Access::find(&settings, &io.env))? else { return Ok(None) };
        let access = found.map_err(live::fault).map_err(|fault| fault.of("--sign"))?;
        if first.headers.contains("authorization") {
            writeln!(io.err, "note: --sign puts its own Authorization header in the place of the request's")?;
        }
        let now = io.now();
        Ok(Some(Self { access, service, now, started: Instant::now() }))
    }

    /// The request as it is to be sent to `base`, signed.
    ///
    /// # Errors
    /// What cannot be signed.
    pub(super) fn sign(&self, request: Request, base: &str) -> Result<Request, Fault> {
        let signing = self.access.signing(&self.service, self.now + self.started.elapsed());
        signed(&signing, request, base).map_err(live::fault)
    }
}

fn service(named: Option<&HostName>, args: &Invoke, io: &mut Io) -> Result<String, Fault> {
    let own = named.and_then(|name| name.service.signing_name());
    match (&args.signing.service, own, named) {
        (Some(flag), own, _) => {
            own.map_or(Ok(()), |own| contradict("--service", flag, own, io))?;
            Ok(flag.clone())
        }
        (None, Some(own), _) => Ok(own.to_owned()),
        (None, None, Some(name)) => {
            let fault = Fault::usage(format!("--sign: {} checks no signatures", name.service.title()));
            Err(fault.hint("name the service that does with --service"))
        }
        (None, None, None) => Ok(Service::ExecuteApi.signing_name().unwrap_or_default().to_owned()),
    }
}

/// Says that a flag and the host name disagree; the flag counts.
fn contradict(flag: &str, value: &str, own: &str, io: &mut Io) -> Result<(), Fault> {
    if value != own {
        writeln!(io.err, "warning: {flag} is {value}, and the host name says {own}: signing for {value}")?;
    }
    Ok(())
}

/// Puts the API key and the token of the flags into a request to an endpoint.
///
/// # Errors
/// Files that cannot be read, and values that no header can hold.
pub(in crate::commands) fn identify(request: &mut Request, args: &Invoke, io: &mut Io) -> Result<(), Fault> {
    if let Some(key) = &args.call.caller.api_key {
        request.headers.set("x-api-key", values::secret("--api-key", key, io)?);
    }
    if let Some(token) = &args.signing.bearer {
        let token = values::secret("--bearer", token, io)?;
        request.headers.set("Authorization", format!("Bearer {token}"));
    }
    Ok(())
}
