//! `apigw invoke --url` over TLS and HTTP/2, against servers in this process, with certificates that
//! `openssl` makes.

use super::{Ran, Run, apigw};
use http_body_util::{BodyExt as _, Full};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, LazyLock};
use tempfile::TempDir;

/// A CA, a server's certificate for `api.example`, and a client's.
static CERTIFICATES: LazyLock<TempDir> = LazyLock::new(|| {
    let directory = tempfile::tempdir().unwrap();
    let openssl = |line: &str| {
        let run = Command::new("openssl").args(line.split(' ')).current_dir(directory.path()).output();
        let run = run.expect("openssl makes the certificates of this test");
        assert!(run.status.success(), "openssl {line}\n{}", String::from_utf8_lossy(&run.stderr));
    };
    openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=CA -days 2");
    for name in ["server", "client"] {
        openssl(&format!("req -newkey rsa:2048 -nodes -keyout {name}.key -out {name}.csr -subj /CN={name}"));
        std::fs::write(directory.path().join("ext"), "subjectAltName=DNS:api.example").unwrap();
        let signs = "-CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile ext";
        openssl(&format!("x509 -req -in {name}.csr -out {name}.pem {signs}"));
    }
    directory
});

fn made(name: &str) -> Vec<u8> {
    std::fs::read(CERTIFICATES.path().join(name)).unwrap()
}

/// A server that says whether the client showed a certificate; returns its port.
fn server() -> u16 {
    let file = |name: &str| CERTIFICATES.path().join(name);
    let certificates = |path: &Path| CertificateDer::from_pem_file(path).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(certificates(&file("ca.pem"))).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
    let verifier = verifier.allow_unauthenticated().build().unwrap();
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let key = PrivateKeyDer::from_pem_file(file("server.key")).unwrap();
    let chain = vec![certificates(&file("server.pem"))];
    let config = config.with_client_cert_verifier(verifier).with_single_cert(chain, key).unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        while let Ok((stream, _)) = listener.accept() {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = StreamOwned::new(connection, stream);
            // A client that does not trust the server breaks off.
            if stream.read(&mut [0; 4096]).is_err() {
                continue;
            }
            let body = match stream.conn.peer_certificates() {
                Some(_) => "known",
                None => "hello",
            };
            let head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\n";
            stream.write_all(format!("{head}{body}").as_bytes()).unwrap_or_default();
            stream.conn.send_close_notify();
            stream.flush().unwrap_or_default();
        }
    });
    port
}

/// `apigw invoke` of `https://api.example:PORT/`, which is found here, with the files beside it.
fn invoke(port: u16, flags: &str) -> Run {
    let url = format!("--url https://api.example:{port}/ --resolve api.example:{port}:127.0.0.1");
    let run = apigw(&format!("invoke {url} {flags}"));
    let names = ["ca.pem", "client.pem", "client.key"];
    names.iter().fold(run, |run, name| run.file(name, made(name)))
}

#[test]
fn a_server_is_trusted_as_the_flags_say() {
    let port = server();
    let ran = invoke(port, "").exits(4).run();
    assert!(
        ran.stderr().contains(&format!("no TLS connection to https://api.example:{port}")),
        "{}",
        ran.transcript()
    );
    assert_eq!(invoke(port, "-k").run().stdout(), "hello");
    assert_eq!(invoke(port, "--cacert ca.pem").run().stdout(), "hello");
    invoke(port, "--cacert client.pem").exits(4).run();
    let other = format!("invoke --url https://127.0.0.1:{port}/ --cacert ca.pem");
    apigw(&other).file("ca.pem", made("ca.pem")).exits(4).run().says(&["no TLS connection"]);
    let detour = format!("invoke --url https://api.example/ --connect-to ::127.0.0.1:{port} --cacert ca.pem");
    assert_eq!(apigw(&detour).file("ca.pem", made("ca.pem")).run().stdout(), "hello");
    invoke(port, "--cacert ca.pem -v").run().says(&["TLSv1.3", "> GET / HTTP/1.1", "< HTTP/1.1 200 OK"]);
}

#[test]
fn a_client_shows_its_certificate() {
    let port = server();
    assert_eq!(invoke(port, "-k --cert client.pem --key client.key").run().stdout(), "known");
    let both = [made("client.pem"), made("client.key")].concat();
    assert_eq!(invoke(port, "-k -E both.pem").file("both.pem", both).run().stdout(), "known");
    let ran = invoke(port, "-k --cert client.pem").exits(2).run();
    ran.says(&["--cert client.pem: a certificate and its key are needed in PEM format"]);
}

#[test]
fn a_server_without_http_2_is_spoken_to_in_http_1() {
    let ran = invoke(server(), "--cacert ca.pem --http2 -w '%{http_version}'").run();
    assert_eq!(ran.stdout(), "hello1.1");
}

#[test]
fn http_2_is_spoken_at_once() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            listener.set_nonblocking(true).unwrap();
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            let echo = hyper::service::service_fn(async |request: hyper::Request<hyper::body::Incoming>| {
                let head = format!("{} {:?} ", request.uri().path(), request.version());
                let body = request.into_body().collect().await?.to_bytes();
                let body = [head.as_bytes(), &body].concat();
                Ok::<_, hyper::Error>(hyper::Response::new(Full::new(hyper::body::Bytes::from(body))))
            });
            while let Ok((stream, _)) = listener.accept().await {
                let server = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
                server.serve_connection(TokioIo::new(stream), echo).await.unwrap_or_default();
            }
        });
    });
    let line = format!("invoke --url http://127.0.0.1:{port}/p --http2-prior-knowledge -d x=1 -v -i");
    let ran: Ran = apigw(&line).run();
    assert!(ran.stdout().starts_with("HTTP/2 200 OK\r\n"), "{}", ran.transcript());
    assert!(ran.stdout().ends_with("/p HTTP/2.0 x=1"), "{}", ran.transcript());
    ran.says(&["> POST /p HTTP/2", "< HTTP/2 200 OK"]);
}
