//! ECDSA with SHA-256 on any NIST curve, deterministic (RFC 6979).

use crate::crypto::errors::private_key_malformed;
use crate::error::Result;
use crate::signing::{KeyAlgorithm, PublicKey, Signature, SigningKey, signature_form};
use alloc::boxed::Box;
use core::fmt;
use ecdsa::elliptic_curve::point::AffineCoordinates;
use ecdsa::elliptic_curve::sec1::{FromSec1Point, ModulusSize, ToSec1Point};
use ecdsa::elliptic_curve::{
    AffinePoint, CurveArithmetic, FieldBytes, FieldBytesSize, ProjectivePoint, SecretKey,
};
use ecdsa::{EcdsaCurve, hazmat};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

struct EcdsaKey<C: EcdsaCurve> {
    secret: SecretKey<C>,
    public_key: PublicKey,
}

/// Takes a scalar of the curve's length. The public half is derived from it, once, and compared
/// with the one in the file where there is one, uncompressed too: a wrong one would make signatures
/// that nobody can verify.
pub(super) fn load<C>(
    algorithm: KeyAlgorithm,
    scalar: &[u8],
    public_point: Option<&[u8]>,
) -> Result<Box<dyn SigningKey>>
where
    C: EcdsaCurve + CurveArithmetic,
    AffinePoint<C>: FromSec1Point<C> + ToSec1Point<C>,
    FieldBytesSize<C>: ModulusSize,
{
    let scalar = <&FieldBytes<C>>::try_from(scalar).map_err(|_| private_key_malformed())?;
    let secret = SecretKey::<C>::from_bytes(scalar).map_err(|_| private_key_malformed())?;
    let point = secret.public_key().to_sec1_point(false);
    if public_point.is_some_and(|given| given != point.as_bytes()) {
        return Err(private_key_malformed());
    }
    let public_key = PublicKey::new(algorithm, point.as_bytes())?;
    Ok(Box::new(EcdsaKey { secret, public_key }))
}

impl<C> SigningKey for EcdsaKey<C>
where
    C: EcdsaCurve + CurveArithmetic,
{
    fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// The curve's own `sign_prehash` would take the nonce from the curve's customary hash, SHA-384
    /// or SHA-512: valid signatures, but not those of RFC 6979 A.2.6 and A.2.7 with SHA-256.
    fn sign(&self, message: &[u8]) -> Result<Signature> {
        let scalar = Zeroizing::new(self.secret.to_nonzero_scalar());
        let digest = Sha256::digest(message);
        let (signature, _) = hazmat::sign_prehashed_rfc6979::<C, Sha256>(&scalar, &digest, &[]);
        let (r, s) = signature.split_bytes();
        signature_form::der_of(&r, &s)
    }
}

impl<C: EcdsaCurve> fmt::Debug for EcdsaKey<C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "RustCrypto({}, redacted)",
            self.public_key.algorithm().as_str()
        )
    }
}

/// `Some` when the signature holds, made with the key of an uncompressed point.
///
/// Read without the crates' own decoders, which would bring square roots for compressed points along.
pub(super) fn verify<C>(public_point: &[u8], message: &[u8], signature: &Signature) -> Option<()>
where
    C: EcdsaCurve + CurveArithmetic,
{
    let (x, y) = public_point
        .strip_prefix(&[0x04])?
        .split_at_checked(FieldBytes::<C>::default().len())?;
    let (x, y) = (x.try_into().ok()?, y.try_into().ok()?);
    let point = Option::<AffinePoint<C>>::from(AffinePoint::<C>::from_coordinates(x, y))?;
    let raw = signature_form::raw_of(signature.as_bytes(), x.len())?;
    let signature = ecdsa::Signature::<C>::from_slice(&raw).ok()?;
    let digest = Sha256::digest(message);
    hazmat::verify_prehashed(&ProjectivePoint::<C>::from(point), &digest, &signature).ok()
}
