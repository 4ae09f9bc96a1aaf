//! The way to a server: which TLS, which version of HTTP, which proxy, which address.

use super::client::{SendError, SendErrorKind, SendOptions, plain};
use reqwest::{Certificate, Client, Identity, NoProxy, Proxy, Url};
use std::fmt;
use std::net::{IpAddr, SocketAddr};

/// Which version of HTTP is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HttpVersion {
    /// HTTP/1.1.
    #[default]
    One,
    /// HTTP/2 where the server agrees to it over TLS, else HTTP/1.1.
    Two,
    /// HTTP/2 from the first byte, without asking.
    TwoAtOnce,
}

/// Leads connections for one place to another; no host and no port mean any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detour {
    /// The host of the URL.
    pub from_host: Option<String>,
    /// The port of the URL.
    pub from_port: Option<u16>,
    /// Where the connection goes instead.
    pub to: DetourTo,
}

/// Where a connection goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DetourTo {
    /// To these addresses, at the same port.
    Addresses(Vec<IpAddr>),
    /// To another host and port; none of them means the same.
    Host(Option<String>, Option<u16>),
}

/// The way to a server, as curl's flags of the same names describe it.
#[derive(Clone, Default)]
pub struct Connection {
    /// Which version of HTTP is spoken.
    pub version: HttpVersion,
    /// Whether any certificate will do.
    pub insecure: bool,
    /// Whether compressed bodies are asked for and unpacked.
    pub compressed: bool,
    /// Detours, the first that fits counts.
    pub detours: Vec<Detour>,
    /// The hosts that are reached without a proxy, by commas; `*` for all.
    pub no_proxy: Option<String>,
    roots: Option<Vec<Certificate>>,
    identity: Option<Identity>,
    proxy: Option<Url>,
}

/// Keys and passwords stay out of it.
impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("version", &self.version).finish_non_exhaustive()
    }
}

/// Where a connection for a host and a port goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) addresses: Vec<SocketAddr>,
}

impl Connection {
    /// Trusts the certificates of a PEM file, and no others.
    ///
    /// # Errors
    /// Words about what is wrong with it.
    pub fn trust(&mut self, pem: &[u8]) -> Result<(), &'static str> {
        match Certificate::from_pem_bundle(pem) {
            Ok(certificates) if !certificates.is_empty() => {
                self.roots = Some(certificates);
                Ok(())
            }
            _ => Err("there is no certificate in PEM format in it"),
        }
    }

    /// Shows a client certificate, with its key, both in PEM format.
    ///
    /// # Errors
    /// Words about what is wrong with them.
    pub fn identify(&mut self, pem: &[u8]) -> Result<(), &'static str> {
        let identity = Identity::from_pem(pem);
        self.identity = Some(identity.map_err(
            |_| "a certificate and its key are needed in PEM format, and the key without a password",
        )?);
        Ok(())
    }

    /// Goes through a proxy: http, https, socks4, socks5 or socks5h; without a scheme it is http.
    ///
    /// # Errors
    /// Words about what is wrong with the URL.
    pub fn through(&mut self, proxy: &str) -> Result<(), &'static str> {
        let url = if proxy.contains("://") { proxy.to_owned() } else { format!("http://{proxy}") };
        let schemes = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];
        match Url::parse(&url) {
            Ok(url) if schemes.contains(&url.scheme()) && url.host().is_some() => {
                self.proxy = Some(url);
                Ok(())
            }
            _ => Err("it is no proxy: write it as http://host:port or socks5://host:port"),
        }
    }

    /// A client; with a way, for that host only.
    pub(super) fn client(&self, options: &SendOptions, way: Option<&Way>) -> reqwest::Result<Client> {
        let mut builder = plain().connect_timeout(options.connect_timeout).tls_info(true);
        builder = builder.redirect(reqwest::redirect::Policy::none());
        builder = match self.version {
            HttpVersion::One => builder.http1_only(),
            HttpVersion::Two => builder,
            HttpVersion::TwoAtOnce => builder.http2_prior_knowledge(),
        };
        if self.compressed {
            builder = builder.gzip(true).deflate(true).brotli(true);
        }
        if let Some(roots) = &self.roots {
            builder = builder.tls_certs_only(roots.iter().cloned());
        }
        if let Some(identity) = &self.identity {
            builder = builder.identity(identity.clone());
        }
        if self.insecure {
            builder = builder.tls_danger_accept_invalid_certs(true);
        }
        let no_proxy = self.no_proxy.as_deref().and_then(NoProxy::from_string);
        builder = match &self.proxy {
            _ if self.no_proxy.as_deref() == Some("*") => builder.no_proxy(),
            Some(proxy) => builder.proxy(Proxy::all(proxy.clone())?.no_proxy(no_proxy)),
            None => builder,
        };
        if let Some(way) = way {
            builder = builder.resolve_to_addrs(&way.host, &way.addresses);
        }
        builder.build()
    }

    /// Where a connection for this host and port goes, if not there.
    ///
    /// # Errors
    /// A host without an address.
    pub(super) async fn way(&self, host: &str, port: u16) -> Result<Option<Way>, SendError> {
        let fits = |detour: &&Detour| {
            detour.from_host.as_deref().is_none_or(|own| own.eq_ignore_ascii_case(host))
                && detour.from_port.is_none_or(|own| own == port)
        };
        let is_host = |detour: &&Detour| matches!(detour.to, DetourTo::Host(..));
        let (to_host, to_port) = match self.detours.iter().filter(is_host).find(fits).map(|detour| &detour.to)
        {
            Some(DetourTo::Host(to, at)) => (to.as_deref().unwrap_or(host), at.unwrap_or(port)),
            _ => (host, port),
        };
        let resolved = self.detours.iter().find_map(|detour| match &detour.to {
            DetourTo::Addresses(addresses) => {
                let own = detour.from_host.as_deref().is_none_or(|own| own.eq_ignore_ascii_case(to_host));
                (own && detour.from_port.is_none_or(|own| own == to_port)).then_some(addresses)
            }
            DetourTo::Host(..) => None,
        });
        let at = |address: &IpAddr| SocketAddr::new(*address, to_port);
        let addresses: Vec<_> = match resolved {
            Some(addresses) => addresses.iter().map(at).collect(),
            None if (to_host, to_port) == (host, port) => return Ok(None),
            None => tokio::net::lookup_host((to_host.trim_matches(['[', ']']), to_port))
                .await
                .map_err(|_| SendError::new(SendErrorKind::Dns, format!("{to_host} has no address")))?
                .collect(),
        };
        Ok(Some(Way { host: host.to_owned(), port: to_port, addresses }))
    }
}
