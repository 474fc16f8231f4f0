use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Mutex;

use riverbank_testkit::inward::INWARD;
use rustls::server::WebPkiClientVerifier;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::resolver::{Found, Lookup};
use super::*;

/// A server on this machine that answers every request with these bytes, then waits.
async fn answering(answer: Vec<u8>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut request = vec![0; 4096];
                let _ = stream.read(&mut request).await;
                let _ = stream.write_all(&answer).await;
                std::future::pending::<()>().await;
            });
        }
    });
    address
}

fn get(url: &str) -> Outgoing {
    Outgoing { method: Method::GET, url: url.parse().unwrap(), headers: HeaderMap::new(), body: Vec::new() }
}

fn client(policy: Policy) -> Client {
    Client::new(policy).unwrap()
}

async fn refusal(policy: Policy, url: &str) -> String {
    match client(policy).send(get(url)).await {
        Err(TransportError::Refused(why)) => why,
        other => panic!("{url}: {other:?}"),
    }
}

#[tokio::test]
async fn outside_a_sandbox_whatever_leads_inward_is_refused() {
    for (url, trick) in INWARD {
        // What is no address at all goes nowhere.
        let Ok(url) = url.parse::<Url>() else { continue };
        let request = Outgoing { url, ..get("https://bank.example/") };
        let sent = client(Policy::default()).send(request).await;
        assert!(matches!(sent, Err(TransportError::Refused(_))), "{trick}: {sent:?}");
    }
}

/// Looks a name up as it is told to: the next of these answers each time, the last one for good.
struct Told(Mutex<VecDeque<IpAddr>>);

impl Lookup for Told {
    fn look_up(&self, _: String) -> Found {
        let mut answers = self.0.lock().unwrap();
        let answer = if answers.len() > 1 { answers.pop_front() } else { answers.front().copied() };
        let found = answer.into_iter().map(|address| SocketAddr::new(address, 0)).collect();
        Box::pin(async move { Ok(found) })
    }
}

#[tokio::test]
async fn a_name_that_answers_differently_the_second_time_gains_nothing() {
    let (outside, pem) = answering_over_tls();
    let inside = TcpListener::bind("127.0.0.2:0").await.unwrap();
    // The one address is open by the operator's word, the other is what an attacker wants to reach.
    let policy =
        Policy { open: vec!["127.0.0.1".parse().unwrap()], extra_roots: vec![pem], ..Policy::default() };
    let answers = ["127.0.0.1", "127.0.0.2"].map(|address| address.parse().unwrap());
    let lookup = Arc::new(Told(Mutex::new(answers.into())));
    let client = Client::looking_up(policy, lookup).unwrap();
    let at = |address: SocketAddr| format!("https://bank.example:{}/", address.port());
    // The certificate is not of this name; but it is our peer that says so, and not the one inside.
    let first = client.send(get(&at(outside))).await;
    assert!(matches!(first, Err(TransportError::Failed(_))), "{first:?}");
    let second = client.send(get(&at(inside.local_addr().unwrap()))).await;
    let Err(TransportError::Refused(why)) = second else { panic!("{second:?}") };
    assert_eq!(why, "bank.example leads to 127.0.0.2, an address that is loopback");
    let reached = tokio::time::timeout(Duration::from_millis(200), inside.accept()).await;
    assert!(reached.is_err(), "nobody came");
}

#[tokio::test]
async fn outside_a_sandbox_hosts_that_are_closed_addresses_are_refused() {
    for url in [
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://0.0.0.0/",
        "https://10.0.0.1:8443/",
        "https://169.254.169.254/latest",
        "https://192.168.1.1/",
        "https://224.0.0.1/",
        "https://[::]/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "https://[2001::1]/",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
    ] {
        refusal(Policy::default(), url).await;
    }
}

#[tokio::test]
async fn outside_a_sandbox_a_name_that_leads_to_a_closed_address_is_refused_when_it_is_resolved() {
    let lookup = Arc::new(Told(Mutex::new(["10.0.0.1".parse().unwrap()].into())));
    let client = Client::looking_up(Policy::default(), lookup).unwrap();
    let Err(TransportError::Refused(why)) = client.send(get("https://bank.example/")).await else { panic!() };
    assert_eq!(why, "bank.example leads to 10.0.0.1, an address that is private");
}

#[test]
fn of_several_addresses_of_a_name_only_the_open_ones_are_tried() {
    let found: Vec<SocketAddr> =
        ["10.0.0.1:0", "8.8.8.8:0", "[::1]:0"].map(|address| address.parse().unwrap()).to_vec();
    let open = resolver::open_addresses(&Policy::default(), "bank.example", found.clone()).unwrap();
    assert_eq!(open, ["8.8.8.8:0".parse().unwrap()]);
    let listed = Policy { open: vec!["10.0.0.0/8".parse().unwrap()], ..Policy::default() };
    let open = resolver::open_addresses(&listed, "bank.example", found.clone()).unwrap();
    assert_eq!(open.len(), 2);
    assert_eq!(resolver::open_addresses(&Policy::sandbox(), "bank.example", found.clone()).unwrap().len(), 3);
    let local = resolver::open_addresses(&Policy::sandbox(), "localhost", found).unwrap();
    assert_eq!(local, ["[::1]:0".parse().unwrap()]);
}

#[tokio::test]
async fn http_reaches_loopback_in_a_sandbox_and_nothing_else() {
    let address = answering(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi".to_vec()).await;
    let answer = client(Policy::sandbox()).send(get(&format!("http://{address}/"))).await.unwrap();
    assert_eq!((answer.status.as_u16(), answer.body.as_slice()), (200, &b"hi"[..]));
    refusal(Policy::sandbox(), "http://8.8.8.8/").await;
    refusal(Policy::sandbox(), "http://bank.example/").await;
    refusal(Policy::sandbox(), "ftp://localhost/").await;
    refusal(Policy::default(), &format!("http://{address}/")).await;
    refusal(Policy::default(), "http://8.8.8.8/").await;
    refusal(Policy::default(), "https://user:secret@bank.example/").await;
}

#[tokio::test]
async fn an_address_on_the_list_is_open_outside_a_sandbox() {
    let address = answering(b"no TLS here".to_vec()).await;
    let policy = Policy { open: vec!["127.0.0.1".parse().unwrap()], ..Policy::default() };
    let error = client(policy).send(get(&format!("https://{address}/"))).await.unwrap_err();
    assert!(matches!(error, TransportError::Failed(_)), "it was connected to: {error:?}");
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let other = answering(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".to_vec()).await;
    let answer = format!("HTTP/1.1 302 Found\r\nLocation: http://{other}/\r\nContent-Length: 0\r\n\r\n");
    let address = answering(answer.into_bytes()).await;
    let answer = client(Policy::sandbox()).send(get(&format!("http://{address}/"))).await.unwrap();
    assert_eq!(answer.status.as_u16(), 302);
}

#[tokio::test]
async fn an_answer_over_the_limit_is_refused_with_and_without_its_length() {
    for answer in [
        &b"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n01234567890"[..],
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n01234567890",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n012345\r\n5\r\n67890\r\n",
    ] {
        let address = answering(answer.to_vec()).await;
        let policy = Policy { size_limit: 10, ..Policy::sandbox() };
        assert_eq!(
            client(policy).send(get(&format!("http://{address}/"))).await.unwrap_err(),
            TransportError::TooLarge(10)
        );
    }
}

#[tokio::test]
async fn an_answer_that_does_not_come_or_does_not_end_is_given_up() {
    for answer in [&b""[..], b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nslow"] {
        let address = answering(answer.to_vec()).await;
        let policy = Policy { total_limit: Duration::from_millis(200), ..Policy::sandbox() };
        assert_eq!(
            client(policy).send(get(&format!("http://{address}/"))).await.unwrap_err(),
            TransportError::TimedOut
        );
    }
}

/// A server on this machine that speaks TLS as `localhost`, and its certificate in PEM.
fn answering_over_tls() -> (SocketAddr, Vec<u8>) {
    answering_over_tls_to(None)
}

/// The same; where it is told of a client's certificate, it answers that client only.
fn answering_over_tls_to(client: Option<&CertificateDer<'static>>) -> (SocketAddr, Vec<u8>) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .unwrap();
    let config = match client {
        None => config.with_no_client_auth(),
        Some(client) => {
            let mut roots = RootCertStore::empty();
            roots.add(client.clone()).unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build();
            config.with_client_cert_verifier(verifier.unwrap())
        }
    };
    let config = config.with_single_cert(vec![made.cert.der().clone()], key).unwrap();
    let config = Arc::new(config);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        use std::io::{Read as _, Write as _};
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut tls = rustls::Stream::new(&mut connection, &mut stream);
            // A client that does not trust us goes away here.
            let mut request = [0; 4096];
            if tls.read(&mut request).is_ok() {
                let _ = tls.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
            }
        }
    });
    (address, made.cert.pem().into_bytes())
}

#[tokio::test]
async fn a_certificate_is_trusted_when_its_root_is_configured_and_for_its_name_only() {
    let (address, pem) = answering_over_tls();
    let trusting =
        Policy { open: vec!["127.0.0.1".parse().unwrap()], extra_roots: vec![pem], ..Policy::default() };
    let by_name = format!("https://localhost:{}/", address.port());
    let answer = client(trusting.clone()).send(get(&by_name)).await.unwrap();
    assert_eq!(answer.body, b"hi");
    let by_address = client(trusting.clone()).send(get(&format!("https://{address}/"))).await;
    assert!(matches!(by_address, Err(TransportError::Failed(_))), "{by_address:?}");
    let distrusting = Policy { extra_roots: Vec::new(), ..trusting };
    let distrusted = client(distrusting).send(get(&by_name)).await;
    assert!(matches!(distrusted, Err(TransportError::Failed(_))), "{distrusted:?}");
}

#[tokio::test]
async fn a_server_that_asks_who_connects_is_shown_the_certificate() {
    let made = rcgen::generate_simple_self_signed(["client".to_owned()]).unwrap();
    let (address, pem) = answering_over_tls_to(Some(made.cert.der()));
    let policy =
        Policy { open: vec!["127.0.0.1".parse().unwrap()], extra_roots: vec![pem], ..Policy::default() };
    let url = format!("https://localhost:{}/", address.port());
    let text = format!("{}{}", made.cert.pem(), made.signing_key.serialize_pem());
    let identity = Identity::from_pem(text.as_bytes()).unwrap();
    let answer = Client::identified(policy.clone(), &identity).unwrap().send(get(&url)).await.unwrap();
    assert_eq!(answer.body, b"hi");
    let nobody = client(policy).send(get(&url)).await;
    assert!(matches!(nobody, Err(TransportError::Failed(_))), "{nobody:?}");
}

#[test]
fn a_root_that_is_no_certificate_is_told_when_the_client_is_made() {
    let policy = Policy {
        extra_roots: vec![b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_vec()],
        ..Policy::default()
    };
    assert!(matches!(Client::new(policy), Err(SetupError::Certificate(_))));
}
