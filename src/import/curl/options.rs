//! The options of curl: which take a value, and which reach the request.

use super::body::BodyOption;

/// What an option does to the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    Method,
    Header,
    /// Data or a field of a form.
    Body(BodyOption),
    Get,
    UrlQuery,
    User,
    Bearer,
    Cookie,
    UserAgent,
    Referer,
    Range,
    Head,
    Compressed,
    Upload,
    Url,
    Target,
    GlobOff,
    PathAsIs,
    /// Credentials go out only when the server asks for them.
    LaterAuth,
    /// Signs the request in a way that is not modelled.
    Signed,
    /// Begins a second request.
    Next,
    /// Brings in what stands elsewhere.
    Elsewhere,
    /// Nothing; how the answer is shown, or how the connection is made.
    Nothing,
}

/// An option: its letter, its name, whether it takes a value, and its effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Opt {
    pub(super) letter: Option<char>,
    pub(super) name: &'static str,
    pub(super) takes_value: bool,
    pub(super) effect: Effect,
}

const fn opt(letter: char, name: &'static str, takes_value: bool, effect: Effect) -> Opt {
    let letter = if letter == ' ' { None } else { Some(letter) };
    Opt { letter, name, takes_value, effect }
}

const EFFECTIVE: [Opt; 37] = [
    opt('X', "request", true, Effect::Method),
    opt('H', "header", true, Effect::Header),
    opt('d', "data", true, Effect::Body(BodyOption::Data)),
    opt(' ', "data-ascii", true, Effect::Body(BodyOption::Data)),
    opt(' ', "data-raw", true, Effect::Body(BodyOption::Raw)),
    opt(' ', "data-binary", true, Effect::Body(BodyOption::Binary)),
    opt(' ', "data-urlencode", true, Effect::Body(BodyOption::Urlencode)),
    opt(' ', "json", true, Effect::Body(BodyOption::Json)),
    opt('F', "form", true, Effect::Body(BodyOption::Form)),
    opt(' ', "form-string", true, Effect::Body(BodyOption::FormString)),
    opt('G', "get", false, Effect::Get),
    opt(' ', "url-query", true, Effect::UrlQuery),
    opt('u', "user", true, Effect::User),
    opt(' ', "oauth2-bearer", true, Effect::Bearer),
    opt('b', "cookie", true, Effect::Cookie),
    opt('A', "user-agent", true, Effect::UserAgent),
    opt('e', "referer", true, Effect::Referer),
    opt('r', "range", true, Effect::Range),
    opt('I', "head", false, Effect::Head),
    opt(' ', "compressed", false, Effect::Compressed),
    opt('T', "upload-file", true, Effect::Upload),
    opt(' ', "url", true, Effect::Url),
    opt(' ', "request-target", true, Effect::Target),
    opt('g', "globoff", false, Effect::GlobOff),
    opt(' ', "path-as-is", false, Effect::PathAsIs),
    opt(' ', "digest", false, Effect::LaterAuth),
    opt(' ', "ntlm", false, Effect::LaterAuth),
    opt(' ', "ntlm-wb", false, Effect::LaterAuth),
    opt(' ', "negotiate", false, Effect::LaterAuth),
    opt(' ', "anyauth", false, Effect::LaterAuth),
    opt(' ', "aws-sigv4", true, Effect::Signed),
    opt(':', "next", false, Effect::Next),
    opt('K', "config", true, Effect::Elsewhere),
    opt('n', "netrc", false, Effect::Elsewhere),
    opt(' ', "netrc-optional", false, Effect::Elsewhere),
    opt(' ', "netrc-file", true, Effect::Elsewhere),
    opt(' ', "variable", true, Effect::Elsewhere),
];

/// Options that never reach the request and take a value; `letter:` stands before the name.
const WITH_VALUE: &str = "abstract-unix-socket alt-svc cacert capath E:cert cert-type ciphers \
connect-timeout connect-to C:continue-at c:cookie-jar create-file-mode crlfile curves delegation \
dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url D:dump-header ech egd-file engine \
etag-compare etag-save expect100-timeout ftp-account ftp-alternative-to-user ftp-method P:ftp-port \
ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip h:help hostpubmd5 hostpubsha256 hsts \
interface ip-tos ipfs-gateway keepalive-cnt keepalive-time key key-type krb libcurl limit-rate \
local-port login-options mail-auth mail-from mail-rcpt max-filesize max-redirs m:max-time noproxy \
o:output output-dir parallel-max parallel-max-host pass pinnedpubkey preproxy proto proto-default \
proto-redir x:proxy proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers \
proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey \
proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser \
U:proxy-user proxy1.0 pubkey Q:quote random-file rate resolve retry retry-delay retry-max-time \
sasl-authzid service-name sigalgs socks4 socks4a socks5 socks5-gssapi-service socks5-hostname \
Y:speed-limit y:speed-time stderr t:telnet-option tftp-blksize z:time-cond tls-max tls13-ciphers \
tlsauthtype tlspassword tlsuser trace trace-ascii trace-config unix-socket vlan-priority \
w:write-out";

/// Options that never reach the request and take no value.
const ALONE: &str = "a:append alpn basic buffer ca-native cert-status clobber compressed-ssh \
create-dirs crlf q:disable disable-eprt disable-epsv disallow-username-in-url \
doh-cert-status doh-insecure f:fail fail-early fail-with-body false-start form-escape \
ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc ftp-ssl-control haproxy-protocol \
http0.9 0:http1.0 http1.1 http2 http2-prior-knowledge http3 http3-only ignore-content-length \
i:include show-headers k:insecure 4:ipv4 6:ipv6 j:junk-session-cookies keepalive l:list-only L:location \
location-trusted mail-rcpt-allowfails M:manual metalink mptcp N:no-buffer npn O:remote-name parallel-immediate \
Z:parallel post301 post302 post303 #:progress-bar progress-meter proxy-anyauth proxy-basic \
proxy-ca-native proxy-digest proxy-http2 proxy-insecure proxy-negotiate proxy-ntlm \
proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1 p:proxytunnel raw \
J:remote-header-name remote-name-all R:remote-time remove-on-error retry-all-errors \
retry-connrefused sasl-ir sessionid S:show-error s:silent skip-existing socks5-basic \
socks5-gssapi socks5-gssapi-nec ssl ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-reqd \
ssl-revoke-best-effort ssl-sessions 2:sslv2 3:sslv3 styled-output suppress-connect-headers \
tcp-fastopen tcp-nodelay tftp-no-options tls-earlydata 1:tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 \
tr-encoding trace-ids trace-time B:use-ascii v:verbose V:version xattr";

/// Every option that is known.
fn all() -> impl Iterator<Item = Opt> {
    let plain = |list: &'static str, takes_value: bool| {
        list.split_ascii_whitespace().map(move |word| {
            let (letter, name) = match word.split_once(':') {
                Some((letter, name)) => (letter.chars().next(), name),
                None => (None, word),
            };
            Opt { letter, name, takes_value, effect: Effect::Nothing }
        })
    };
    EFFECTIVE.into_iter().chain(plain(WITH_VALUE, true)).chain(plain(ALONE, false))
}

/// The option of a letter.
pub(super) fn short(letter: char) -> Option<Opt> {
    all().find(|opt| opt.letter == Some(letter))
}

/// The option of a name without its dashes: in full, with `no-` before it, or cut short where
/// only one name begins so, as curl takes them.
pub(super) fn long(name: &str) -> Option<Opt> {
    if let Some(opt) = all().find(|opt| opt.name == name) {
        return Some(opt);
    }
    if let Some(opt) = name.strip_prefix("no-").and_then(|name| all().find(|opt| opt.name == name)) {
        return (!opt.takes_value).then_some(Opt { effect: Effect::Nothing, ..opt });
    }
    let mut candidates = all().filter(|opt| !name.is_empty() && opt.name.starts_with(name));
    let first = candidates.next()?;
    candidates.next().is_none().then_some(first)
}

/// The known name that is most like an unknown one, for a hint.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    let distance = |other: &str| edit_distance(name.as_bytes(), other.as_bytes());
    let nearest = all().map(|opt| (distance(opt.name), opt.name)).min()?;
    (nearest.0 <= 2 && name.len() > nearest.0 + 1).then_some(nearest.1)
}

fn edit_distance(left: &[u8], right: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().take(64).enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let substituted = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_names_are_unique() {
        let mut letters: Vec<_> = all().filter_map(|opt| opt.letter).collect();
        let mut names: Vec<_> = all().map(|opt| opt.name).collect();
        let counts = (letters.len(), names.len());
        letters.sort_unstable();
        letters.dedup();
        names.sort_unstable();
        names.dedup();
        assert_eq!((letters.len(), names.len()), counts);
    }

    #[test]
    fn names_may_be_cut_short_and_negated() {
        assert_eq!(long("data-url").map(|opt| opt.effect), Some(Effect::Body(BodyOption::Urlencode)));
        assert_eq!(long("no-compressed").map(|opt| opt.effect), Some(Effect::Nothing));
        assert_eq!(long("data").map(|opt| opt.effect), Some(Effect::Body(BodyOption::Data)));
        assert_eq!(long("pro"), None);
        assert_eq!(nearest("reqest"), Some("request"));
    }
}
