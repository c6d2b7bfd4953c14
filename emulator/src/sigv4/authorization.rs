//! The `Authorization` header.

/// `TOKEN Credential=ID/date/region/service/aws4_request, SignedHeaders=a;b, Signature=hex`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Authorization {
    /// The algorithm's token, such as `AWS4-X509-RSA-SHA256`.
    pub(crate) algorithm: String,
    /// What stands before the scope: a serial number, or an access key id.
    pub(crate) id: String,
    pub(crate) scope: Scope,
    /// Lower case, sorted, none twice.
    pub(crate) signed_headers: Vec<String>,
    /// The signature, decoded.
    pub(crate) signature: Vec<u8>,
}

/// `date/region/service/aws4_request`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) date: String,
    pub(crate) region: String,
    pub(crate) service: String,
}

impl Authorization {
    /// Parses the header's value, or says what is wrong with it.
    pub(crate) fn parse(value: &str) -> Result<Self, &'static str> {
        let (algorithm, parameters) = value
            .split_once(' ')
            .ok_or("Authorization has no parameters after the algorithm")?;
        Self::new(algorithm, parameters_of(parameters)?)
    }

    /// From the algorithm and `Credential`, `SignedHeaders` and `Signature`.
    pub(super) fn new(
        algorithm: &str,
        [credential, signed_headers, signature]: [&str; 3],
    ) -> Result<Self, &'static str> {
        let (id, scope) = credential
            .split_once('/')
            .ok_or("Credential has no scope")?;
        Ok(Self {
            algorithm: algorithm.to_owned(),
            id: id.to_owned(),
            scope: Scope::parse(scope)?,
            signed_headers: parse_signed_headers(signed_headers)?,
            signature: parse_hex(signature).ok_or("Signature is not lower-case hexadecimal")?,
        })
    }
}

impl Scope {
    fn parse(text: &str) -> Result<Self, &'static str> {
        let parts: Vec<_> = text.split('/').collect();
        let [date, region, service, "aws4_request"] = parts.as_slice() else {
            return Err("Credential's scope is not date/region/service/aws4_request");
        };
        if date.len() != 8 || !date.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err("Credential's date is not YYYYMMDD");
        }
        if region.is_empty() || service.is_empty() {
            return Err("Credential's scope has an empty part");
        }
        let [date, region, service] = [date, region, service].map(|part| (*part).to_owned());
        Ok(Self {
            date,
            region,
            service,
        })
    }
}

impl std::fmt::Display for Scope {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "{}/{}/{}/aws4_request",
            self.date, self.region, self.service
        )
    }
}

/// `Credential`, `SignedHeaders` and `Signature`, each exactly once, in any order.
fn parameters_of(text: &str) -> Result<[&str; 3], &'static str> {
    let mut found = [None; 3];
    for parameter in text.split(',') {
        let (name, value) = parameter
            .trim()
            .split_once('=')
            .ok_or("a parameter of Authorization has no value")?;
        let names = ["Credential", "SignedHeaders", "Signature"];
        let slot = names
            .iter()
            .zip(&mut found)
            .find(|(known, _)| **known == name);
        let (_, slot) = slot.ok_or("Authorization has an unknown parameter")?;
        if slot.replace(value).is_some() {
            return Err("a parameter of Authorization is there twice");
        }
    }
    match found {
        [Some(credential), Some(signed_headers), Some(signature)] => {
            Ok([credential, signed_headers, signature])
        }
        _ => Err("Authorization lacks Credential, SignedHeaders or Signature"),
    }
}

fn parse_signed_headers(text: &str) -> Result<Vec<String>, &'static str> {
    let names: Vec<String> = text.split(';').map(str::to_owned).collect();
    if names
        .iter()
        .any(|name| name.is_empty() || name.bytes().any(|b| b.is_ascii_uppercase()))
    {
        return Err("SignedHeaders has an empty name or one that is not in lower case");
    }
    let sorted = names
        .iter()
        .zip(names.iter().skip(1))
        .all(|(name, next)| name < next);
    if sorted {
        Ok(names)
    } else {
        Err("SignedHeaders is not sorted, or names a header twice")
    }
}

fn parse_hex(text: &str) -> Option<Vec<u8>> {
    let lower = text
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if text.is_empty() || !lower || !text.len().is_multiple_of(2) {
        return None;
    }
    let pairs = text
        .as_bytes()
        .chunks(2)
        .map(|pair| std::str::from_utf8(pair).ok());
    pairs
        .map(|pair| u8::from_str_radix(pair?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Authorization;

    const GOOD: &str = "AWS4-X509-RSA-SHA256 Credential=12/20261121/eu-west-1/rolesanywhere/\
        aws4_request, SignedHeaders=host;x-amz-date, Signature=00ff";

    #[test]
    fn parts_are_found_in_any_order() {
        let parsed = Authorization::parse(GOOD).unwrap();
        assert_eq!(parsed.algorithm, "AWS4-X509-RSA-SHA256");
        assert_eq!(parsed.id, "12");
        assert_eq!(
            parsed.scope.to_string(),
            "20261121/eu-west-1/rolesanywhere/aws4_request"
        );
        assert_eq!(parsed.signed_headers, ["host", "x-amz-date"]);
        assert_eq!(parsed.signature, [0, 255]);
        let turned = "AWS4-X509-RSA-SHA256 Signature=00ff,SignedHeaders=host;x-amz-date,\
            Credential=12/20261121/eu-west-1/rolesanywhere/aws4_request";
        assert_eq!(Authorization::parse(turned).unwrap(), parsed);
    }

    #[test]
    fn whatever_else_is_refused() {
        for (from, to) in [
            (" Credential", "Credential"),
            ("Credential=12/", "Credential="),
            ("20261121", "2026112"),
            ("20261121", "2026112x"),
            ("eu-west-1", ""),
            ("aws4_request", "aws5_request"),
            ("aws4_request", "aws4_request/x"),
            ("host;x-amz-date", "x-amz-date;host"),
            ("host;x-amz-date", "host;host"),
            ("host;x-amz-date", "Host;x-amz-date"),
            ("host;x-amz-date", ""),
            ("host;x-amz-date", "host;"),
            ("00ff", "00fF"),
            ("00ff", "00f"),
            ("00ff", ""),
            ("Signature=00ff", "Signature=00ff, Signature=00ff"),
            ("Signature=00ff", "Signature=00ff, Other=1"),
            ("Signature=00ff", "Signature"),
            (", Signature=00ff", ""),
        ] {
            let wrong = GOOD.replace(from, to);
            assert!(Authorization::parse(&wrong).is_err(), "{wrong}");
        }
        assert!(Authorization::parse("").is_err());
    }
}
