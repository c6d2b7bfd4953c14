//! Beside `serde_json`, which reads the same.

use super::{Number, Value};
use alloc::string::String;
use alloc::vec::Vec;
use proptest::prelude::*;
use serde_json::Value as Theirs;

fn is_same(ours: &Value, theirs: &Theirs) -> bool {
    match (ours, theirs) {
        (Value::Null, Theirs::Null) => true,
        (Value::Bool(ours), Theirs::Bool(theirs)) => ours == theirs,
        (Value::Number(ours), Theirs::Number(theirs)) => match *ours {
            Number::Whole(ours) => theirs.as_u64() == Some(ours),
            Number::Negative(ours) => theirs.as_i64() == Some(ours),
            Number::Float(ours) => theirs.is_f64() && is_near(ours, theirs.as_f64().unwrap()),
        },
        (Value::Text(ours), Theirs::String(theirs)) => ours == theirs,
        (Value::List(ours), Theirs::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(a, b)| is_same(a, b))
        }
        (Value::Object(members), Theirs::Object(theirs)) => {
            let named = |(name, _): &(String, Value)| {
                is_same(ours.get(name).unwrap(), theirs.get(name).unwrap())
            };
            let known = |name: &String| ours.get(name).is_some();
            members.iter().all(named) && theirs.keys().all(known)
        }
        _ => false,
    }
}

fn is_near(one: f64, other: f64) -> bool {
    one.is_sign_negative() == other.is_sign_negative()
        && (one - other).abs() <= other.abs() * 4.0 * f64::EPSILON + f64::MIN_POSITIVE
}

#[track_caller]
fn check(json: &[u8]) {
    let (ours, theirs) = (
        Value::parse(json),
        serde_json::from_slice::<Theirs>(json).ok(),
    );
    let agree = match (&ours, &theirs) {
        (Some(ours), Some(theirs)) => is_same(ours, theirs),
        (None, None) => true,
        _ => false,
    };
    assert!(agree, "{:?}: {theirs:?}", String::from_utf8_lossy(json));
}

#[test]
fn odd_texts() {
    for json in [
        "",
        " ",
        "nul",
        "null",
        " true ",
        "false,",
        "[]",
        "[ ]",
        "[1,]",
        "[,]",
        "[1 2]",
        "[1",
        "{}",
        "{ }",
        "{\"a\":1,}",
        "{\"a\" : 1 , \"a\":2}",
        "{a:1}",
        "{\"a\"}",
        "{\"a\":}",
        "{1:2}",
        "{,}",
        "\"\"",
        "\"",
        "\"\\\"",
        "\"\\\\\"",
        "\"\\\"\"",
        "\"\\/\\b\\f\\n\\r\\t\\u0000\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u+123\"",
        "\"\\ud83e\\udd80\"",
        "\"\\ud83e\"",
        "\"\\ud83e\\u0041\"",
        "\"\\udd80\"",
        "\"\\ud83ex\"",
        "\"\t\"",
        "\"é🦀\u{7f}\"",
        "\u{feff}1",
        "\u{a0}1",
        "1\u{c}",
    ] {
        check(json.as_bytes());
    }
    check(b"\"\xff\"");
    check(b"\"\xed\xa0\x80\"");
}

#[test]
fn numbers() {
    for json in [
        "0",
        "-0",
        "-",
        "+1",
        "00",
        "01",
        "-01",
        "1.",
        ".5",
        "1.5",
        "-1.5",
        "1e",
        "1e+",
        "1e5",
        "1E-5",
        "1e+05",
        "0e999999999999",
        "1e999999999999",
        "1e-999999999999",
        "1e308",
        "1e309",
        "1.7976931348623159e308",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775808",
        "-9223372036854775809",
        "123456789012345678901234567890",
        "0.12345678901234567",
        "0.1234567890123456789012345678",
        "1795240400123.25",
        "4.9e-324",
        "2e-400",
        "0.0",
        "-0.0",
        "1.0",
        "0x10",
        "1_0",
        "NaN",
        "Infinity",
    ] {
        check(json.as_bytes());
    }
    // What `Math.random()` looks like is the very same float.
    for json in ["0.12345678901234567", "0.8444218515250481", "5e-7"] {
        let theirs: f64 = serde_json::from_str(json).unwrap();
        let ours = Value::parse(json.as_bytes()).unwrap().as_number();
        assert!(
            matches!(ours, Some(Number::Float(ours)) if ours == theirs),
            "{json}"
        );
    }
}

#[test]
fn depth() {
    for levels in [1, 126, 127, 128, 129, 100_000] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            check((open.repeat(levels) + "1" + &close.repeat(levels)).as_bytes());
            check(open.repeat(levels).as_bytes());
        }
    }
}

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop::sample::select(&[
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "d83e", "dd80", "null", "true", "false",
        "-", "0", "1", "29", ".", "e", "+", " ", "\n", "\"a\"", "\"b\":", "é", "\u{1}", "\"\\n\"",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat().into_bytes())
}

fn values() -> impl Strategy<Value = Theirs> {
    let leaf = prop_oneof![
        Just(Theirs::Null),
        any::<bool>().prop_map(Theirs::from),
        any::<i64>().prop_map(Theirs::from),
        any::<f64>().prop_map(Theirs::from),
        any::<String>().prop_map(Theirs::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Theirs::from),
            prop::collection::btree_map(any::<String>(), inner, 0..4)
                .prop_map(|members| Theirs::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn pieces_of_json(json in pieces()) {
        check(&json);
    }

    #[test]
    fn what_is_json(value in values(), at in any::<prop::sample::Index>(), octet: u8) {
        let mut json = serde_json::to_vec(&value).unwrap();
        check(&json);
        let at = at.index(json.len());
        json[at] = octet;
        check(&json);
    }
}
