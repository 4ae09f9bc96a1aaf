//! The flags of `--url` that curl has too: the way to the server, redirects, cookies, further
//! tries, and what becomes of the answer.

use super::super::exit::Fault;
use super::super::io::Io;
use super::Invoke;
use crate::http::cookies::Jar;
use crate::transport::{Connection, Detour, DetourTo, HttpVersion, Retry, SendOptions, SessionOptions};
use clap::Args;
use std::path::Path;
use std::time::Duration;

/// How an endpoint is reached, and what becomes of its answer.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Endpoint, as in curl")]
pub struct CurlFlags {
    /// Follow redirects
    #[arg(short = 'L', long)]
    pub location: bool,
    /// Follow redirects, and give other hosts the credentials too
    #[arg(long)]
    pub location_trusted: bool,
    /// How many redirects are followed; -1 for all [default: 50]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub max_redirs: Option<i64>,
    /// Fail for a status of 400 and more, without its body: exit code 1
    #[arg(short = 'f', long, conflicts_with = "fail_with_body")]
    pub fail: bool,
    /// The same with the body
    #[arg(long)]
    pub fail_with_body: bool,
    /// Seconds to reach the server [default: 10]
    #[arg(long, value_name = "SECONDS", value_parser = super::seconds, allow_negative_numbers = true)]
    pub connect_timeout: Option<Duration>,
    /// Try again that often after a timeout or the statuses 408, 429, 500, 502, 503 and 504
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub retry: u32,
    /// Seconds between the tries [default: 1, twice as long each time, or what Retry-After says]
    #[arg(long, value_name = "SECONDS", value_parser = pause)]
    pub retry_delay: Option<Duration>,
    /// Try again also after a refused connection
    #[arg(long)]
    pub retry_connrefused: bool,
    /// Try again after every failure
    #[arg(long)]
    pub retry_all_errors: bool,
    /// Keep cookies from request to request, and write them to this file in Netscape's format
    #[arg(short = 'c', long, value_name = "FILE")]
    pub cookie_jar: Option<String>,
    /// Ask for a compressed body, and unpack it
    #[arg(long)]
    pub compressed: bool,
    /// Take any certificate of the server
    #[arg(short = 'k', long)]
    pub insecure: bool,
    /// The certificates that are trusted, in PEM format, instead of those of this machine
    #[arg(long, value_name = "FILE")]
    pub cacert: Option<String>,
    /// A client certificate in PEM format, perhaps with its key
    #[arg(short = 'E', long, value_name = "FILE")]
    pub cert: Option<String>,
    /// The key of the client certificate in PEM format
    #[arg(long, value_name = "FILE", requires = "cert")]
    pub key: Option<String>,
    /// The address of a host, instead of asking for it; may be repeated
    #[arg(long, value_name = "HOST:PORT:ADDRESS")]
    pub resolve: Vec<String>,
    /// Where connections for a host and port go instead; may be repeated
    #[arg(long, value_name = "HOST1:PORT1:HOST2:PORT2")]
    pub connect_to: Vec<String>,
    /// A proxy of http, https or socks5 [default: as the environment says]
    #[arg(short = 'x', long, value_name = "URL")]
    pub proxy: Option<String>,
    /// Hosts that are reached without a proxy, by commas; * for all
    #[arg(long, value_name = "HOSTS")]
    pub noproxy: Option<String>,
    /// Speak HTTP/1.1, as is usual here
    #[arg(long = "http1.1", id = "http1", conflicts_with_all = ["http2", "http2_prior_knowledge"])]
    pub http1: bool,
    /// Speak HTTP/2 where the server agrees to it over TLS
    #[arg(long, conflicts_with = "http2_prior_knowledge")]
    pub http2: bool,
    /// Speak HTTP/2 at once
    #[arg(long)]
    pub http2_prior_knowledge: bool,
    /// Refuse a path with . and .. in it, instead of resolving them: they cannot be sent
    #[arg(long)]
    pub path_as_is: bool,
    /// Write the answer into a file of the name in the URL
    #[arg(short = 'O', long, conflicts_with = "output")]
    pub remote_name: bool,
    /// Write the heads of all responses to a file
    #[arg(short = 'D', long, value_name = "FILE")]
    pub dump_header: Option<String>,
    /// Say this behind the answer: text with %{http_code}, %{time_total}, %header{NAME}, %{json}, or
    /// @FILE
    #[arg(short = 'w', long, value_name = "FORMAT")]
    pub write_out: Option<String>,
}

/// Seconds between two tries.
fn pause(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    Duration::try_from_secs_f64(seconds).map_err(|_| "0 or more seconds".to_owned())
}

impl CurlFlags {
    /// Refuses flags that say nothing of functions.
    ///
    /// # Errors
    /// A usage fault that names the flag.
    pub(super) fn check(&self) -> Result<(), Fault> {
        let flags = [
            ("--location", self.location || self.location_trusted),
            ("--max-redirs", self.max_redirs.is_some()),
            ("--fail", self.fail || self.fail_with_body),
            ("--connect-timeout", self.connect_timeout.is_some()),
            ("--retry", self.retry > 0 || self.retry_connrefused || self.retry_all_errors),
            ("--retry-delay", self.retry_delay.is_some()),
            ("--cookie-jar", self.cookie_jar.is_some()),
            ("--compressed", self.compressed),
            ("--insecure", self.insecure),
            ("--cacert", self.cacert.is_some()),
            ("--cert", self.cert.is_some()),
            ("--resolve", !self.resolve.is_empty()),
            ("--connect-to", !self.connect_to.is_empty()),
            ("--proxy", self.proxy.is_some()),
            ("--noproxy", self.noproxy.is_some()),
            ("--http1.1", self.http1),
            ("--http2", self.http2 || self.http2_prior_knowledge),
            ("--path-as-is", self.path_as_is),
            ("--remote-name", self.remote_name),
            ("--dump-header", self.dump_header.is_some()),
            ("--write-out", self.write_out.is_some()),
        ];
        match flags.into_iter().find(|(_, is_given)| *is_given) {
            Some((flag, _)) => Err(Fault::usage(format!("{flag} has a meaning only with --url"))),
            None => Ok(()),
        }
    }

    /// The version of HTTP that is spoken.
    pub(super) fn version(&self) -> HttpVersion {
        match () {
            () if self.http2_prior_knowledge => HttpVersion::TwoAtOnce,
            () if self.http2 => HttpVersion::Two,
            () => HttpVersion::One,
        }
    }

    /// Whether a status of 400 and more is a failure.
    pub(super) fn fails(&self) -> bool {
        self.fail || self.fail_with_body
    }
}

/// What the flags say of a session.
///
/// # Errors
/// Usage faults that name the flag, also for files that cannot be read.
pub(super) fn session(args: &Invoke, io: &mut Io) -> Result<SessionOptions, Fault> {
    let flags = &args.endpoint.curl;
    let own = SendOptions::default();
    let send = SendOptions {
        timeout: args.timeout.unwrap_or(own.timeout),
        connect_timeout: flags.connect_timeout.unwrap_or(own.connect_timeout),
        ..own
    };
    let follows = flags.location || flags.location_trusted;
    // -1 is as many as there are.
    let most = flags.max_redirs.map_or(50, |most| u64::try_from(most).unwrap_or(u64::MAX));
    let retry = Retry {
        times: flags.retry,
        delay: flags.retry_delay,
        refused: flags.retry_connrefused,
        all: flags.retry_all_errors,
        fails: flags.fails(),
    };
    let now = io.now_ms / 1000;
    Ok(SessionOptions {
        send,
        connection: connection(flags, io)?,
        redirects: follows.then_some(most),
        trusted: flags.location_trusted,
        keeps_method: args.call.request.method.is_some(),
        retry,
        jar: jar(args, now, io)?,
        now,
    })
}

fn connection(flags: &CurlFlags, io: &mut Io) -> Result<Connection, Fault> {
    let wrong = |flag: &str, name: &str, why: &str| Fault::usage(format!("{flag} {name}: {why}"));
    let mut connection = Connection::default();
    connection.version = flags.version();
    connection.insecure = flags.insecure;
    connection.compressed = flags.compressed;
    connection.no_proxy.clone_from(&flags.noproxy);
    if let Some(name) = &flags.cacert {
        let pem = io.read(name).map_err(|fault| fault.of("--cacert"))?;
        connection.trust(&pem).map_err(|why| wrong("--cacert", name, why))?;
    }
    if let Some(name) = &flags.cert {
        let mut pem = io.read(name).map_err(|fault| fault.of("--cert"))?;
        if let Some(key) = &flags.key {
            pem.push(b'\n');
            pem.extend(io.read(key).map_err(|fault| fault.of("--key"))?);
        }
        connection.identify(&pem).map_err(|why| wrong("--cert", name, why))?;
    }
    if let Some(proxy) = &flags.proxy {
        connection.through(proxy).map_err(|why| Fault::usage(format!("--proxy: {why}")))?;
    }
    for text in &flags.connect_to {
        connection.detours.push(connect_to(text).ok_or_else(|| {
            Fault::usage(format!("--connect-to: `{text}` is not HOST1:PORT1:HOST2:PORT2"))
                .hint("any of them may be empty; an IPv6 address stands in brackets")
        })?);
    }
    for text in &flags.resolve {
        connection.detours.push(resolve(text).ok_or_else(|| {
            Fault::usage(format!("--resolve: `{text}` is not HOST:PORT:ADDRESS"))
                .hint("for example api.example.com:443:127.0.0.1; several addresses stand between commas")
        })?);
    }
    Ok(connection)
}

/// `HOST:PORT:ADDRESS[,ADDRESS]…`, where `*` is any host.
fn resolve(text: &str) -> Option<Detour> {
    let mut parts = text.strip_prefix('+').unwrap_or(text).splitn(3, ':');
    let (host, port, addresses) = (parts.next()?, parts.next()?, parts.next()?);
    let address = |text: &str| text.trim_matches(['[', ']']).parse().ok();
    let addresses = addresses.split(',').map(address).collect::<Option<Vec<_>>>()?;
    Some(Detour {
        from_host: (host != "*").then(|| host.to_owned()),
        from_port: Some(port.parse().ok()?),
        to: DetourTo::Addresses(addresses),
    })
}

/// `HOST1:PORT1:HOST2:PORT2`, each perhaps empty.
fn connect_to(text: &str) -> Option<Detour> {
    let mut parts = vec![String::new()];
    let mut inside = false;
    for letter in text.chars() {
        match letter {
            '[' => inside = true,
            ']' => inside = false,
            ':' if !inside => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut()?.push(letter);
    }
    let [from_host, from_port, to_host, to_port]: [String; 4] = parts.try_into().ok()?;
    let host = |text: String| (!text.is_empty()).then_some(text);
    let port = |text: &str| if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) };
    Some(Detour {
        from_host: host(from_host),
        from_port: port(&from_port)?,
        to: DetourTo::Host(host(to_host), port(&to_port)?),
    })
}

/// The cookies of the files of `-b`; a jar also for `-c` alone.
fn jar(args: &Invoke, now: i64, io: &mut Io) -> Result<Option<Jar>, Fault> {
    let kept = args.endpoint.curl.cookie_jar.as_deref();
    let is_file = |text: &&String| !text.contains('=');
    let files: Vec<_> = args.call.request.cookies.iter().filter(is_file).collect();
    if files.is_empty() && kept.is_none() {
        return Ok(None);
    }
    let mut jar = Jar::default();
    for name in files {
        // An empty name begins without cookies; so does a jar that is written for the first time.
        let is_new = name.is_empty() || kept == Some(name.as_str()) && !Path::new(name).exists();
        if !is_new {
            let bytes = io.read(name).map_err(|fault| {
                fault.of("-b").hint("a text without = names a file of cookies; write a cookie as NAME=VALUE")
            })?;
            jar.read(&String::from_utf8_lossy(&bytes), now);
        }
    }
    Ok(Some(jar))
}

/// The name that `-O` takes out of a URL's path.
pub(super) fn remote_name(path: &str) -> Result<String, Fault> {
    let name = path.rsplit('/').next().unwrap_or_default();
    match name.is_empty() || matches!(name, "." | "..") || name.contains(['\\', ':']) {
        true => {
            Err(Fault::usage("-O: the URL's path ends without the name of a file").hint("name it with -o"))
        }
        false => Ok(name.to_owned()),
    }
}

/// The format of `-w`, out of a file if need be.
pub(super) fn format(flags: &CurlFlags, io: &mut Io) -> Result<Option<String>, Fault> {
    let Some(text) = &flags.write_out else { return Ok(None) };
    let Some(name) = text.strip_prefix('@') else { return Ok(Some(text.clone())) };
    let bytes = io.read(name).map_err(|fault| fault.of("--write-out"))?;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

/// Refuses what `--path-as-is` cannot do.
pub(super) fn check_path(path_as_is: bool, path: &str) -> Result<(), Fault> {
    let is_dots =
        |segment: &str| matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
    if path_as_is && path.split('/').any(is_dots) {
        return Err(Fault::usage("--path-as-is: a path with . or .. in it cannot be sent as it is")
            .hint("curl sends it; --curl prints the command"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detours_are_read_as_curl_reads_them() {
        let detour = connect_to("a.example:443:[::1]:8443").unwrap();
        assert_eq!(detour.to, DetourTo::Host(Some("[::1]".to_owned()), Some(8443)));
        let detour = connect_to("::b.example:").unwrap();
        assert_eq!((detour.from_host, detour.from_port), (None, None));
        assert_eq!(detour.to, DetourTo::Host(Some("b.example".to_owned()), None));
        for wrong in ["", "a:1:b", "a:x:b:1", "a:1:b:1:c", "a:1:b:70000"] {
            assert_eq!(connect_to(wrong), None, "{wrong}");
        }
        let detour = resolve("*:80:127.0.0.1,[::1]").unwrap();
        assert_eq!(
            detour.to,
            DetourTo::Addresses(vec!["127.0.0.1".parse().unwrap(), "::1".parse().unwrap()])
        );
        for wrong in ["", "a:80", "a:80:b", "a:x:127.0.0.1", "a:80:"] {
            assert_eq!(resolve(wrong), None, "{wrong}");
        }
    }
}
