//! Cookies as a client keeps them (RFC 6265): which are taken, which are sent where, and the file
//! format of Netscape, which curl reads and writes.

use super::date::date;

/// One cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cookie {
    name: String,
    value: String,
    /// Without a leading dot, in lower case.
    domain: String,
    /// Whether hosts below the domain get it too.
    below: bool,
    path: String,
    secure: bool,
    http_only: bool,
    /// Seconds since 1970; none for the length of a session.
    expires: Option<i64>,
}

/// Where a request goes.
#[derive(Debug, Clone, Copy)]
pub struct Place<'p> {
    /// The host without its port.
    pub host: &'p str,
    /// The path without the query.
    pub path: &'p str,
    /// Whether nobody on the way reads along.
    pub https: bool,
    /// Seconds since 1970.
    pub now: i64,
}

impl Place<'_> {
    /// As curl has it, this machine is as safe as https.
    fn is_safe(&self) -> bool {
        self.https || matches!(self.host, "localhost" | "127.0.0.1" | "::1" | "[::1]")
    }
}

/// The cookies of a client, in the order in which they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Jar {
    cookies: Vec<Cookie>,
}

impl Jar {
    /// Takes the cookie of a `Set-Cookie` header, unless its server may not set it.
    pub fn keep(&mut self, header: &str, place: Place<'_>) {
        if let Some(cookie) = parse(header, place) {
            self.put(cookie, place.now);
        }
    }

    /// The `Cookie` header of a request; none without cookies for it.
    pub fn header(&self, place: Place<'_>) -> Option<String> {
        let mut fitting: Vec<_> = self.cookies.iter().filter(|cookie| cookie.fits(place)).collect();
        fitting.sort_by_key(|cookie| std::cmp::Reverse(cookie.path.len()));
        let pairs: Vec<_> =
            fitting.iter().map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    /// Takes the cookies of a file: lines in Netscape's format. Others are passed over.
    pub fn read(&mut self, text: &str, now: i64) {
        for cookie in text.lines().filter_map(read_line) {
            self.put(cookie, now);
        }
    }

    /// The cookies in Netscape's format, as curl writes them; those of a session expire at 0.
    pub fn write(&self, now: i64) -> String {
        let mut text = "# Netscape HTTP Cookie File\n\n".to_owned();
        let flag = |is| if is { "TRUE" } else { "FALSE" };
        for cookie in self.cookies.iter().filter(|cookie| cookie.expires.is_none_or(|end| end > now)) {
            let prefix = if cookie.http_only { "#HttpOnly_" } else { "" };
            let dot = if cookie.below { "." } else { "" };
            let Cookie { domain, below, path, secure, expires, name, value, .. } = cookie;
            let (below, secure, expires) = (flag(*below), flag(*secure), expires.unwrap_or_default());
            text +=
                &format!("{prefix}{dot}{domain}\t{below}\t{path}\t{secure}\t{expires}\t{name}\t{value}\n");
        }
        text
    }

    /// A cookie takes the place of one of the same name, domain and path; one that has expired
    /// takes it away.
    fn put(&mut self, cookie: Cookie, now: i64) {
        let same = |other: &Cookie| {
            (&other.name, &other.domain, &other.path) == (&cookie.name, &cookie.domain, &cookie.path)
        };
        let at = self.cookies.iter().position(same);
        let is_over = cookie.expires.is_some_and(|end| end <= now);
        match (at, is_over) {
            (Some(at), true) => drop(self.cookies.remove(at)),
            (Some(at), false) => self.cookies[at] = cookie,
            (None, true) => {}
            (None, false) => self.cookies.push(cookie),
        }
    }
}

impl Cookie {
    fn fits(&self, place: Place<'_>) -> bool {
        let host = place.host.to_ascii_lowercase();
        let host_fits = host == self.domain || self.below && is_below(&host, &self.domain);
        let path_fits = place
            .path
            .strip_prefix(self.path.as_str())
            .is_some_and(|rest| rest.is_empty() || self.path.ends_with('/') || rest.starts_with('/'));
        let in_time = self.expires.is_none_or(|end| end > place.now);
        host_fits && path_fits && in_time && (!self.secure || place.is_safe())
    }
}

/// Whether a host stands below a domain; addresses stand below nothing.
fn is_below(host: &str, domain: &str) -> bool {
    let is_address = host.parse::<std::net::IpAddr>().is_ok() || host.starts_with('[');
    !is_address && host.strip_suffix(domain).is_some_and(|front| front.ends_with('.'))
}

/// The cookie of a `Set-Cookie` header.
fn parse(header: &str, place: Place<'_>) -> Option<Cookie> {
    let mut pieces = header.split(';');
    let (name, value) = pieces.next()?.split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    let host = place.host.to_ascii_lowercase();
    let mut cookie = Cookie {
        name: name.to_owned(),
        value: value.to_owned(),
        domain: host.clone(),
        below: false,
        path: default_path(place.path),
        secure: false,
        http_only: false,
        expires: None,
    };
    let mut age = None;
    for piece in pieces {
        let (key, value) = piece.split_once('=').unwrap_or((piece, ""));
        let value = value.trim();
        match key.trim().to_ascii_lowercase().as_str() {
            "domain" if !value.is_empty() => {
                let domain = value.trim_start_matches('.').to_ascii_lowercase();
                // Nobody may set cookies for all names below `com`.
                let is_own = host == domain || domain.contains('.') && is_below(&host, &domain);
                if !is_own {
                    return None;
                }
                cookie.below = host.parse::<std::net::IpAddr>().is_err();
                cookie.domain = domain;
            }
            "path" if value.starts_with('/') => value.clone_into(&mut cookie.path),
            "path" => cookie.path = default_path(place.path),
            "expires" => cookie.expires = date(value).or(cookie.expires),
            "max-age" => age = value.parse::<i64>().ok().or(age),
            "secure" => cookie.secure = true,
            "httponly" => cookie.http_only = true,
            _ => {}
        }
    }
    // Max-Age is stronger than Expires; what is not positive is over now.
    if let Some(age) = age {
        cookie.expires = Some(if age > 0 { place.now.saturating_add(age) } else { i64::MIN });
    }
    let for_host = !cookie.below && cookie.path == "/" && cookie.secure;
    let may = (!cookie.secure || place.is_safe())
        && (!name.starts_with("__Secure-") || cookie.secure)
        && (!name.starts_with("__Host-") || for_host);
    (may && !name.is_empty() && !header.contains(['\r', '\n', '\0'])).then_some(cookie)
}

/// The directory of a path (RFC 6265, 5.1.4).
fn default_path(path: &str) -> String {
    match path.rfind('/') {
        Some(at) if at > 0 => path[..at].to_owned(),
        _ => "/".to_owned(),
    }
}

/// A line of a cookie file: domain, whether hosts below get it, path, secure, expiry, name, value.
fn read_line(line: &str) -> Option<Cookie> {
    let line = line.trim_end_matches('\r');
    let (line, http_only) = line.strip_prefix("#HttpOnly_").map_or((line, false), |line| (line, true));
    if line.starts_with('#') {
        return None;
    }
    let mut fields = line.splitn(7, '\t');
    let mut next = || fields.next();
    let (domain, below, path, secure) = (next()?, next()?, next()?, next()?);
    let (expires, name, value) = (next()?.parse::<i64>().ok()?, next()?, next().unwrap_or_default());
    Some(Cookie {
        name: name.to_owned(),
        value: value.to_owned(),
        domain: domain.trim_start_matches('.').to_ascii_lowercase(),
        below: below.eq_ignore_ascii_case("true"),
        path: path.to_owned(),
        secure: secure.eq_ignore_ascii_case("true"),
        http_only,
        expires: Some(expires).filter(|end| *end != 0),
    })
}

#[cfg(test)]
mod tests;
