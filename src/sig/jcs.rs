//! JSON with one spelling only, so that it can be signed: <https://www.rfc-editor.org/rfc/rfc8785>.

use serde_json::{Number, Value};
use std::fmt::Write as _;

/// From here on not every whole number has a double of its own.
const EXACT: u64 = 1 << 53;

/// The canonical text of a value: members in the order of their names' UTF-16, no white space, numbers as ECMAScript
/// writes them.
pub fn canonical(value: &Value) -> String {
    let mut out = String::with_capacity(1024);
    write(&mut out, value);
    out
}

fn write(out: &mut String, value: &Value) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write(out, item);
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (i, (name, member)) in members.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                text(out, name);
                out.push(':');
                write(out, member);
            }
            out.push('}');
        }
        Value::Number(number) => write_number(out, number),
        Value::String(string) => text(out, string),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Null => out.push_str("null"),
    }
}

/// Section 3.2.2.2: the short escapes where there are some, `\u00xx` for the other control characters, and nothing else
/// is escaped.
fn text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            // Writing to a String does not fail.
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c)); // a String takes all
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Section 3.2.2.3: every number is a double.
fn write_number(out: &mut String, number: &Number) {
    if let Some(n) = number.as_i64().filter(|n| n.unsigned_abs() <= EXACT) {
        let _ = write!(out, "{n}"); // a String takes all
        return;
    }
    match number.as_f64().and_then(Number::from_f64) {
        Some(double) => write_double(out, &double),
        None => out.push('0'), // JSON has no others
    }
}

/// `Number::toString` of ECMAScript, section 6.1.6.1.20: <https://tc39.es/ecma262/#sec-numeric-types-number-tostring>.
fn write_double(out: &mut String, double: &Number) {
    // The same shortest digits (between two that are as near the even one, which Rust's own formatting does not
    // promise), but in another notation: `-0.0015`, `1.5e-7`, `2e21`, `3.0`.
    let shortest = double.to_string();
    let unsigned = shortest.trim_start_matches('-');
    let (mantissa, exponent) = unsigned.split_once('e').unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = [whole, fraction].concat();
    let digits = all.trim_start_matches('0');
    let leading = all.len() - digits.len();
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return out.push('0'); // -0 as well
    }
    if shortest.starts_with('-') {
        out.push('-');
    }
    // The value is 0.DIGITS times ten to the power of `point`.
    let shift = i32::try_from(whole.len()).unwrap_or(0) - i32::try_from(leading).unwrap_or(0);
    let point = exponent.trim_start_matches('+').parse::<i32>().unwrap_or(0) + shift;
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let zeros = |n: i32| "0".repeat(usize::try_from(n).unwrap_or(0));
    match usize::try_from(point) {
        Ok(split) if split > 0 && point < count => {
            out.push_str(&digits[..split]);
            out.push('.');
            out.push_str(&digits[split..]);
        }
        Ok(split) if split > 0 && point <= 21 => {
            out.push_str(digits);
            out.push_str(&zeros(point - count));
        }
        _ if -6 < point && point <= 0 => {
            out.push_str("0.");
            out.push_str(&zeros(-point));
            out.push_str(digits);
        }
        _ => {
            let (first, rest) = digits.split_at(1);
            let dot = if rest.is_empty() { "" } else { "." };
            let _ = write!(out, "{first}{dot}{rest}e{:+}", point - 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Appendix B of the RFC, and the borders between the four ways to write a number.
    #[test]
    fn numbers_are_written_as_ecmascript_writes_them() {
        for (bits, written) in [
            (0x0000_0000_0000_0000, "0"),
            (0x8000_0000_0000_0000, "0"),
            (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"),
            (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"),
            (0xc340_0000_0000_0000, "-9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
            (0x44b5_2d02_c7e1_4af6, "1e+23"),
            (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
            (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
            (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
            (0x444b_1ae4_d6e2_ef50, "1e+21"),
            (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
            (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0x41b3_de43_5555_5553, "333333333.3333332"),
            (0x41b3_de43_5555_5554, "333333333.33333325"),
            (0x41b3_de43_5555_5555, "333333333.3333333"),
            (0x41b3_de43_5555_5557, "333333333.33333343"),
            (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
            (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
        ] {
            let number = json!(f64::from_bits(bits));
            assert_eq!(canonical(&number), written, "{bits:x}");
        }
        let other = json!([1.0, 4.50, 2e-3, 1e-27, 1e30, -1.5, 12, -7, 9_007_199_254_740_993_u64, u64::MAX]);
        assert_eq!(
            canonical(&other),
            "[1,4.5,0.002,1e-27,1e+30,-1.5,12,-7,9007199254740992,18446744073709552000]"
        );
    }

    /// Sections 3.2.2 and 3.2.3.
    #[test]
    fn the_examples_of_the_rfc_come_out_as_there() {
        let input = r#"{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
            "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}"#;
        let expected = "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],\
                        \"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}";
        assert_eq!(canonical(&serde_json::from_str(input).unwrap()), expected);

        let names =
            json!({"\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "\u{f6}": 7});
        assert_eq!(
            canonical(&names),
            "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"€\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}"
        );
    }

    #[test]
    fn what_is_empty_stays() {
        assert_eq!(canonical(&json!({"a": {}, "b": [], "": ""})), r#"{"":"","a":{},"b":[]}"#);
    }
}
