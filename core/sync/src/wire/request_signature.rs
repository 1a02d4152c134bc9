//! Signed requests: RFC 9421 with the digest of RFC 9530, in the one profile that devices and the hub speak.
//!
//! A device signs the method, the path, the digest of the body and its session, and of a chunk the range; the parameters
//! name when (a claim: a phone's clock may be wrong by years, so nobody is refused for it), which key, and a nonce, which
//! is the one the answer is signed over. The key is the device's own; `docs/decisions/0021` says why no other key stands
//! between.
//!
//! ```text
//! content-digest: sha-256=:…:
//! signature-input: s=("@method" "@path" "content-digest" "xunge-session");created=…;nonce="…";keyid="…"
//! signature: s=:…:
//! ```

use data_encoding::{BASE64, BASE64_NOPAD, HEXLOWER};
use xunge_domain::ids::Digest;
use xunge_domain::time::Timestamp;

use crate::keys::{PublicKey, Signature, Signer, SignerError};
use crate::wire::{Nonce, SESSION_HEADER};

/// Header of a body's digest.
pub const CONTENT_DIGEST_HEADER: &str = "content-digest";
/// Header that says what is signed, and how.
pub const SIGNATURE_INPUT_HEADER: &str = "signature-input";
/// Header of the signature.
pub const SIGNATURE_HEADER: &str = "signature";
const CONTENT_RANGE_HEADER: &str = "content-range";

/// What every signature covers.
const COVERED: [&str; 4] = ["@method", "@path", CONTENT_DIGEST_HEADER, SESSION_HEADER];
/// The one algorithm. The key says it (RFC 9421 §3.2, step 6), so devices do not: 24 bytes a request. Who says it says this.
const ALGORITHM: &str = "ecdsa-p256-sha256";
/// Longest header that is looked at: ours has 150 characters.
const INPUT_BYTES_MAX: usize = 512;

/// Names a signed request: no two differ only in what a bystander may change.
pub type RequestName = [u8; 16];

/// What stands before a body, as far as it is signed.
#[derive(Clone, Copy)]
pub struct RequestHead<'a> {
    /// `POST`, `PUT`.
    pub method: &'a str,
    /// Without a query.
    pub path: &'a str,
    /// The value of a header, by its name in lower case.
    pub header: &'a dyn Fn(&str) -> Option<&'a str>,
}

/// Why a request cannot be said to come from a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RequestSignatureError {
    /// There is none, or none in this profile.
    #[error("the request carries no signature this hub reads")]
    Missing,
    /// There is one that does not cover what it must, or does not hold.
    #[error("the signature of the request does not hold")]
    Wrong,
}

impl RequestSignatureError {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "request_signature_missing",
            Self::Wrong => "request_signature_wrong",
        }
    }
}

/// The signature of a request, read and not yet verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestSignature {
    base: String,
    signature: Signature,
    key: [u8; 8],
    nonce: Nonce,
    digest: Digest,
}

impl RequestSignature {
    /// Reads the headers.
    ///
    /// # Errors
    /// They are not there, or cover too little.
    pub fn read(head: RequestHead<'_>) -> Result<Self, RequestSignatureError> {
        use RequestSignatureError::{Missing, Wrong};
        let input = (head.header)(SIGNATURE_INPUT_HEADER).ok_or(Missing)?;
        let signature = (head.header)(SIGNATURE_HEADER).ok_or(Missing)?;
        let digest = (head.header)(CONTENT_DIGEST_HEADER).ok_or(Missing)?;
        if input.len() > INPUT_BYTES_MAX {
            return Err(Missing);
        }
        let input = input.strip_prefix("s=").ok_or(Missing)?;
        let (covered, parameters) = split_input(input).ok_or(Missing)?;
        let mut required: Vec<&str> = COVERED.to_vec();
        required.extend((head.header)(CONTENT_RANGE_HEADER).map(|_| CONTENT_RANGE_HEADER));
        if covered != required {
            return Err(Wrong);
        }
        let parameter = |name| parameters.iter().find(|(found, _)| *found == name);
        let text = |name| parameter(name).and_then(|(_, value)| unquoted(value));
        let created = parameter("created").ok_or(Missing)?;
        created.1.parse::<i64>().map_err(|_| Missing)?;
        if parameter("alg").is_some() && text("alg") != Some(ALGORITHM) {
            return Err(Missing);
        }
        let key = HEXLOWER.decode(text("keyid").ok_or(Missing)?.as_bytes());
        let nonce = BASE64_NOPAD.decode(text("nonce").ok_or(Missing)?.as_bytes());
        let signature = bytes_of(signature.strip_prefix("s=").ok_or(Missing)?);
        let values: Vec<(&str, &str)> = covered
            .iter()
            .map(|name| {
                let value = match *name {
                    "@method" => Some(head.method),
                    "@path" => Some(head.path),
                    header => (head.header)(header).map(str::trim),
                };
                value.map(|value| (*name, value))
            })
            .collect::<Option<_>>()
            .ok_or(Wrong)?;
        Ok(Self {
            base: signature_base(&values, input),
            signature: signature
                .and_then(|bytes| bytes.try_into().ok())
                .ok_or(Wrong)?,
            key: key.ok().and_then(|key| key.try_into().ok()).ok_or(Wrong)?,
            nonce: nonce
                .ok()
                .and_then(|nonce| nonce.try_into().ok())
                .ok_or(Wrong)?,
            digest: digest_of_header(digest).ok_or(Wrong)?,
        })
    }

    /// Whether this key made it. Cost: about 0.2 ms.
    pub fn is_by(&self, key: &PublicKey) -> bool {
        self.key == key.fingerprint() && key.verifies(self.base.as_bytes(), &self.signature)
    }

    /// What the body must hash to.
    pub const fn digest(&self) -> &Digest {
        &self.digest
    }

    /// Drawn for this request alone.
    pub const fn nonce(&self) -> &Nonce {
        &self.nonce
    }

    /// Names the request by its signature. By `r` alone: whoever sees `r` and `s` can write `-s` beside it, which holds as
    /// well, but nobody makes another `r` without the key.
    pub fn name(&self) -> RequestName {
        let mut name = RequestName::default();
        name.copy_from_slice(&self.signature[..size_of::<RequestName>()]);
        name
    }
}

/// The three headers that sign a request. `headers` are those it has already, `now` the device's clock.
///
/// # Errors
/// The key is gone or locked.
pub(crate) fn signature_headers(
    method: &str,
    path: &str,
    headers: &[(String, String)],
    body: &[u8],
    (now, nonce): (Timestamp, &Nonce),
    signer: &dyn Signer,
) -> Result<[(String, String); 3], SignerError> {
    let digest = format!("sha-256=:{}:", BASE64.encode(Digest::of(body).as_bytes()));
    let header = |name: &str| {
        let found = headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    };
    let mut values = vec![
        ("@method", method),
        ("@path", path),
        (CONTENT_DIGEST_HEADER, digest.as_str()),
        (SESSION_HEADER, header(SESSION_HEADER).unwrap_or_default()),
    ];
    values.extend(header(CONTENT_RANGE_HEADER).map(|range| (CONTENT_RANGE_HEADER, range)));
    let names: Vec<String> = values
        .iter()
        .map(|(name, _)| format!("\"{name}\""))
        .collect();
    let input = format!(
        "({});created={};nonce=\"{}\";keyid=\"{}\"",
        names.join(" "),
        now.as_millis().div_euclid(1_000),
        BASE64_NOPAD.encode(nonce),
        HEXLOWER.encode(&signer.public_key().fingerprint()),
    );
    let signature = signer.sign(signature_base(&values, &input).as_bytes())?;
    Ok([
        (SIGNATURE_INPUT_HEADER.into(), format!("s={input}")),
        (
            SIGNATURE_HEADER.into(),
            format!("s=:{}:", BASE64.encode(&signature)),
        ),
        (CONTENT_DIGEST_HEADER.into(), digest),
    ])
}

/// What is signed (RFC 9421 §2.5).
fn signature_base(values: &[(&str, &str)], input: &str) -> String {
    let mut base: String = values
        .iter()
        .map(|(name, value)| format!("\"{name}\": {value}\n"))
        .collect();
    base.push_str("\"@signature-params\": ");
    base.push_str(input);
    base
}

/// The covered components, and the parameters with their values as they are written. Nothing of ours holds a separator.
type Input<'a> = (Vec<&'a str>, Vec<(&'a str, &'a str)>);

fn split_input(input: &str) -> Option<Input<'_>> {
    let (covered, parameters) = input.strip_prefix('(')?.split_once(')')?;
    let covered = covered.split(' ').map(unquoted).collect::<Option<_>>()?;
    let parameters = parameters.strip_prefix(';')?.split(';');
    let parameters = parameters
        .map(|pair| pair.split_once('='))
        .collect::<Option<_>>()?;
    Some((covered, parameters))
}

fn unquoted(text: &str) -> Option<&str> {
    text.strip_prefix('"')?.strip_suffix('"')
}

/// A byte sequence of a structured field (RFC 8941 §3.3.5).
fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let text = text.strip_prefix(':')?.strip_suffix(':')?;
    BASE64.decode(text.as_bytes()).ok()
}

fn digest_of_header(header: &str) -> Option<Digest> {
    let bytes: [u8; 32] = bytes_of(header.strip_prefix("sha-256=")?)?
        .try_into()
        .ok()?;
    Some(Digest::from_bytes(bytes))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use crate::keys::SoftwareKey;

    /// RFC 9421 appendix B.1.3, the compressed point of `test-key-ecc-p256`.
    fn key_of_the_rfc() -> PublicKey {
        let info = BASE64
            .decode(
                b"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf\
                w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==",
            )
            .unwrap();
        let (x, y) = info[info.len() - 64..].split_at(32);
        PublicKey::from_slice(&[&[2 + (y[31] & 1)], x].concat()).unwrap()
    }

    #[test]
    fn the_signature_of_the_rfc_holds_over_the_base_of_the_rfc() {
        // Appendix B.2.4.
        let values = [
            ("@status", "200"),
            ("content-type", "application/json"),
            (
                "content-digest",
                "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:",
            ),
            ("content-length", "23"),
        ];
        let input = "(\"@status\" \"content-type\" \"content-digest\" \"content-length\");created=1618884473;keyid=\"test-key-ecc-p256\"";
        let base = signature_base(&values, input);
        let signature = bytes_of(
            ":wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==:",
        )
        .unwrap();
        assert!(key_of_the_rfc().verifies(base.as_bytes(), &signature));
        assert!(!key_of_the_rfc().verifies(base.replace("200", "201").as_bytes(), &signature));
    }

    #[test]
    fn the_digest_of_the_rfc_is_ours() {
        // RFC 9421 §1.4 and B.2: the body of the test request.
        let found = digest_of_header("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:");
        assert_eq!(found, Some(Digest::of(b"{\"hello\": \"world\"}")));
    }

    const PATH: &str = "/api/sync";

    fn signed(key: &SoftwareKey) -> Vec<(String, String)> {
        let mut headers = vec![
            (SESSION_HEADER.to_owned(), "0102.0304".to_owned()),
            (CONTENT_RANGE_HEADER.to_owned(), "bytes 0-3/4".to_owned()),
        ];
        let when = (Timestamp::from_millis(-1), &[7; 16]);
        let made = signature_headers("PUT", PATH, &headers, b"body", when, key).unwrap();
        headers.extend(made);
        headers
    }

    fn read(
        method: &str,
        path: &str,
        headers: &[(String, String)],
    ) -> Result<RequestSignature, RequestSignatureError> {
        RequestSignature::read(RequestHead {
            method,
            path,
            header: &|name| {
                let found = headers.iter().find(|(known, _)| known == name);
                found.map(|(_, value)| value.as_str())
            },
        })
    }

    #[test]
    fn what_a_device_signs_is_read_and_holds_for_that_request_and_key_alone() {
        let [key, other] = [7, 8].map(|byte| SoftwareKey::from_bytes(&[byte; 32]).unwrap());
        let headers = signed(&key);
        let found = read("PUT", PATH, &headers).unwrap();
        assert!(found.is_by(&key.public_key()));
        assert!(!found.is_by(&other.public_key()));
        assert_eq!(
            (found.digest(), found.nonce()),
            (&Digest::of(b"body"), &[7; 16])
        );
        assert!(
            headers
                .iter()
                .any(|(_, value)| value.contains("created=-1;"))
        );
        for (method, path) in [("POST", PATH), ("PUT", "/api/synx")] {
            let bent = read(method, path, &headers).unwrap();
            assert!(!bent.is_by(&key.public_key()), "{method} {path}");
        }
        for (index, (name, value)) in headers.iter().enumerate() {
            let mut bent = headers.clone();
            bent[index].1 = match name.as_str() {
                SIGNATURE_HEADER => format!("s=:{}:", BASE64.encode(&[1; 64])),
                SIGNATURE_INPUT_HEADER => value.replace("created=-1", "created=1"),
                CONTENT_DIGEST_HEADER => {
                    format!("sha-256=:{}:", BASE64.encode(Digest::of(b"b").as_bytes()))
                }
                _ => value.replace('0', "1"),
            };
            let held = read("PUT", PATH, &bent).is_ok_and(|read| read.is_by(&key.public_key()));
            assert!(!held, "{name}");
        }
    }

    #[test]
    fn a_signature_that_covers_too_little_or_is_of_another_profile_is_refused() {
        use RequestSignatureError::{Missing, Wrong};
        let key = SoftwareKey::from_bytes(&[7; 32]).unwrap();
        let headers = signed(&key);
        for index in 2..headers.len() {
            let mut without = headers.clone();
            without.remove(index);
            assert_eq!(read("PUT", PATH, &without), Err(Missing));
        }
        let with_input = |from: &str, to: &str| {
            let mut bent = headers.clone();
            bent[2].1 = bent[2].1.replace(from, to);
            read("PUT", PATH, &bent).err()
        };
        for left_out in [
            "\"@path\" ",
            "\"@method\" ",
            " \"content-range\"",
            "\"content-digest\" ",
        ] {
            assert_eq!(with_input(left_out, ""), Some(Wrong), "{left_out}");
        }
        for (from, to) in [
            ("s=", "t="),
            (";keyid=", ";alg=\"hmac-sha256\";keyid="),
            (";keyid=", ";alg=ecdsa-p256-sha256;keyid="),
            ("nonce=", "once="),
            ("created=-1", "created=soon"),
            (";created=-1", ""),
            ("(", ""),
        ] {
            assert_eq!(with_input(from, to), Some(Missing), "{from}");
        }
        assert_eq!(with_input("keyid=\"", "keyid=\"00"), Some(Wrong));
        let long = "x".repeat(INPUT_BYTES_MAX);
        let stretched = format!(";x={long};keyid=");
        assert_eq!(with_input(";keyid=", &stretched), Some(Missing));
        // Devices of before say the algorithm.
        let said = format!(";alg=\"{ALGORITHM}\";keyid=");
        assert_eq!(with_input(";keyid=", &said), None);
        let mut short = headers.clone();
        short[3].1 = "s=:AAAA:".into();
        assert_eq!(read("PUT", PATH, &short), Err(Wrong));
        // A range that is not there needs no cover, one that appears does.
        let mut ranged: Vec<_> = headers[..1].to_vec();
        let when = (Timestamp::from_millis(0), &[7; 16]);
        let made = signature_headers("PUT", PATH, &ranged, b"", when, &key).unwrap();
        ranged.extend(made);
        assert!(read("PUT", PATH, &ranged).is_ok());
        ranged.push((CONTENT_RANGE_HEADER.into(), "bytes 0-3/4".into()));
        assert_eq!(read("PUT", PATH, &ranged), Err(Wrong));
    }
}
