//! JSON (RFC 8259) in, by hand: `serde_json` weighs 10 KB more in a compressed WebAssembly module.

use alloc::string::String;
use alloc::vec::Vec;
use core::{fmt, mem};
use zeroize::{Zeroize, Zeroizing};

/// A JSON value. Its text is wiped on drop: there may be keys or credentials in it.
#[derive(Clone)]
#[expect(clippy::exhaustive_enums, reason = "JSON has no other values")]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Self>),
    /// An object: its members as they stand.
    Object(Vec<(String, Self)>),
}

/// A number, without loss where it is a whole one of 64 bits.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_enums, reason = "JSON has no other numbers")]
pub enum Number {
    /// 0 and above.
    Whole(u64),
    /// Below 0.
    Negative(i64),
    /// With a fraction, an exponent, or too many digits.
    Float(f64),
}

impl Value {
    /// `None` where it is no JSON, where it nests deeper than 127 levels, and for numbers that no
    /// float holds.
    #[must_use]
    pub fn parse(json: &[u8]) -> Option<Self> {
        let mut reader = Reader { rest: json };
        let value = reader.value(DEEPEST)?;
        reader.skip_space();
        reader.rest.is_empty().then_some(value)
    }

    /// A member of an object: the last one of the name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        let mut members = self.as_object()?.iter().rev();
        members
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// `true` or `false`.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The number.
    #[must_use]
    pub const fn as_number(&self) -> Option<Number> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The elements.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(list) => Some(list),
            _ => None,
        }
    }

    /// The members; of two with one name the last counts.
    #[must_use]
    pub fn as_object(&self) -> Option<&[(String, Self)]> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Value(redacted)")
    }
}

impl Drop for Value {
    fn drop(&mut self) {
        if let Self::Text(text) = self {
            text.zeroize();
        }
    }
}

/// As in `serde_json`, whose readers this one agrees with.
const DEEPEST: u8 = 127;

struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    fn value(&mut self, levels: u8) -> Option<Value> {
        self.skip_space();
        match self.rest.first()? {
            b'n' => self.word(b"null", Value::Null),
            b't' => self.word(b"true", Value::Bool(true)),
            b'f' => self.word(b"false", Value::Bool(false)),
            b'"' => self.text().map(Value::Text),
            b'[' => self.list(levels.checked_sub(1)?),
            b'{' => self.object(levels.checked_sub(1)?),
            _ => self.number().map(Value::Number),
        }
    }

    fn list(&mut self, levels: u8) -> Option<Value> {
        let mut list = Vec::new();
        self.elements(*b"[]", |reader| {
            list.push(reader.value(levels)?);
            Some(())
        })?;
        Some(Value::List(list))
    }

    fn object(&mut self, levels: u8) -> Option<Value> {
        let mut members = Vec::new();
        self.elements(*b"{}", |reader| {
            reader.skip_space();
            let name = reader.text()?;
            reader.skip_space();
            if !reader.take(b':') {
                return None;
            }
            members.push((name, reader.value(levels)?));
            Some(())
        })?;
        Some(Value::Object(members))
    }

    /// Between two brackets, with commas between them.
    fn elements(
        &mut self,
        [start, end]: [u8; 2],
        mut element: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.take(start);
        self.skip_space();
        if self.take(end) {
            return Some(());
        }
        loop {
            element(self)?;
            if self.is_last(end)? {
                return Some(());
            }
        }
    }

    /// After an element: the end, or a comma.
    fn is_last(&mut self, end: u8) -> Option<bool> {
        self.skip_space();
        if self.take(end) {
            return Some(true);
        }
        self.take(b',').then_some(false)
    }

    fn text(&mut self) -> Option<String> {
        if !self.take(b'"') {
            return None;
        }
        let mut is_escaped = false;
        let length = self.rest.iter().position(|octet| {
            let is_end = *octet == b'"' && !is_escaped;
            is_escaped = *octet == b'\\' && !is_escaped;
            is_end
        })?;
        let (raw, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest.get(1..)?;
        unescaped(raw)
    }

    fn number(&mut self) -> Option<Number> {
        let is_negative = self.take(b'-');
        let is_zero = self.rest.first() == Some(&b'0');
        let mut digits = Digits::default();
        let count = self.digits(|digit| digits.push(digit));
        if count == 0 || (is_zero && count > 1) {
            return None;
        }
        let mut is_float = digits.exponent != 0;
        if self.take(b'.') {
            is_float = true;
            if self.digits(|digit| digits.push_fraction(digit)) == 0 {
                return None;
            }
        }
        if self.take(b'e') || self.take(b'E') {
            is_float = true;
            let is_small = !self.take(b'+') && self.take(b'-');
            let mut exponent = 0_i32;
            let push =
                |digit: u8| exponent = exponent.saturating_mul(10).saturating_add(digit.into());
            if self.digits(push) == 0 {
                return None;
            }
            let exponent = if is_small { -exponent } else { exponent };
            digits.exponent = digits.exponent.saturating_add(exponent);
        }
        digits.number(is_negative, is_float)
    }

    /// How many there were.
    fn digits(&mut self, mut each: impl FnMut(u8)) -> usize {
        let mut count = 0_usize;
        while let [octet @ b'0'..=b'9', rest @ ..] = self.rest {
            each(octet & 0x0f);
            self.rest = rest;
            count = count.saturating_add(1);
        }
        count
    }

    fn word(&mut self, word: &[u8], value: Value) -> Option<Value> {
        self.rest = self.rest.strip_prefix(word)?;
        Some(value)
    }

    fn take(&mut self, octet: u8) -> bool {
        match self.rest {
            [first, rest @ ..] if *first == octet => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    fn skip_space(&mut self) {
        while let [b' ' | b'\t' | b'\n' | b'\r', rest @ ..] = self.rest {
            self.rest = rest;
        }
    }
}

/// What stands between quotation marks. No escape is shorter than what it stands for, so the text
/// never moves while it grows.
fn unescaped(mut raw: &[u8]) -> Option<String> {
    let mut text = Zeroizing::new(Vec::with_capacity(raw.len()));
    while let Some((octet, rest)) = raw.split_first() {
        raw = rest;
        match octet {
            b'\\' => {
                let character = escape(&mut raw)?;
                text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
            0..0x20 => return None,
            _ => text.push(*octet),
        }
    }
    core::str::from_utf8(&text).ok()?;
    String::from_utf8(mem::take(&mut *text)).ok()
}

fn escape(raw: &mut &[u8]) -> Option<char> {
    let (kind, rest) = raw.split_first()?;
    *raw = rest;
    Some(match kind {
        b'"' | b'\\' | b'/' => char::from(*kind),
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => {
            let mut code = unit(raw)?;
            if (0xd800..0xdc00).contains(&code) {
                *raw = raw.strip_prefix(b"\\u")?;
                let low = unit(raw)?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                code = 0x1_0000 + ((code & 0x3ff) << 10 | low);
            }
            char::from_u32(code)?
        }
        _ => return None,
    })
}

/// Four hexadecimal digits.
fn unit(raw: &mut &[u8]) -> Option<u32> {
    let (digits, rest) = raw.split_at_checked(4)?;
    *raw = rest;
    digits.iter().try_fold(0, |code, digit| {
        Some(code << 4 | char::from(*digit).to_digit(16)?)
    })
}

/// The digits of a number and the power of ten they are multiplied with.
#[derive(Default)]
struct Digits {
    significant: u64,
    is_full: bool,
    exponent: i32,
}

impl Digits {
    fn push(&mut self, digit: u8) {
        if !self.fits(digit) {
            self.exponent = self.exponent.saturating_add(1);
        }
    }

    fn push_fraction(&mut self, digit: u8) {
        if self.fits(digit) {
            self.exponent = self.exponent.saturating_sub(1);
        }
    }

    /// What is beyond 64 bits does not count.
    fn fits(&mut self, digit: u8) -> bool {
        let longer = self.significant.checked_mul(10);
        let longer = longer.and_then(|longer| longer.checked_add(digit.into()));
        match longer.filter(|_| !self.is_full) {
            Some(longer) => self.significant = longer,
            None => self.is_full = true,
        }
        !self.is_full
    }

    fn number(&self, is_negative: bool, is_float: bool) -> Option<Number> {
        if !is_float && !is_negative {
            return Some(Number::Whole(self.significant));
        }
        let negative = 0_i64.checked_sub_unsigned(self.significant);
        match negative.filter(|negative| *negative < 0 && !is_float) {
            Some(negative) => Some(Number::Negative(negative)),
            None => self
                .float()
                .map(|float| Number::Float(if is_negative { -float } else { float })),
        }
    }

    /// Exact powers of ten where one is enough, and the nearest float or its neighbour.
    #[expect(
        clippy::as_conversions,
        clippy::cast_precision_loss,
        reason = "there is no other conversion to a float"
    )]
    fn float(&self) -> Option<f64> {
        let mut float = self.significant as f64;
        let mut exponent = self.exponent;
        while exponent != 0 && float != 0.0 && float.is_finite() {
            let step = exponent.clamp(-22, 22);
            let power = (0..step.unsigned_abs()).fold(1.0, |power, _| power * 10.0);
            float = if step > 0 {
                float * power
            } else {
                float / power
            };
            exponent -= step;
        }
        float.is_finite().then_some(float)
    }
}

#[cfg(test)]
mod tests;
