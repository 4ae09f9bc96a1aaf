//! The inspector's page: where it is opened, and what it is told.

use super::super::exit::Fault;
use super::super::io::Io;
use super::listening::port_fault;
use crate::transport::serve::{HttpServer, Inspector, InspectorServer, Port, Watched};
use clap::Args;
use ring::rand::{SecureRandom as _, SystemRandom};
use std::fmt::Write as _;
use std::io::{ErrorKind, Write as _};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

/// Where the page is if nothing else is said.
const PORT: u16 = 4040;

/// Where the inspector is.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Inspector")]
pub struct InspectFlags {
    /// The port of the page that shows requests as they come; 0 takes a free one [default: 4040]
    #[arg(long, value_name = "PORT")]
    pub inspect: Option<u16>,
    /// Do not open that page
    #[arg(long, conflicts_with = "inspect")]
    pub no_inspect: bool,
}

impl InspectFlags {
    /// Opens the page, unless it is not wanted, and says where it is.
    ///
    /// # Errors
    /// When the port cannot be had; in place of the usual one any other will do.
    pub(super) async fn open(&self, io: &mut Io) -> Result<Option<(Arc<Inspector>, InspectorServer)>, Fault> {
        if self.no_inspect {
            return Ok(None);
        }
        let inspector = Inspector::new(token()?, io.now());
        let port = self.inspect.unwrap_or(PORT);
        let fault = |error| port_fault(SocketAddr::from((Ipv4Addr::LOCALHOST, port)), "--inspect", &error);
        let (server, note) = match InspectorServer::bind(port, Arc::clone(&inspector)).await {
            Err(error) if error.kind() == ErrorKind::AddrInUse && self.inspect.is_none() => {
                let other = InspectorServer::bind(0, Arc::clone(&inspector)).await.map_err(fault)?;
                (other, format!("  ({PORT} is taken)"))
            }
            bound => (bound.map_err(fault)?, String::new()),
        };
        writeln!(io.err, "  inspector: {}{note}", server.url())?;
        Ok(Some((inspector, server)))
    }
}

/// Lets the inspector look at a port, if there is one.
pub(super) fn watch(
    inspector: Option<&(Arc<Inspector>, InspectorServer)>,
    port: &Arc<Port>,
    server: &HttpServer,
) -> Option<Watched> {
    let (inspector, address) = (&inspector?.0, server.address().ok()?);
    Some(inspector.watch(Arc::clone(port), format!("http://{address}")))
}

/// A word that nobody can guess.
fn token() -> Result<String, Fault> {
    let mut bytes = [0; 16];
    let filled = SystemRandom::new().fill(&mut bytes);
    filled.map_err(|_| Fault::usage("this system gives no random bytes").hint("--no-inspect needs none"))?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").ok();
        text
    }))
}
