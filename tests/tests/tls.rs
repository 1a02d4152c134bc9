//! A hub that speaks TLS itself, and who comes between: real processes, and a listener that notes what it is sent.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::Value;
use xunge_field::{HttpAnswer, HttpRequest, Method};
use xunge_server::tls::pin_of_file;
use xunge_tests::device::Link;
use xunge_tests::world::{DEMO_PASSWORD, DeviceProcess, DeviceRun, ServerProcess, photo};

fn enrol(phone: &DeviceProcess, server: &ServerProcess, at: &str) -> DeviceRun {
    let code = server.enrolment_code("worker-putian");
    phone.run(&["enrol", "--server", at, "--code", &code])
}

fn report(phone: &DeviceProcess, folder: &Path) -> Value {
    let picture = photo::draw(folder, "picture", 7, 640, 480);
    phone.done(&[
        "report",
        "--class",
        "road_damage",
        "--at",
        "113.7861,34.7552",
        "--photo",
        picture.to_str().unwrap(),
        "--description",
        "路面坑洞深约半米",
    ])
}

#[test]
fn a_device_works_over_tls_and_sends_nothing_to_anybody_with_another_certificate() {
    let folder = tempfile::tempdir().unwrap();
    let (own, others) = (folder.path().join("own"), folder.path().join("others"));
    let mut server = ServerProcess::demo_with_tls(&folder.path().join("hub"), &own, 0);
    let between = ServerProcess::demo_with_tls(&folder.path().join("between"), &others, 0);
    assert!(server.url().starts_with("https://"));
    let phone = DeviceProcess::new(folder.path(), "phone");

    // The code names the certificate: already the first request is for this hub alone.
    let told = enrol(&phone, &server, &between.url());
    assert_eq!(told.json["error"]["code"], "wrong_certificate");
    // Nor does it go out unencrypted.
    let plain = server.url().replace("https://", "http://");
    let told = enrol(&phone, &server, &plain);
    assert_eq!(told.json["error"]["code"], "invalid_input");
    let told = enrol(&phone, &server, &server.url());
    assert_eq!(told.code, Some(0), "{}", told.json);

    let case = report(&phone, folder.path());
    for wrong in [between.url(), plain] {
        let round = phone.run(&["sync", "--server", &wrong, "--tries", "1"]);
        assert_eq!(round.code, Some(4), "{}", round.json);
        assert_eq!(round.json["problem"]["code"], "wrong_certificate");
    }
    phone.done(&["sync"]);
    let case = case["case"].as_str().unwrap();
    let shown = phone.done(&["show", case]);
    assert_eq!(shown["delivery"], "received", "{shown}");
    // And after the hub began anew: the pin is the authority's.
    server.restart();
    phone.done(&["sync"]);
}

/// The body of a request that nobody else should see.
const SAID: &[u8] = b"between us";

/// A hub's address taken by somebody with a certificate of another authority. Answers what came to it in the clear.
fn impostor(certificates: &Path) -> (String, JoinHandle<Vec<u8>>) {
    let chain = fs::read(certificates.join("tls.pem")).unwrap();
    let chain = CertificateDer::pem_slice_iter(&chain).collect::<Result<_, _>>();
    let key = PrivateKeyDer::from_pem_file(certificates.join("tls.key")).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain.unwrap(), key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let noted = thread::spawn(move || {
        let (socket, _) = listener.accept().unwrap();
        let connection = ServerConnection::new(Arc::new(config)).unwrap();
        let mut stream = StreamOwned::new(connection, socket);
        let (mut noted, mut buffer) = (Vec::new(), [0; 1024]);
        // Ends with the device's alert, or with what it said.
        while let Ok(read @ 1..) = stream.read(&mut buffer) {
            noted.extend_from_slice(&buffer[..read]);
            if noted.ends_with(SAID) {
                let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n");
                break;
            }
        }
        noted
    });
    (url, noted)
}

#[test]
fn not_a_byte_of_a_request_reaches_an_impostor_and_the_right_pin_lets_it_through() {
    let folder = tempfile::tempdir().unwrap();
    let (own, others) = (folder.path().join("own"), folder.path().join("others"));
    let _server = ServerProcess::demo_with_tls(&folder.path().join("hub"), &own, 0);
    let _other = ServerProcess::demo_with_tls(&folder.path().join("other"), &others, 0);
    let request = HttpRequest {
        method: Method::Post,
        path: "/api/sync".into(),
        headers: vec![("xunge-session".into(), "secret".into())],
        body: SAID.to_vec(),
    };
    let pin = pin_of_file(&own.join("tls-ca.pem")).unwrap();
    let (url, noted) = impostor(&others);
    let answer = Link::pinned(&url, Some(pin)).perform(&request);
    assert_eq!(answer, HttpAnswer::WrongCertificate);
    assert_eq!(noted.join().unwrap(), b"");

    // The same listener with a certificate of the pinned authority hears it.
    let (url, noted) = impostor(&own);
    let answer = Link::pinned(&url, Some(pin)).perform(&request);
    assert!(
        matches!(answer, HttpAnswer::Answered { status: 204, .. }),
        "{answer:?}"
    );
    assert!(noted.join().unwrap().ends_with(SAID));
}

#[test]
fn plain_http_at_a_tls_port_is_told_what_to_speak_and_browsers_are_told_to_stay() {
    let folder = tempfile::tempdir().unwrap();
    let certificates = folder.path().join("own");
    let server = ServerProcess::demo_with_tls(&folder.path().join("hub"), &certificates, 0);
    let mut socket = TcpStream::connect(server.address).unwrap();
    socket
        .write_all(b"GET /healthz HTTP/1.1\r\nhost: hub\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    assert!(answer.contains("\"tls_required\"") && answer.contains("HTTPS"));

    let page = over_tls(&server, &certificates, "GET /login HTTP/1.1", "");
    assert!(
        page.contains("strict-transport-security: max-age="),
        "{page}"
    );
    let form = format!("person=clerk&password={DEMO_PASSWORD}");
    let head = "POST /login HTTP/1.1\r\ncontent-type: application/x-www-form-urlencoded";
    let logged_in = over_tls(&server, &certificates, head, &form);
    assert!(
        logged_in.contains("set-cookie: __Host-xunge_session="),
        "{logged_in}"
    );
    assert!(logged_in.contains("; Secure"), "{logged_in}");
}

/// One request as a browser that trusts the authority sends it.
fn over_tls(server: &ServerProcess, certificates: &Path, head: &str, body: &str) -> String {
    use rustls::{ClientConfig, ClientConnection, RootCertStore};
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_file(certificates.join("tls-ca.pem")).unwrap())
        .unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = server.address.ip().into();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let socket = TcpStream::connect(server.address).unwrap();
    let mut stream = StreamOwned::new(connection, socket);
    let length = body.len();
    let text = format!(
        "{head}\r\nhost: hub\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    stream.write_all(text.as_bytes()).unwrap();
    let mut answer = String::new();
    // The end of the connection is no matter here.
    let _ = stream.read_to_string(&mut answer);
    answer
}
