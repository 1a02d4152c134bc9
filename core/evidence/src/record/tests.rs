use super::*;
use xunge_domain::geo::Point;

const INSTALLATION: InstallationId = InstallationId::from_bytes([1; 16]);

fn moment() -> Moment {
    Moment {
        at: Timestamp::from_millis(1_751_252_400_000),
        uptime: Some(Uptime {
            boot: [2; 16].into(),
            millis: 300,
        }),
        beacon: Some(Beacon {
            at: Timestamp::from_millis(1_751_252_000_000),
            nonce: [3; 16].into(),
            signature: [4; 64].into(),
        }),
        fixes: vec![Fix {
            point: Point {
                longitude_e7: 1_136_000_000,
                latitude_e7: 347_000_000,
            },
            accuracy_metres: Some(8),
            provider: "gps".into(),
            at: Timestamp::from_millis(1_751_252_399_000),
            mock: false,
        }],
        signals: vec!["adb".into()],
        since_beacon: None,
    }
}

fn record(chain: &Chain) -> Record {
    let working = Some(Digest::of(b"working"));
    Record::following(chain, ("x 1", KeyProtection::Software), moment(), working)
}

/// By hand from the grammar.
const GOLDEN: &[&str] = &[
    "8801",
    "5001010101010101010101010101010101",
    "01",
    "f6",
    "63782031",
    "00",
    "85",
    "1b00000197bec6f780",
    "825002020202020202020202020202020202",
    "19012c",
    "831b00000197bec0dd00",
    "5003030303030303030303030303030303",
    "5840",
    "04040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404",
    "8185821a43b5fc001a14aeccc0",
    "0863677073",
    "1b00000197bec6f398f4",
    "8163616462",
];

#[test]
fn the_bytes_are_on_file() {
    let bytes = record(&Chain::of(INSTALLATION)).to_bytes();
    let working = data_encoding::HEXLOWER.encode(Digest::of(b"working").as_bytes());
    let expected = format!("{}5820{working}", GOLDEN.concat());
    assert_eq!(data_encoding::HEXLOWER.encode(&bytes), expected);
    assert_eq!(
        Record::from_bytes(&bytes),
        Ok(record(&Chain::of(INSTALLATION)))
    );
}

#[test]
fn nothing_but_the_one_form_is_read() {
    let record = record(&Chain::of(INSTALLATION));
    let bytes = record.to_bytes();
    assert_eq!(Record::from_bytes(&[0]), Err(RecordError::Without));
    assert_eq!(Record::from_bytes(&[]), Err(RecordError::Malformed));
    let long = vec![0x80; RECORD_BYTES_MAX + 1];
    assert_eq!(Record::from_bytes(&long), Err(RecordError::TooLong));
    let mut more = bytes.clone();
    more.push(0);
    assert_eq!(Record::from_bytes(&more), Err(RecordError::Malformed));
    // The place as two bytes where one is enough.
    let place = 2 + 17;
    let mut wide = bytes.clone();
    wide.splice(place..=place, [0x18, 1]);
    assert_eq!(Record::from_bytes(&wide), Err(RecordError::Malformed));
    for other in [
        Record {
            version: 2,
            ..record.clone()
        },
        Record {
            seq: 0,
            ..record.clone()
        },
        Record {
            seq: 2,
            ..record.clone()
        },
        Record {
            previous: Some(Digest::of(b"")),
            ..record.clone()
        },
    ] {
        assert_eq!(
            Record::from_bytes(&other.to_bytes()),
            Err(RecordError::Malformed)
        );
    }
    for cut in 0..bytes.len() {
        assert!(Record::from_bytes(&bytes[..cut]).is_err());
    }
}

#[test]
fn a_form_left_open_makes_no_record_that_is_refused() {
    let mut fix = moment().fixes.remove(0);
    fix.provider = "🛰".repeat(50);
    let mut fixes = vec![fix.clone(); 100];
    fixes[70].accuracy_metres = Some(1);
    let many = moment().with(&fixes, &vec!["🛰".repeat(50); 100]);
    assert_eq!(many.fixes[0].accuracy_metres, Some(1));
    let chain = Chain::of(INSTALLATION);
    let record = Record::following(&chain, ("x", KeyProtection::Hardware), many, None);
    assert_eq!(Record::from_bytes(&record.to_bytes()), Ok(record));
}

fn links(count: u64) -> Vec<ChainLink> {
    let mut chain = Chain::of(INSTALLATION);
    let link = |_| {
        let previous = chain.last;
        chain.follow(Digest::of(&chain.seq.to_be_bytes()));
        ChainLink {
            seq: chain.seq,
            name: chain.last.unwrap_or_else(|| Digest::of(b"")),
            previous,
        }
    };
    (0..count).map(link).collect()
}

#[test]
fn a_chain_is_whole_in_whichever_order_it_came() {
    let mut links = links(20);
    assert_eq!(check_chain(&links), []);
    links.reverse();
    links.push(links[3]);
    assert_eq!(check_chain(&links), []);
    assert_eq!(check_chain(&[]), []);
}

#[test]
fn a_record_left_out_put_in_or_moved_shows() {
    let whole = links(9);
    let mut without = whole.clone();
    without.remove(4);
    without.remove(4);
    assert_eq!(
        check_chain(&without),
        [ChainFinding::Missing { from: 5, to: 6 }]
    );
    let mut headless = whole.clone();
    headless.remove(0);
    assert_eq!(
        check_chain(&headless),
        [ChainFinding::Missing { from: 1, to: 1 }]
    );
    let mut forked = whole.clone();
    forked.push(ChainLink {
        name: Digest::of(b"other"),
        ..whole[5]
    });
    assert_eq!(check_chain(&forked), [ChainFinding::Forked { seq: 6 }]);
    let mut moved = whole.clone();
    (moved[3].seq, moved[4].seq) = (5, 4);
    assert_eq!(
        check_chain(&moved),
        [4, 5, 6].map(|seq| ChainFinding::Torn { seq })
    );
}

#[test]
fn what_is_counted_from_the_beacon_bounds_the_moment_and_has_to_fit() {
    let with = |since_beacon: Option<u64>, moment: Moment| Record {
        moment: Moment {
            since_beacon,
            ..moment
        },
        ..record(&Chain::of(INSTALLATION))
    };
    let counted = with(Some(250), moment());
    assert_eq!(Record::from_bytes(&counted.to_bytes()), Ok(counted.clone()));
    let latest = Timestamp::from_millis(1_751_252_000_250);
    assert_eq!(counted.moment.at_the_latest(), Some(latest));
    assert_eq!(moment().at_the_latest(), None);
    let without_beacon = Moment {
        beacon: None,
        ..moment()
    };
    let without_uptime = Moment {
        uptime: None,
        ..moment()
    };
    for (since, moment) in [
        // Longer than the device runs.
        (301, moment()),
        (u64::MAX, moment()),
        (250, without_beacon),
        (250, without_uptime),
    ] {
        let bytes = with(Some(since), moment).to_bytes();
        assert_eq!(Record::from_bytes(&bytes), Err(RecordError::Malformed));
    }
}
